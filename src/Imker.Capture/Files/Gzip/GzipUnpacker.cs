using System.IO.Compression;

namespace Imker.Capture;

/// <summary>
/// What a gzip file (RFC 1952) unpacks to: its members one after the other. What follows them and is none is ignored, as gzip does: tapes
/// and disks pad.
/// </summary>
internal sealed class GzipUnpacker : ForwardStream
{
    // What is unpacked at once is lost when it ends in a damage.
    private const int Most = 16 * 1024;

    private readonly GzipSource source;
    private readonly GZipStream unpacked;
    private long offset;
    private bool hasEnded;

    /// <param name="input">At the beginning of the packed file.</param>
    internal GzipUnpacker(CaptureInput input)
    {
        source = new GzipSource(input);
        unpacked = new GZipStream(source, CompressionMode.Decompress);
    }

    internal static bool IsMagic(ReadOnlySpan<byte> bytes) => bytes is [0x1f, 0x8b, ..];

    /// <exception cref="CaptureFileException">The file is cut or damaged.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (hasEnded || buffer.IsEmpty)
            return 0;
        int count = Unpack(buffer[..Math.Min(buffer.Length, Most)]);
        // Only in a member that was cut can there be anything to unpack behind the file's end.
        if (source.IsBehindEnd(count))
            throw Cut();
        hasEnded = count == 0;
        offset += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            unpacked.Dispose();
        base.Dispose(disposing);
    }

    private int Unpack(Span<byte> buffer)
    {
        try
        {
            return unpacked.Read(buffer);
        }
        catch (InvalidDataException e)
        {
            throw source.HasEnded ? Cut() : Damaged(e);
        }
    }

    private CaptureFileException Cut() =>
        CaptureFileException.Reading(CaptureDiagnosticId.Truncated, source.Name, offset, "the file ends within its gzip data");

    private CaptureFileException Damaged(InvalidDataException inner) =>
        CaptureFileException.Reading(CaptureDiagnosticId.Malformed, source.Name, offset, "its gzip data is damaged", inner);
}
