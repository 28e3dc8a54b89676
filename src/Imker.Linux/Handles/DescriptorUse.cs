namespace Imker.Linux;

/// <summary>A descriptor's number, valid until disposed; 0 without one, as the kernel's structures want it.</summary>
internal readonly ref struct DescriptorUse
{
    private readonly Descriptor? owner;

    internal DescriptorUse(Descriptor? owner)
    {
        bool added = false;
        owner?.DangerousAddRef(ref added);
        this.owner = owner;
    }

    internal int Number => (int)(owner?.DangerousGetHandle() ?? 0);

    public void Dispose() => owner?.DangerousRelease();
}
