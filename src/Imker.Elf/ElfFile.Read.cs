using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Imker.Diagnostics;
using Microsoft.Win32.SafeHandles;

namespace Imker.Elf;

public sealed partial class ElfFile
{
    private const ushort ManyProgramHeaders = 0xffff; // PN_XNUM
    private const ushort NamesIndexElsewhere = 0xffff; // SHN_XINDEX

    /// <summary>Opens bytes that are in memory.</summary>
    /// <exception cref="DiagnosticException">It is no ELF file, or its headers contradict it.</exception>
    public static ElfFile Read(string name, ReadOnlyMemory<byte> bytes) => Read(ElfSource.FromMemory(name, bytes));

    /// <summary>Opens a regular file; the handle must stay open as long as the result is used.</summary>
    /// <exception cref="DiagnosticException">It is no ELF file, or its headers contradict it.</exception>
    public static ElfFile Read(string name, SafeFileHandle handle) => Read(ElfSource.FromHandle(name, handle));

    /// <exception cref="DiagnosticException">It is no ELF file, or its headers contradict it.</exception>
    public static ElfFile Read(ElfSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        // One read brings the program headers too: they follow the file header in everything that linkers make.
        Span<byte> start = stackalloc byte[1024];
        start = start[..source.ReadAtMost(0, start)];
        ElfHeader header = ReadHeader(source, start);
        return new ElfFile(source, header, ReadSegments(source, header, start));
    }

    public static bool TryRead(ElfSource source, [NotNullWhen(true)] out ElfFile? file, out ImmutableArray<Diagnostic> diagnostics)
    {
        try
        {
            (file, diagnostics) = (Read(source), []);
            return true;
        }
        catch (DiagnosticException e)
        {
            (file, diagnostics) = (null, e.Diagnostics);
            return false;
        }
    }

    private static ElfHeader ReadHeader(ElfSource source, ReadOnlySpan<byte> start)
    {
        if (start.Length < ElfHeader.IdentSize || !start.StartsWith("\x7f"u8) || !start[1..].StartsWith("ELF"u8))
            throw new DiagnosticException([new Diagnostic(Severity.Error, ElfDiagnosticId.NotElf, SourceSpan.None,
                $"cannot read {source.Name}: it is no ELF file (it does not start with 7f 45 4c 46)")]);
        if (start[4] is not (1 or 2))
            throw source.Malformed(4, $"unknown file class {start[4]} (known are 1, 32-bit, and 2, 64-bit)");
        if (start[5] is not (1 or 2))
            throw source.Malformed(5, $"unknown byte order {start[5]} (known are 1, little-endian, and 2, big-endian)");

        var encoding = new ElfEncoding(Is64Bit: start[4] == 2, IsLittleEndian: start[5] == 1);
        int size = ElfHeader.SizeOf(encoding);
        if (start.Length < size)
            throw source.Malformed(0, $"file header ({size} bytes) ends past the end of the file ({source.Length} bytes)");
        return ElfHeader.Decode(encoding, start);
    }

    private static ImmutableArray<ElfSegment> ReadSegments(ElfSource source, ElfHeader header, ReadOnlySpan<byte> start)
    {
        int size = ElfSegment.SizeOf(header.Encoding), count = header.ProgramHeaderCount;
        if (count == 0 || header.ProgramHeaderOffset == 0)
            return [];
        if (header.ProgramHeaderSize != size)
            throw source.Malformed(0, $"program headers of {header.ProgramHeaderSize} bytes, expected {size}");
        if (count == ManyProgramHeaders)
            throw source.Malformed(0, $"more program headers than this reader takes ({ManyProgramHeaders - 1})");

        ulong offset = header.ProgramHeaderOffset;
        ReadOnlySpan<byte> table = offset + (ulong)(count * size) <= (ulong)start.Length && offset < (ulong)start.Length
            ? start.Slice((int)offset, count * size)
            : source.Slice(offset, (ulong)(count * size), $"program header table ({count} entries)").Span;
        var segments = ImmutableArray.CreateBuilder<ElfSegment>(count);
        for (int i = 0; i < count; i++)
            segments.Add(ElfSegment.Decode(header.Encoding, table[(i * size)..]));
        return segments.MoveToImmutable();
    }

    private ImmutableArray<ElfSection> ReadSections()
    {
        if (header.SectionHeaderOffset == 0)
            return [];
        int size = ElfSection.SizeOf(Encoding);
        if (header.SectionHeaderSize != size)
            throw source.Malformed(0, $"section headers of {header.SectionHeaderSize} bytes, expected {size}");

        (ulong count, uint namesIndex) = CountSections(size);
        if (count > (ulong)source.Length / (ulong)size)
            throw source.Malformed(header.SectionHeaderOffset,
                $"section header table ({count} entries) is larger than the file ({source.Length} bytes)");
        ReadOnlySpan<byte> table = source.Slice(header.SectionHeaderOffset, count * (ulong)size, $"section header table ({count} entries)").Span;

        ElfStringTable names = ReadSectionNames(table, size, (int)count, namesIndex);
        var result = ImmutableArray.CreateBuilder<ElfSection>((int)count);
        for (int i = 0; i < (int)count; i++)
        {
            ReadOnlySpan<byte> entry = table.Slice(i * size, size);
            result.Add(new ElfSection(i, Encoding, entry, names.At(Encoding.U32(entry, 0))));
        }
        return result.MoveToImmutable();
    }

    // A file with 65,280 sections or more keeps their number, and that of the names' section, in section 0.
    private (ulong Count, uint NamesIndex) CountSections(int size)
    {
        if (header.SectionHeaderCount != 0 && header.SectionNamesIndex != NamesIndexElsewhere)
            return (header.SectionHeaderCount, header.SectionNamesIndex);
        Span<byte> first = stackalloc byte[size];
        source.Read(header.SectionHeaderOffset, first, "section header 0");
        var zero = new ElfSection(0, Encoding, first, default);
        return (header.SectionHeaderCount == 0 ? zero.Size : header.SectionHeaderCount,
            header.SectionNamesIndex == NamesIndexElsewhere ? zero.Link : header.SectionNamesIndex);
    }

    private ElfStringTable ReadSectionNames(ReadOnlySpan<byte> table, int size, int count, uint index)
    {
        if (index == 0)
            return new ElfStringTable(source, 0, default);
        if (index >= count)
            throw source.Malformed(0, $"section names are said to be in section {index} of {count}");
        return ReadStringTable(new ElfSection((int)index, Encoding, table.Slice((int)index * size, size), default));
    }

    private ElfStringTable ReadStringTable(ElfSection section) => new(source, section.Offset, ReadSection(section));
}
