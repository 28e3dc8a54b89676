namespace Imker.Capture;

/// <summary>
/// A capture file cannot be read, or written, any further: the message names the file, the place and what is wrong there. The packets
/// before that place have been delivered.
/// </summary>
public sealed class CaptureFileException : IOException
{
    internal CaptureFileException(string id, string file, long offset, string message, Exception? inner = null)
        : base(message, inner)
    {
        Id = id;
        File = file;
        Offset = offset;
        if (inner is IOException)
            HResult = inner.HResult;
    }

    /// <summary>One of <see cref="CaptureDiagnosticId"/>.</summary>
    public string Id { get; }

    /// <summary>The file's name as it was given.</summary>
    public string File { get; }

    /// <summary>Bytes from the beginning of the file (unpacked, if it is packed) to what is wrong; −1 where no place is.</summary>
    public long Offset { get; }

    internal static CaptureFileException Reading(string id, string file, long offset, string what, Exception? inner = null) =>
        new(id, file, offset, $"cannot read {file}: {what} (at offset {offset})", inner);

    internal static CaptureFileException Opening(string file, string what, Exception? inner = null) =>
        new(CaptureDiagnosticId.Unreadable, file, -1, $"cannot read {file}: {what}", inner);
}
