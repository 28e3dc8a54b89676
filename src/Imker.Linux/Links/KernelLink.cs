namespace Imker.Linux;

/// <summary>
/// A program attached to something, for as long as this is held: the kernel detaches it when the last descriptor is closed, so also
/// when the process is killed.
/// </summary>
public sealed partial class KernelLink : IDisposable
{
    private readonly Descriptor[] descriptors;

    internal KernelLink(string name, params Descriptor[] descriptors)
    {
        Name = name;
        this.descriptors = descriptors;
    }

    /// <summary>What it is attached to, as a person calls it.</summary>
    public string Name { get; }

    internal IReadOnlyList<Descriptor> Descriptors => descriptors;

    /// <summary>Detaches. The kernel may take tens of milliseconds; several links go faster through <see cref="DisposeAll"/>.</summary>
    public void Dispose() => ParallelClosing.CloseAll([descriptors]);

    /// <summary>
    /// Detaches all, several at a time: each waits for grace periods of the kernel's, and those of different links overlap.
    /// </summary>
    public static void DisposeAll(IEnumerable<KernelLink> links)
    {
        ArgumentNullException.ThrowIfNull(links);
        ParallelClosing.CloseAll([.. links.Select(l => l.descriptors)]);
    }

    public override string ToString() => Name;
}
