using System.Collections.Immutable;
using Imker.Diagnostics;

namespace Imker.Elf.Tests;

public sealed class ElfFileTests
{
    [Theory]
    [InlineData("functions.x86-64.so", ElfMachine.X86_64, true, true)]
    [InlineData("functions.i386.so", ElfMachine.I386, false, true)]
    [InlineData("functions.ppc.so", (ElfMachine)20, false, false)]
    [InlineData("functions.ppc64.so", ElfMachine.PowerPC64, true, false)]
    public void A_header_of_any_word_size_and_byte_order_is_read(string fixture, ElfMachine machine, bool is64Bit, bool isLittleEndian)
    {
        ElfFile file = Fixtures.Open(fixture);
        Assert.Equal((ElfType.Shared, machine, is64Bit, isLittleEndian), (file.Type, file.Machine, file.Is64Bit, file.IsLittleEndian));
    }

    [Fact]
    public void A_function_is_in_the_file_where_its_segment_says()
    {
        ElfFile file = Fixtures.Open("functions.x86-64.so");
        Assert.True(file.TryGetFileOffset(file.Function("first").Value, out ulong offset));
        // lea eax, [rdi + 1]; ret
        Assert.Equal([0x8d, 0x47, 0x01, 0xc3], Fixtures.Bytes("functions.x86-64.so")[(int)offset..((int)offset + 4)]);
        Assert.True(file.TryGetAddress(offset, out ulong address));
        Assert.Equal(file.Function("first").Value, address);
    }

    [Fact]
    public void An_address_that_no_segment_has_is_nowhere_in_the_file()
    {
        ElfFile file = Fixtures.Open("functions.x86-64.so");
        Assert.False(file.TryGetFileOffset(0x1000_0000, out _));
        Assert.False(file.TryGetAddress(0x1000_0000, out _));
    }

    [Theory]
    [InlineData("functions.x86-64.so")]
    [InlineData("functions.no-sections.so")]
    [InlineData("functions.ppc.so")]
    public void The_build_id_is_found_with_and_without_section_headers(string fixture) =>
        Assert.Equal("0123456789abcdef", Convert.ToHexStringLower(Fixtures.Open(fixture).BuildId.Span));

    [Fact]
    public void The_debug_link_is_read()
    {
        Assert.True(Fixtures.Open("functions.linked.so").TryGetDebugLink(out string name, out uint crc32));
        Assert.Equal(("functions.debug", CrcOfDebugFile), (name, crc32));
        Assert.False(Fixtures.Open("functions.x86-64.so").TryGetDebugLink(out _, out _));
    }

    [Fact]
    public void What_is_no_ELF_file_is_told_apart_from_a_broken_one()
    {
        Assert.False(ElfFile.TryRead(ElfSource.FromMemory("script.sh", "#!/bin/sh"u8.ToArray()), out _, out ImmutableArray<Diagnostic> none));
        Assert.Equal(ElfDiagnosticId.NotElf, none.Single().Id);
        Assert.False(ElfFile.TryRead(ElfSource.FromMemory("cut.so", Fixtures.Bytes("functions.x86-64.so")[..100]), out _, out ImmutableArray<Diagnostic> cut));
        Assert.Equal("cannot read cut.so: offset 0x40: program header table (9 entries): 504 bytes from there go past the end of the file (100 bytes)",
            cut.Single().Message);
    }

    [Fact]
    public void A_table_larger_than_the_reader_of_a_foreign_file_allows_is_refused()
    {
        using Microsoft.Win32.SafeHandles.SafeFileHandle handle = File.OpenHandle(Fixtures.PathOf("functions.x86-64.so"));
        ElfFile file = ElfFile.Read(ElfSource.FromHandle("small.so", handle, largestPiece: 100));
        var e = Assert.Throws<DiagnosticException>(() => file.Symbols.Count);
        Assert.Contains("more than this reader takes in one piece (100)", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_section_table_past_the_end_is_told_when_it_is_needed()
    {
        ElfFile file = ElfFile.Read("cut.so", Fixtures.Bytes("functions.x86-64.so")[..3000]);
        Assert.Equal("first", file.Function("first").Name);
        var e = Assert.Throws<DiagnosticException>(() => file.Sections);
        Assert.StartsWith("Error: cannot read cut.so: offset 0x", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Relocations_with_addends_are_read()
    {
        ElfFile file = Fixtures.Open("functions.x86-64.so");
        ElfSection section = file.Sections.First(s => s.Type == ElfSectionType.RelocationsWithAddend);
        Assert.Equal((int)(section.Size / section.EntrySize), file.ReadRelocations(section).Length);
        Assert.Throws<ArgumentException>(() => file.ReadRelocations(file.Sections[0]));
    }

    private const uint CrcOfDebugFile = 0x27215626;
}
