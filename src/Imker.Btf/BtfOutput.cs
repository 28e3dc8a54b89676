using System.Buffers.Binary;

namespace Imker.Btf;

/// <summary>Bytes that are written one after the other, in either byte order.</summary>
internal struct BtfOutput(int capacity, bool isLittleEndian)
{
    private readonly byte[] bytes = new byte[capacity];
    private int length;

    public void U8(byte value) => bytes[length++] = value;

    public void U16(ushort value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(length), isLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value));
        length += sizeof(ushort);
    }

    public void U32(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(length), isLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value));
        length += sizeof(uint);
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        value.CopyTo(bytes.AsSpan(length));
        length += value.Length;
    }

    /// <exception cref="InvalidOperationException">Less was written than there is room for.</exception>
    public readonly byte[] ToArray() =>
        length == bytes.Length ? bytes : throw new InvalidOperationException($"{length} bytes were written of {bytes.Length}.");
}
