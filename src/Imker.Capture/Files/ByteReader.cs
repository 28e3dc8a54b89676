using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Imker.Capture;

/// <summary>Numbers in the byte order of a file's writer.</summary>
/// <param name="isSwapped">Whether that is not this machine's.</param>
internal readonly struct ByteReader(bool isSwapped)
{
    internal bool IsSwapped => isSwapped;

    internal ushort UInt16(ReadOnlySpan<byte> bytes, int offset)
    {
        ushort value = MemoryMarshal.Read<ushort>(bytes[offset..]);
        return isSwapped ? BinaryPrimitives.ReverseEndianness(value) : value;
    }

    internal uint UInt32(ReadOnlySpan<byte> bytes, int offset)
    {
        uint value = MemoryMarshal.Read<uint>(bytes[offset..]);
        return isSwapped ? BinaryPrimitives.ReverseEndianness(value) : value;
    }

    internal ulong UInt64(ReadOnlySpan<byte> bytes, int offset)
    {
        ulong value = MemoryMarshal.Read<ulong>(bytes[offset..]);
        return isSwapped ? BinaryPrimitives.ReverseEndianness(value) : value;
    }
}
