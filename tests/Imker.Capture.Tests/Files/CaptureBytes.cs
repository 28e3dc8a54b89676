using System.Buffers.Binary;

namespace Imker.Capture.Tests.Files;

/// <summary>Builds capture files byte by byte, in either byte order, also those that no program would write.</summary>
internal sealed class CaptureBytes(bool isBigEndian)
{
    private readonly List<byte> bytes = [];

    public byte[] ToArray() => [.. bytes];

    public static byte[] Packet(int length, int seed = 0)
    {
        byte[] packet = new byte[length];
        new Random(seed * 7919 + length).NextBytes(packet);
        return packet;
    }

    public CaptureBytes PcapHeader(uint magic = 0xa1b2c3d4, uint snapLength = 262144, uint linkType = 1, ushort major = 2, ushort minor = 4) =>
        UInt32(magic).UInt16(major).UInt16(minor).UInt32(0).UInt32(0).UInt32(snapLength).UInt32(linkType);

    public CaptureBytes Record(uint seconds, uint fraction, byte[] data, uint? original = null, uint? captured = null) =>
        UInt32(seconds).UInt32(fraction).UInt32(captured ?? (uint)data.Length).UInt32(original ?? (uint)data.Length).Bytes(data);

    public CaptureBytes Section() =>
        Block(0x0a0d0d0a, b => b.UInt32(0x1a2b3c4d).UInt16(1).UInt16(0).UInt32(uint.MaxValue).UInt32(uint.MaxValue));

    public CaptureBytes Interface(ushort linkType = 1, uint snapLength = 0, params (ushort Code, byte[] Value)[] options) =>
        Block(1, b => b.UInt16(linkType).UInt16(0).UInt32(snapLength).Options(options));

    public CaptureBytes Enhanced(uint interfaceIndex, ulong ticks, byte[] data, uint? original = null, uint? captured = null, params (ushort Code, byte[] Value)[] options) =>
        Block(6, b => b.UInt32(interfaceIndex).UInt32((uint)(ticks >> 32)).UInt32((uint)ticks)
            .UInt32(captured ?? (uint)data.Length).UInt32(original ?? (uint)data.Length).Bytes(data).Pad().Options(options));

    public CaptureBytes Simple(byte[] data, uint original) => Block(3, b => b.UInt32(original).Bytes(data));

    public CaptureBytes OldPacket(ushort interfaceIndex, ulong ticks, byte[] data) =>
        Block(2, b => b.UInt16(interfaceIndex).UInt16(0).UInt32((uint)(ticks >> 32)).UInt32((uint)ticks)
            .UInt32((uint)data.Length).UInt32((uint)data.Length).Bytes(data));

    public CaptureBytes Block(uint type, Action<CaptureBytes> body)
    {
        var inner = new CaptureBytes(isBigEndian);
        body(inner);
        inner.Pad();
        uint length = (uint)inner.bytes.Count + 12;
        return UInt32(type).UInt32(length).Bytes(inner.ToArray()).UInt32(length);
    }

    public CaptureBytes Options(params (ushort Code, byte[] Value)[] options)
    {
        foreach ((ushort code, byte[] value) in options)
            UInt16(code).UInt16((ushort)value.Length).Bytes(value).Pad();
        return options.Length > 0 ? UInt32(0) : this;
    }

    public CaptureBytes UInt16(ushort value)
    {
        Span<byte> span = stackalloc byte[2];
        if (isBigEndian)
            BinaryPrimitives.WriteUInt16BigEndian(span, value);
        else
            BinaryPrimitives.WriteUInt16LittleEndian(span, value);
        bytes.AddRange(span);
        return this;
    }

    public CaptureBytes UInt32(uint value)
    {
        Span<byte> span = stackalloc byte[4];
        if (isBigEndian)
            BinaryPrimitives.WriteUInt32BigEndian(span, value);
        else
            BinaryPrimitives.WriteUInt32LittleEndian(span, value);
        bytes.AddRange(span);
        return this;
    }

    public CaptureBytes Bytes(ReadOnlySpan<byte> value)
    {
        bytes.AddRange(value);
        return this;
    }

    public CaptureBytes Pad()
    {
        while (bytes.Count % 4 != 0)
            bytes.Add(0);
        return this;
    }
}
