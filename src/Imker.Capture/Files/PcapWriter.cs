using System.Runtime.InteropServices;
using Imker.Linux;

namespace Imker.Capture;

/// <summary>
/// Writes a pcap file in this machine's byte order, as tcpdump does, in large pieces. When it cannot be written on, the error says how
/// many packets are whole in it.
/// </summary>
public sealed class PcapWriter : IDisposable
{
    private const int PieceSize = 256 * 1024;
    private const int RecordHeaderSize = 16;
    private const ulong NanosecondsOfSecond = TimeSpan.NanosecondsPerTick * TimeSpan.TicksPerSecond;

    private readonly Stream stream;
    private readonly PcapWriterOptions options;
    private readonly uint unit;
    private byte[] piece = GC.AllocateUninitializedArray<byte>(PieceSize);
    private int used;
    private int packetsInPiece;
    private long flushedBytes;
    private bool hasFailed;

    /// <param name="stream">Empty; closed with the writer. Its writes must be whole or fail.</param>
    /// <param name="name">For errors.</param>
    public PcapWriter(Stream stream, string name, PcapWriterOptions options)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(options);
        this.stream = stream;
        this.options = options;
        Name = name;
        unit = options.HasNanoseconds ? 1u : 1000u;
        WriteHeader();
    }

    public string Name { get; }

    /// <summary>Packets handed to the system.</summary>
    public long FlushedPackets { get; private set; }

    /// <summary>Bytes of the file so far, with those that wait to be written.</summary>
    public long Length => flushedBytes + used;

    /// <exception cref="ArgumentException">The packet's link type is not the file's.</exception>
    /// <exception cref="CaptureFileException">Earlier packets cannot be written.</exception>
    public void Write(in CapturedPacket packet)
    {
        if (packet.LinkType != options.LinkType)
            throw new ArgumentException($"the file is of link type {options.LinkType}, the packet of {packet.LinkType}", nameof(packet));
        int size = RecordHeaderSize + packet.Data.Length;
        if (size > piece.Length - used)
            MakeRoom(size);
        (ulong seconds, ulong fraction) = Math.DivRem((ulong)packet.Timestamp, NanosecondsOfSecond);
        Span<byte> record = piece.AsSpan(used, size);
        Span<uint> header = MemoryMarshal.Cast<byte, uint>(record[..RecordHeaderSize]);
        header[0] = (uint)seconds;
        header[1] = (uint)fraction / unit;
        header[2] = (uint)packet.Data.Length;
        header[3] = packet.OriginalLength;
        packet.Data.CopyTo(record[RecordHeaderSize..]);
        used += size;
        packetsInPiece++;
    }

    /// <summary>Hands what has come together to the system.</summary>
    /// <exception cref="CaptureFileException">It does not take it.</exception>
    public void Flush()
    {
        if (used == 0 || hasFailed)
            return;
        try
        {
            stream.Write(piece.AsSpan(0, used));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Fail(e);
        }
        flushedBytes += used;
        FlushedPackets += packetsInPiece;
        used = packetsInPiece = 0;
    }

    /// <summary>Flushes, unless that failed before, and closes the stream.</summary>
    public void Dispose()
    {
        try
        {
            Flush();
        }
        finally
        {
            stream.Dispose();
        }
    }

    private void WriteHeader()
    {
        Span<uint> header = MemoryMarshal.Cast<byte, uint>(piece.AsSpan(0, PcapHeader.Size));
        header.Clear();
        header[0] = options.HasNanoseconds ? PcapHeader.NanosecondMagic : PcapHeader.MicrosecondMagic;
        MemoryMarshal.Cast<uint, ushort>(header[1..2])[0] = 2;
        MemoryMarshal.Cast<uint, ushort>(header[1..2])[1] = 4;
        header[4] = (uint)options.SnapLength;
        header[5] = (uint)new Filter.LinkType(options.LinkType).FileValue | options.FrameCheckBits;
        used = PcapHeader.Size;
    }

    private void MakeRoom(int size)
    {
        Flush();
        if (size > piece.Length)
            piece = GC.AllocateUninitializedArray<byte>(size);
    }

    private CaptureFileException Fail(Exception reason)
    {
        hasFailed = true;
        bool isKnown = TryCutToWholePackets(out long packets);
        string rest = isKnown
            ? $"{packets} whole packets are safe in the file"
            : $"{FlushedPackets} packets were written before";
        string what = reason is FileAccessException ? reason.Message : $"cannot write to {Name}: {reason.Message}";
        return new CaptureFileException(CaptureDiagnosticId.Unwritable, Name, Length, $"{what}; {rest}", reason);
    }

    // A part of the piece may be in the file: what is whole of it stays, and the file ends with it.
    private bool TryCutToWholePackets(out long packets)
    {
        packets = FlushedPackets;
        try
        {
            if (!stream.CanSeek)
                return false;
            long inFile = stream.Length - flushedBytes;
            int end = flushedBytes == 0 ? PcapHeader.Size : 0;
            if (inFile < end)
                return true;
            while (end + RecordHeaderSize <= used)
            {
                int next = end + RecordHeaderSize + MemoryMarshal.Read<int>(piece.AsSpan(end + 8));
                if (next > inFile)
                    break;
                end = next;
                packets++;
            }
            stream.SetLength(flushedBytes + end);
            return true;
        }
        catch (Exception e) when (e is IOException or NotSupportedException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
