using Imker.Linux;

namespace Imker.Capture;

/// <summary>
/// Reads a capture file: pcap or pcapng, in either byte order, also packed with gzip. Packets come in place, without copy or
/// allocation; those before a damage come before the error that tells of it.
/// </summary>
/// <example><code>
/// using var file = CaptureFileReader.Open("trace.pcap");
/// while (file.TryRead(out CapturedPacket packet))
///     bytes += packet.Data.Length;
/// </code></example>
public sealed class CaptureFileReader : IDisposable
{
    private const int MagicSize = 4;

    private readonly CaptureInput input;
    private readonly CaptureRecords records;

    private CaptureFileReader(CaptureInput input, CaptureRecords records)
    {
        this.input = input;
        this.records = records;
    }

    /// <summary>The file's name as it was given.</summary>
    public string Name => input.Name;

    public CaptureFileFormat Format => records.Format;

    /// <summary>The DLT value of the file's packets; of a pcapng file, of those of its first interface.</summary>
    public int LinkType => records.LinkType;

    /// <summary>Not more than so many bytes of a packet were captured.</summary>
    public int SnapLength => records.SnapLength;

    /// <summary>Whether the file's time stamps can be finer than a microsecond.</summary>
    public bool HasNanoseconds => records.HasNanoseconds;

    /// <summary>Whether the file was written by a machine of the other byte order, in which a few headers are too.</summary>
    public bool IsSwapped => records.IsSwapped;

    /// <summary>The upper six bits of a pcap file's link-type word, which say how long packets' frame check sequences are; else 0.</summary>
    public uint FrameCheckBits => records.FrameCheckBits;

    /// <summary>Opens a file; <c>-</c> is standard input.</summary>
    /// <exception cref="CaptureFileException">It cannot be opened, or is no capture file.</exception>
    public static CaptureFileReader Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Open(OpenStream(path), path);
    }

    /// <summary>Opens a file that may be a pipe: a signal that the loop catches ends the reading then, also while nothing comes.</summary>
    /// <param name="path"><c>-</c> is standard input.</param>
    /// <param name="loop">It must stay open, and nobody else may wait on it while the file is read.</param>
    /// <param name="mayWait">Asked before the reading waits, and when the loop was woken meanwhile: false ends it.</param>
    /// <exception cref="CaptureFileException">It cannot be opened, or is no capture file.</exception>
    /// <exception cref="OperationCanceledException">The reading was ended, here or in <c>TryRead</c>.</exception>
    public static CaptureFileReader Open(string path, EventLoop loop, Func<bool> mayWait)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Open(TryOpenAwaited(path, loop, mayWait) ?? OpenStream(path), path);
    }

    /// <summary>Reads a file from a stream, which need not seek and is closed with the reader.</summary>
    /// <param name="name">For errors.</param>
    /// <exception cref="CaptureFileException">It is no capture file.</exception>
    public static CaptureFileReader Open(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        var input = new CaptureInput(stream, name);
        try
        {
            if (input.TryHave(2) && GzipUnpacker.IsMagic(input.Window))
                input = new CaptureInput(new GzipUnpacker(input), name);
            return new CaptureFileReader(input, ReadHeader(input));
        }
        catch
        {
            input.Dispose();
            throw;
        }
    }

    /// <summary>Moves to the next packet, which is valid until the one after it is asked for; false behind the last.</summary>
    /// <exception cref="CaptureFileException">What comes next is cut or damaged.</exception>
    public bool TryRead(out CapturedPacket packet)
    {
        int budget = int.MaxValue;
        return records.TryRead(null, ref budget, out packet);
    }

    /// <summary>Moves to the next packet that passes a filter, which costs less than to read and then to filter.</summary>
    /// <param name="budget">At most so many packets are looked at. What is left of it: when it is 0, false does not mean the end.</param>
    /// <inheritdoc cref="TryRead(out CapturedPacket)"/>
    public bool TryRead(CaptureFilters filters, scoped ref int budget, out CapturedPacket packet)
    {
        ArgumentNullException.ThrowIfNull(filters);
        return records.TryRead(filters, ref budget, out packet);
    }

    public void Dispose() => input.Dispose();

    private static CaptureRecords ReadHeader(CaptureInput input)
    {
        if (!input.TryHave(MagicSize))
        {
            throw CaptureFileException.Reading(CaptureDiagnosticId.Truncated, input.Name, 0, input.Window.IsEmpty
                ? "the file is empty"
                : $"the file ends after {input.Window.Length} bytes, which is too early for a capture file");
        }
        if (PcapHeader.IsMagic(input.Window))
            return new PcapRecords(input);
        if (PcapNgBlock.IsSectionHeader(input.Window))
            return new PcapNgRecords(input);
        throw CaptureFileException.Reading(CaptureDiagnosticId.UnknownFormat, input.Name, 0,
            $"it begins with {Convert.ToHexStringLower(input.Window[..MagicSize])}, which neither pcap nor pcapng files do");
    }

    private static AwaitedInput? TryOpenAwaited(string path, EventLoop loop, Func<bool> mayWait)
    {
        try
        {
            return AwaitedInput.TryOpen(path, loop, mayWait);
        }
        catch (FileAccessException e)
        {
            throw new CaptureFileException(CaptureDiagnosticId.Unreadable, path, -1, e.Message, e);
        }
    }

    private static Stream OpenStream(string path)
    {
        if (path == "-")
            return Console.OpenStandardInput();
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CaptureFileException.Opening(path, e switch
            {
                FileNotFoundException or DirectoryNotFoundException => "there is no such file",
                UnauthorizedAccessException => Directory.Exists(path) ? "it is a directory" : "permission denied",
                _ => e.Message,
            }, e);
        }
    }
}
