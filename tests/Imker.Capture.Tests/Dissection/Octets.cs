using System.Buffers.Binary;
using System.Text;

namespace Imker.Capture.Tests.Dissection;

/// <summary>Bytes put together one after the other, in network order.</summary>
internal sealed class Octets
{
    private readonly List<byte> bytes = [];

    public int Count => bytes.Count;

    public static implicit operator byte[](Octets octets) => octets.ToArray();

    public byte[] ToArray() => [.. bytes];

    public Octets U8(params ReadOnlySpan<int> values)
    {
        foreach (int value in values)
            bytes.Add((byte)value);
        return this;
    }

    public Octets U16(params ReadOnlySpan<int> values)
    {
        foreach (int value in values)
            U8(value >> 8, value);
        return this;
    }

    public Octets U24(int value) => U8(value >> 16).U16(value);

    public Octets U32(params ReadOnlySpan<long> values)
    {
        foreach (long value in values)
            U16((int)(value >> 16), (int)value);
        return this;
    }

    public Octets U64(ulong value) => U32((long)(value >> 32), (long)(value & uint.MaxValue));

    public Octets U16Little(int value) => U8(value, value >> 8);

    public Octets U32Little(uint value) => U16Little((int)(value & 0xffff)).U16Little((int)(value >> 16));

    public Octets Add(params ReadOnlySpan<byte> more)
    {
        bytes.AddRange(more);
        return this;
    }

    public Octets Text(string text) => Add(Encoding.Latin1.GetBytes(text));

    /// <summary>Text with its length before it, in one byte.</summary>
    public Octets Counted(string text) => U8(text.Length).Text(text);

    public Octets Fill(int count, int value = 0)
    {
        for (int i = 0; i < count; i++)
            U8(value);
        return this;
    }

    public Octets Random(Random random, int count)
    {
        byte[] some = new byte[count];
        random.NextBytes(some);
        return Add(some);
    }

    public Octets Ip(string address) => Add(System.Net.IPAddress.Parse(address).GetAddressBytes());

    /// <summary>Fills up to a multiple of <paramref name="unit"/> bytes.</summary>
    public Octets Align(int unit, int value = 0) => Fill((unit - bytes.Count % unit) % unit, value);

    /// <summary>Puts the Internet checksum of all bytes, and of <paramref name="pseudo"/>, at <paramref name="offset"/>.</summary>
    public Octets Checksum(int offset, params ReadOnlySpan<byte> pseudo)
    {
        ushort sum = Wire.Checksum([.. pseudo, .. bytes]);
        bytes[offset] = (byte)(sum >> 8);
        bytes[offset + 1] = (byte)sum;
        return this;
    }

    public Octets Crc32C(int offset)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
            crc = System.Numerics.BitOperations.Crc32C(crc, value);
        byte[] field = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(field, ~crc);
        for (int i = 0; i < 4; i++)
            bytes[offset + i] = field[i];
        return this;
    }
}
