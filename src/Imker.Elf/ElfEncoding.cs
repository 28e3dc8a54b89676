using System.Buffers.Binary;

namespace Imker.Elf;

/// <summary>How integers stand in a file: its word size (<c>EI_CLASS</c>) and byte order (<c>EI_DATA</c>).</summary>
internal readonly record struct ElfEncoding(bool Is64Bit, bool IsLittleEndian)
{
    public int WordSize => Is64Bit ? 8 : 4;

    public ushort U16(ReadOnlySpan<byte> bytes, int offset) => IsLittleEndian
        ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[offset..])
        : BinaryPrimitives.ReadUInt16BigEndian(bytes[offset..]);

    public uint U32(ReadOnlySpan<byte> bytes, int offset) => IsLittleEndian
        ? BinaryPrimitives.ReadUInt32LittleEndian(bytes[offset..])
        : BinaryPrimitives.ReadUInt32BigEndian(bytes[offset..]);

    public ulong U64(ReadOnlySpan<byte> bytes, int offset) => IsLittleEndian
        ? BinaryPrimitives.ReadUInt64LittleEndian(bytes[offset..])
        : BinaryPrimitives.ReadUInt64BigEndian(bytes[offset..]);

    /// <summary>An address, offset or size: 8 bytes in a 64-bit file, else 4.</summary>
    public ulong Word(ReadOnlySpan<byte> bytes, int offset) => Is64Bit ? U64(bytes, offset) : U32(bytes, offset);
}
