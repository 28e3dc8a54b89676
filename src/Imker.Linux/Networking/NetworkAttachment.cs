namespace Imker.Linux;

/// <summary>A journalled attachment to something of a network namespace.</summary>
public abstract class NetworkAttachment : JournalledAttachment
{
    private readonly ulong networkNamespace;

    private protected NetworkAttachment() => networkNamespace = NetworkNamespace.Current;

    private protected NetworkAttachment(JournalFields fields) => networkNamespace = fields.Number("network");

    internal override void Write(JournalFields fields) => fields.Set("network", networkNamespace);

    /// <summary>In the namespace where it was attached; a namespace that is gone has taken it along.</summary>
    private protected sealed override void Detach()
    {
        if (NetworkNamespace.Current == networkNamespace)
            DetachHere();
        else if (NetworkNamespace.TryFind(networkNamespace) is { } path)
            NetworkNamespace.Run(path, () => { DetachHere(); return 0; });
    }

    private protected abstract void DetachHere();
}
