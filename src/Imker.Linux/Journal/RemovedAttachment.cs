namespace Imker.Linux;

/// <summary>What became of an attachment that was to be removed.</summary>
/// <param name="Attachment">It.</param>
/// <param name="Failure">Why it is still there; null when it is gone.</param>
public sealed record RemovedAttachment(JournalledAttachment Attachment, BpfException? Failure)
{
    internal static RemovedAttachment Try(JournalledAttachment attachment)
    {
        try
        {
            attachment.Remove();
            return new RemovedAttachment(attachment, null);
        }
        catch (BpfException e)
        {
            return new RemovedAttachment(attachment, e);
        }
    }
}
