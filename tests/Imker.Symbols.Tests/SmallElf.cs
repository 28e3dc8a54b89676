using System.Buffers.Binary;
using System.Text;

namespace Imker.Symbols.Tests;

/// <summary>A 64-bit shared library of one page of code at 0x1000, with a build id and, unless it has no functions, a symbol table.</summary>
internal static class SmallElf
{
    private const int HeaderSize = 64, SegmentSize = 56, SectionSize = 64, SymbolSize = 24;
    private const int PageSize = 0x1000, FileSize = 0x3000;
    private const int NoteOffset = 0x200, SymbolsOffset = 0x2000, NamesOffset = 0x2800, SectionsOffset = 0x2c00;

    public static byte[] Write(byte buildId, params ReadOnlySpan<(string Name, int Address, int Size)> functions)
    {
        byte[] file = new byte[FileSize];
        bool hasSymbols = !functions.IsEmpty;
        WriteHeader(file, sections: (ushort)(hasSymbols ? 5 : 3));
        WriteSegment(file.AsSpan(HeaderSize), PageSize);
        int noteSize = WriteNote(file.AsSpan(NoteOffset), buildId);

        byte[] names = "\0.shstrtab\0.note.gnu.build-id\0.symtab\0.strtab\0"u8.ToArray();
        names.CopyTo(file, NamesOffset);
        WriteSection(file, 1, name: 1, type: 3, NamesOffset, names.Length);
        WriteSection(file, 2, name: 11, type: 7, NoteOffset, noteSize);
        if (hasSymbols)
        {
            int stringsOffset = NamesOffset + names.Length;
            int stringsSize = WriteSymbols(file.AsSpan(SymbolsOffset), file.AsSpan(stringsOffset), functions);
            WriteSection(file, 3, name: 30, type: 2, SymbolsOffset, (functions.Length + 1) * SymbolSize, link: 4, entrySize: SymbolSize);
            WriteSection(file, 4, name: 38, type: 3, stringsOffset, stringsSize);
        }
        return file;
    }

    private static void WriteHeader(Span<byte> file, ushort sections)
    {
        "\u007fELF\u0002\u0001\u0001"u8.CopyTo(file);
        Put16(file, 16, 3); // ET_DYN
        Put16(file, 18, 62); // EM_X86_64
        Put32(file, 20, 1);
        Put64(file, 32, HeaderSize);
        Put64(file, 40, SectionsOffset);
        Put16(file, 52, HeaderSize);
        Put16(file, 54, SegmentSize);
        Put16(file, 56, 1);
        Put16(file, 58, SectionSize);
        Put16(file, 60, sections);
        Put16(file, 62, 1);
    }

    private static void WriteSegment(Span<byte> segment, int address)
    {
        Put32(segment, 0, 1); // PT_LOAD
        Put32(segment, 4, 5);
        Put64(segment, 8, address);
        Put64(segment, 16, address);
        Put64(segment, 32, PageSize);
        Put64(segment, 40, PageSize);
        Put64(segment, 48, PageSize);
    }

    private static int WriteNote(Span<byte> note, byte buildId)
    {
        Put32(note, 0, 4);
        Put32(note, 4, 20);
        Put32(note, 8, 3); // NT_GNU_BUILD_ID
        "GNU\0"u8.CopyTo(note[12..]);
        note.Slice(16, 20).Fill(buildId);
        return 36;
    }

    private static int WriteSymbols(Span<byte> symbols, Span<byte> strings, ReadOnlySpan<(string Name, int Address, int Size)> functions)
    {
        int length = 1;
        for (int i = 0; i < functions.Length; i++)
        {
            Span<byte> symbol = symbols[((i + 1) * SymbolSize)..];
            Put32(symbol, 0, length);
            symbol[4] = 0x12; // a global function
            Put16(symbol, 6, 2);
            Put64(symbol, 8, functions[i].Address);
            Put64(symbol, 16, functions[i].Size);
            length += Encoding.UTF8.GetBytes(functions[i].Name, strings[length..]) + 1;
        }
        return length;
    }

    private static void WriteSection(Span<byte> file, int index, int name, int type, int offset, int size, int link = 0, int entrySize = 0)
    {
        Span<byte> section = file[(SectionsOffset + index * SectionSize)..];
        Put32(section, 0, name);
        Put32(section, 4, type);
        Put64(section, 24, offset);
        Put64(section, 32, size);
        Put32(section, 40, link);
        Put64(section, 48, 4);
        Put64(section, 56, entrySize);
    }

    private static void Put16(Span<byte> bytes, int offset, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(bytes[offset..], value);

    private static void Put32(Span<byte> bytes, int offset, int value) => BinaryPrimitives.WriteInt32LittleEndian(bytes[offset..], value);

    private static void Put64(Span<byte> bytes, int offset, long value) => BinaryPrimitives.WriteInt64LittleEndian(bytes[offset..], value);
}
