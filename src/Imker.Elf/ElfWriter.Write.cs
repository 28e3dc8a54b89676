using System.Buffers.Binary;
using System.Text;

namespace Imker.Elf;

public sealed partial class ElfWriter
{
    private const int MaxSections = 0x7f00;
    private const int RelocationSize = 16;
    private static readonly ElfEncoding Wide = new(Is64Bit: true, IsLittleEndian: true);

    /// <summary>The whole file.</summary>
    public byte[] ToArray()
    {
        var names = new StringTable();
        uint[] numbers = NumberSymbols(out int localCount);
        List<Section> all = [.. sections];
        int symbolTable = sections.Count + sections.Count(s => s.Relocations.Count > 0);
        for (int i = 0; i < sections.Count; i++)
        {
            if (sections[i].Relocations.Count > 0)
                all.Add(EncodeRelocations(i, numbers, symbolTable));
        }
        byte[] symbolBytes = EncodeSymbols(numbers, names);
        all.Add(new Section(".symtab", ElfSectionType.SymbolTable, ElfSectionFlags.None, symbolBytes, 0, 8, (ulong)ElfSymbol.SizeOf(Wide))
        {
            Link = (uint)symbolTable + 1,
            Info = (uint)localCount + 1,
        });
        uint[] nameOffsets = [.. all.Select(s => names.Add(s.Name)), names.Add(".strtab")];
        all.Add(new Section(".strtab", ElfSectionType.StringTable, ElfSectionFlags.None, names.ToArray(), 0, 1, 0));
        return Assemble(all, nameOffsets);
    }

    private byte[] Assemble(List<Section> all, uint[] nameOffsets)
    {
        ulong[] offsets = new ulong[all.Count];
        ulong end = ElfHeader.MaxSize;
        for (int i = 1; i < all.Count; i++)
        {
            offsets[i] = Align(end, all[i].Alignment);
            end = offsets[i] + (ulong)all[i].Bytes.Length;
        }
        ulong headers = Align(end, 8);
        byte[] file = new byte[checked((int)headers + all.Count * ElfSection.SizeOf(Wide))];
        WriteFileHeader(file, headers, all.Count);
        for (int i = 1; i < all.Count; i++)
        {
            all[i].Bytes.Span.CopyTo(file.AsSpan((int)offsets[i]));
            WriteSectionHeader(file.AsSpan((int)headers + i * ElfSection.SizeOf(Wide)), all[i], nameOffsets[i], offsets[i]);
        }
        return file;
    }

    private void WriteFileHeader(Span<byte> file, ulong sectionHeaders, int sectionCount)
    {
        ReadOnlySpan<byte> ident = [0x7f, (byte)'E', (byte)'L', (byte)'F', 2, isLittleEndian ? (byte)1 : (byte)2, 1];
        ident.CopyTo(file);
        var output = new Output(file[ElfHeader.IdentSize..], isLittleEndian);
        output.U16((ushort)ElfType.Relocatable);
        output.U16((ushort)machine);
        output.U32(1);
        output.U64(0);
        output.U64(0);
        output.U64(sectionHeaders);
        output.U32(0);
        output.U16(ElfHeader.MaxSize);
        output.U16(0);
        output.U16(0);
        output.U16((ushort)ElfSection.SizeOf(Wide));
        output.U16((ushort)sectionCount);
        output.U16((ushort)(sectionCount - 1));
    }

    private void WriteSectionHeader(Span<byte> bytes, Section section, uint name, ulong offset)
    {
        var output = new Output(bytes, isLittleEndian);
        output.U32(name);
        output.U32((uint)section.Type);
        output.U64((ulong)section.Flags);
        output.U64(0);
        output.U64(offset);
        output.U64(section.Type == ElfSectionType.NoBits ? section.Size : (ulong)section.Bytes.Length);
        output.U32(section.Link);
        output.U32(section.Info);
        output.U64(section.Alignment);
        output.U64(section.EntrySize);
    }

    // The format wants local symbols first; otherwise the order of adding stays.
    private uint[] NumberSymbols(out int localCount)
    {
        uint[] numbers = new uint[symbols.Count];
        uint next = 1;
        for (int i = 0; i < symbols.Count; i++)
        {
            if (symbols[i].Binding == ElfSymbolBinding.Local)
                numbers[i] = next++;
        }
        localCount = (int)next - 1;
        for (int i = 0; i < symbols.Count; i++)
        {
            if (symbols[i].Binding != ElfSymbolBinding.Local)
                numbers[i] = next++;
        }
        return numbers;
    }

    private byte[] EncodeSymbols(uint[] numbers, StringTable names)
    {
        int size = ElfSymbol.SizeOf(Wide);
        byte[] table = new byte[(symbols.Count + 1) * size];
        for (int i = 0; i < symbols.Count; i++)
        {
            Symbol symbol = symbols[i];
            var output = new Output(table.AsSpan((int)numbers[i] * size), isLittleEndian);
            output.U32(names.Add(symbol.Name));
            output.U8((byte)((int)symbol.Binding << 4 | (int)symbol.Type));
            output.U8((byte)symbol.Visibility);
            output.U16((ushort)symbol.Section);
            output.U64(symbol.Value);
            output.U64(symbol.Size);
        }
        return table;
    }

    private Section EncodeRelocations(int section, uint[] numbers, int symbolTable)
    {
        Section target = sections[section];
        byte[] table = new byte[target.Relocations.Count * RelocationSize];
        var output = new Output(table, isLittleEndian);
        foreach ((ulong offset, uint type, ElfSymbolHandle symbol) in target.Relocations)
        {
            output.U64(offset);
            output.U64((ulong)numbers[symbol.Index] << 32 | type);
        }
        return new Section(".rel" + target.Name, ElfSectionType.Relocations, ElfSectionFlags.InfoLink, table, 0, 8, RelocationSize)
        {
            Link = (uint)symbolTable,
            Info = (uint)section,
        };
    }

    private static ulong Align(ulong value, ulong alignment) => (value + alignment - 1) & ~(alignment - 1);

    private sealed class StringTable
    {
        private readonly Dictionary<string, uint> offsets = new(StringComparer.Ordinal) { [""] = 0 };
        private readonly List<byte> bytes = [0];

        public uint Add(string text)
        {
            if (offsets.TryGetValue(text, out uint offset))
                return offset;
            offset = (uint)bytes.Count;
            bytes.AddRange(Encoding.UTF8.GetBytes(text));
            bytes.Add(0);
            return offsets[text] = offset;
        }

        public byte[] ToArray() => [.. bytes];
    }

    private ref struct Output(Span<byte> bytes, bool isLittleEndian)
    {
        private Span<byte> rest = bytes;

        public void U8(byte value)
        {
            rest[0] = value;
            rest = rest[1..];
        }

        public void U16(ushort value)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(rest, isLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value));
            rest = rest[2..];
        }

        public void U32(uint value)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(rest, isLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value));
            rest = rest[4..];
        }

        public void U64(ulong value)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(rest, isLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value));
            rest = rest[8..];
        }
    }
}
