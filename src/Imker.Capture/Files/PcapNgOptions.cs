namespace Imker.Capture;

/// <summary>The options behind a block's fixed part: code, length, value padded to four bytes. One that does not fit ends them.</summary>
internal ref struct PcapNgOptions(ReadOnlySpan<byte> bytes, ByteReader reader)
{
    internal const ushort End = 0, InterfaceName = 2, PacketFlags = 2, TimeResolution = 9, TimeOffset = 14;

    private const int HeaderSize = 4;

    private ReadOnlySpan<byte> rest = bytes;

    internal ushort Code { get; private set; }

    internal ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Whether an option said that it is longer than what is left of its block.</summary>
    internal bool IsCut { get; private set; }

    internal bool MoveNext()
    {
        if (rest.Length < HeaderSize)
            return false;
        Code = reader.UInt16(rest, 0);
        int length = reader.UInt16(rest, 2);
        if (Code == End)
            return false;
        IsCut = length > rest.Length - HeaderSize;
        if (IsCut)
            return false;
        Value = rest.Slice(HeaderSize, length);
        rest = rest[Math.Min(rest.Length, HeaderSize + ((length + 3) & ~3))..];
        return true;
    }
}
