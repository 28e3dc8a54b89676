namespace Imker.Capture;

/// <summary>The 24 bytes that a pcap file begins with (draft-ietf-opsawg-pcap, section 4).</summary>
internal readonly record struct PcapHeader
{
    internal const int Size = 24;
    internal const uint MicrosecondMagic = 0xa1b2c3d4, NanosecondMagic = 0xa1b23c4d, ModifiedMagic = 0xa1b2cd34;

    private const int LinkTypeBits = 0x03ffffff;
    private const uint FrameCheckMask = 0xfc000000;

    internal bool IsSwapped { get; private init; }

    internal bool HasNanoseconds { get; private init; }

    internal bool IsModified { get; private init; }

    /// <summary>Whether old files, whose writers disagreed on the order of the two lengths, may have them swapped.</summary>
    internal PcapLengthOrder LengthOrder { get; private init; }

    internal int SnapLength { get; private init; }

    internal int LinkType { get; private init; }

    internal uint FrameCheckBits { get; private init; }

    /// <summary>Whether a file that begins with these four bytes is one of ours.</summary>
    internal static bool IsMagic(ReadOnlySpan<byte> bytes) =>
        new ByteReader(false).UInt32(bytes, 0) is MicrosecondMagic or NanosecondMagic or ModifiedMagic
        || new ByteReader(true).UInt32(bytes, 0) is MicrosecondMagic or NanosecondMagic or ModifiedMagic;

    /// <exception cref="CaptureFileException">It is cut, or of another version.</exception>
    internal static PcapHeader Read(CaptureInput input)
    {
        if (!input.TryHave(Size))
            throw Refuse(CaptureDiagnosticId.Truncated, $"the file ends within its header of {Size} bytes, after {input.Window.Length}");
        ReadOnlySpan<byte> bytes = input.Window;
        bool isSwapped = new ByteReader(true).UInt32(bytes, 0) is MicrosecondMagic or NanosecondMagic or ModifiedMagic;
        var reader = new ByteReader(isSwapped);
        (uint magic, int major, int minor) = (reader.UInt32(bytes, 0), reader.UInt16(bytes, 4), reader.UInt16(bytes, 6));
        if (major != 2 || minor > 4)
            throw Refuse(CaptureDiagnosticId.UnknownFormat, $"it is a pcap file of version {major}.{minor}, and those up to 2.4 are known");
        uint snapLength = reader.UInt32(bytes, 16), link = reader.UInt32(bytes, 20);
        int linkType = Filter.LinkType.FromFile((int)(link & LinkTypeBits)).Value;
        input.Consume(Size);
        return new PcapHeader
        {
            IsSwapped = isSwapped,
            HasNanoseconds = magic == NanosecondMagic,
            IsModified = magic == ModifiedMagic,
            LengthOrder = minor switch { < 3 => PcapLengthOrder.OriginalFirst, 3 => PcapLengthOrder.Either, _ => PcapLengthOrder.CapturedFirst },
            // Some writers leave it 0, or −1, where they mean no limit.
            SnapLength = snapLength is 0 or > int.MaxValue ? RecordLimit.Of(linkType) : (int)snapLength,
            LinkType = linkType,
            FrameCheckBits = link & FrameCheckMask,
        };

        CaptureFileException Refuse(string id, string what) => CaptureFileException.Reading(id, input.Name, 0, what);
    }
}
