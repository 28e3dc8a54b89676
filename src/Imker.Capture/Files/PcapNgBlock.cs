namespace Imker.Capture;

/// <summary>The frame of a pcapng block: type, length, body, length again (draft-ietf-opsawg-pcapng, section 3.1).</summary>
internal static class PcapNgBlock
{
    internal const int HeaderSize = 8, TrailerSize = 4, SmallestSize = HeaderSize + TrailerSize;

    /// <summary>A block that is looked into is held whole; one that says it is longer than this is damaged.</summary>
    internal const int LongestKept = 160 * 1024 * 1024;

    internal const uint Section = 0x0a0d0d0a, Interface = 1, OldPacket = 2, SimplePacket = 3, EnhancedPacket = 6;

    internal const uint ByteOrderMagic = 0x1a2b3c4d, SwappedByteOrderMagic = 0x4d3c2b1a;

    // The type reads the same in both byte orders; what the order is, the body says.
    internal static bool IsSectionHeader(ReadOnlySpan<byte> bytes) => new ByteReader(false).UInt32(bytes, 0) == Section;
}
