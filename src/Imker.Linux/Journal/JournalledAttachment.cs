namespace Imker.Linux;

/// <summary>
/// Something that the kernel keeps attached when the process that attached it is gone, with what tells whether what is there now is still
/// the same.
/// </summary>
public abstract class JournalledAttachment
{
    private protected JournalledAttachment()
    {
    }

    /// <summary>What it is and where, for people.</summary>
    public abstract string Description { get; }

    internal string File { get; set; } = "";

    /// <summary>The word that begins it in the journal.</summary>
    internal abstract string Kind { get; }

    /// <summary>What <see cref="JournalText"/> writes, read back by the constructor that takes a <see cref="JournalFields"/>.</summary>
    internal abstract void Write(JournalFields fields);

    /// <summary>Removes it if it is still what was attached, and its file.</summary>
    /// <exception cref="BpfException">The kernel refuses it; the file stays.</exception>
    internal void Remove()
    {
        Detach();
        Forget();
    }

    /// <summary>Takes it out of the journal only.</summary>
    internal void Forget()
    {
        AttachmentJournal.Release(this);
        if (File.Length > 0)
            System.IO.File.Delete(File);
    }

    /// <summary>Does nothing where it is gone or another has taken its place.</summary>
    private protected abstract void Detach();
}
