using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;

namespace Imker.Linux;

/// <summary>
/// The files below <c>/run/imker/attachments</c>, one for each attachment that the kernel would keep when its process is gone. Each is
/// written before the attachment is made and names the process; when that is gone, the next one removes what is left.
/// </summary>
public static class AttachmentJournal
{
    private const string Suffix = ".attachment";
    private const int LargestFile = 64 << 10;

    // What is forgotten at the end of the process is removed then.
    private static readonly ConcurrentDictionary<JournalledAttachment, bool> held = new();
    private static int isBegun, lastNumber;

    /// <summary>Where the files are.</summary>
    public static string Directory { get; } = "/run/imker/attachments";

    /// <summary>What processes that are gone have left attached.</summary>
    public static IReadOnlyList<JournalledAttachment> Leftovers() =>
        [.. Entries().Where(entry => entry.Owner.HasEnded && entry.Owner.IsOfThisBoot).Select(entry => entry.Attachment)];

    /// <summary>
    /// Removes what processes that are gone have left attached, as far as it is still what they had attached. Whoever attaches something
    /// of the kind does this first.
    /// </summary>
    /// <returns>One result for each.</returns>
    public static ImmutableArray<RemovedAttachment> RemoveLeftovers()
    {
        // A boot removes what was attached before it.
        foreach ((_, JournalledAttachment old) in Entries().Where(entry => !entry.Owner.IsOfThisBoot))
            old.Forget();
        return [.. Leftovers().Select(RemovedAttachment.Try)];
    }

    /// <summary>Writes an attachment down, makes it, and takes it out again if that fails.</summary>
    /// <exception cref="BpfException">What <paramref name="make"/> throws, or the journal cannot be written.</exception>
    internal static T Make<T>(T attachment, Action make)
        where T : JournalledAttachment
    {
        if (Interlocked.Exchange(ref isBegun, 1) == 0)
        {
            RemoveLeftovers();
            AppDomain.CurrentDomain.ProcessExit += static (_, _) => RemoveHeld();
        }
        string name = string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}-{Interlocked.Increment(ref lastNumber)}{Suffix}");
        attachment.File = Path.Combine(Directory, name);
        Write(attachment);
        held[attachment] = true;
        try
        {
            make();
            return attachment;
        }
        catch
        {
            attachment.Forget();
            throw;
        }
    }

    internal static void Release(JournalledAttachment attachment) => held.TryRemove(attachment, out _);

    private static void RemoveHeld()
    {
        foreach (JournalledAttachment attachment in held.Keys)
            RemovedAttachment.Try(attachment);
    }

    private static IEnumerable<(ProcessIdentity Owner, JournalledAttachment Attachment)> Entries()
    {
        if (!System.IO.Directory.Exists(Directory))
            yield break;
        foreach (string path in System.IO.Directory.EnumerateFiles(Directory, "*" + Suffix).Order(StringComparer.Ordinal))
        {
            if (RegularFile.TryRead(path, LargestFile) is { } bytes && JournalText.TryRead(bytes, out ProcessIdentity owner, out JournalledAttachment? attachment))
            {
                attachment.File = path;
                yield return (owner, attachment);
            }
        }
    }

    private static void Write(JournalledAttachment attachment)
    {
        try
        {
            System.IO.Directory.CreateDirectory(Directory);
            using Stream file = OutputFile.Create(attachment.File);
            file.Write(JournalText.Write(ProcessIdentity.OfThisProcess, attachment));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BpfException($"attach {attachment.Description}", "open", Errno.AccessDenied,
                $"it would outlive this process, and the journal that it has to stand in cannot be written: {e.Message}");
        }
    }
}
