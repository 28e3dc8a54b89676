namespace Imker.Linux;

/// <summary>
/// A program attached to something, for as long as this is held. Most hang on descriptors: the kernel detaches them when the last one is
/// closed, so also when the process is killed. What would outlive the process is in the journal (<see cref="AttachmentJournal"/>).
/// </summary>
public sealed partial class KernelLink : IDisposable
{
    private readonly Descriptor[] descriptors;
    private Action? detach;

    internal KernelLink(string name, params Descriptor[] descriptors)
    {
        Name = name;
        this.descriptors = descriptors;
    }

    internal KernelLink(string name, JournalledAttachment attachment)
        : this(name, attachment.Remove) => IsJournalled = true;

    /// <param name="detach">Called once.</param>
    internal KernelLink(string name, Action detach)
        : this(name) => this.detach = detach;

    /// <summary>What it is attached to, as a person calls it.</summary>
    public string Name { get; }

    /// <summary>Whether the kernel keeps it without a process, so that it stands in the journal.</summary>
    public bool IsJournalled { get; }

    internal IReadOnlyList<Descriptor> Descriptors => descriptors;

    /// <summary>Detaches. The kernel may take tens of milliseconds; several links go faster through <see cref="DisposeAll"/>.</summary>
    /// <exception cref="BpfException">What stands in the journal cannot be removed.</exception>
    public void Dispose()
    {
        ParallelClosing.CloseAll([descriptors]);
        Interlocked.Exchange(ref detach, null)?.Invoke();
    }

    /// <summary>
    /// Detaches all, several at a time: each waits for grace periods of the kernel's, and those of different links overlap.
    /// </summary>
    /// <inheritdoc cref="Dispose"/>
    public static void DisposeAll(IEnumerable<KernelLink> links)
    {
        ArgumentNullException.ThrowIfNull(links);
        KernelLink[] all = [.. links];
        ParallelClosing.CloseAll([.. all.Select(l => l.descriptors)]);
        foreach (KernelLink link in all)
            link.Dispose();
    }

    public override string ToString() => Name;

    /// <exception cref="BpfException">The kernel has no link for it.</exception>
    internal Descriptor OwnDescriptor(string doing) => descriptors.Length > 0
        ? descriptors[0]
        : throw new BpfException($"{doing} {Name}", "bpf", Errno.NotSupported, "the kernel has no link for it: it is attached in another way");
}
