using System.Collections.Immutable;

namespace Imker.Elf.Tests;

public sealed class ElfWriterTests
{
    private const uint R_BPF_64_64 = 1;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_written_is_read_back(bool isLittleEndian)
    {
        ElfFile file = ElfFile.Read("written", Write(isLittleEndian));

        Assert.Equal(isLittleEndian, file.IsLittleEndian);
        Assert.Equal((ElfType.Relocatable, ElfMachine.Bpf, true), (file.Type, file.Machine, file.Is64Bit));
        Assert.Equal(["", "xdp", ".bss", "license", ".relxdp", ".symtab", ".strtab"], file.Sections.Select(s => s.Name));
        Assert.Equal("GPL\0"u8, file.ReadSection(file.FindSection("license")!).Span);
        Assert.Equal(4096ul, file.FindSection(".bss")!.Size);
        Assert.Equal(
            [("", 0ul, 0ul), ("local", 8, 0), ("program", 0, 16), ("state", 64, 8)],
            file.Symbols.Select(s => (s.Name, s.Value, s.Size)));
    }

    [Fact]
    public void A_relocation_names_its_symbol_although_local_symbols_move_to_the_front()
    {
        ElfFile file = ElfFile.Read("written", Write(isLittleEndian: true));
        ElfSection section = file.FindSection(".relxdp")!;
        ImmutableArray<ElfRelocation> relocations = file.ReadRelocations(section);
        Assert.Equal("xdp", file.Sections[(int)section.Info].Name);
        Assert.Equal(".symtab", file.Sections[(int)section.Link].Name);
        Assert.Equal([(0ul, R_BPF_64_64, "state"), (8, R_BPF_64_64, "local")],
            relocations.Select(r => (r.Offset, r.Type, file.Symbols[(int)r.SymbolIndex].Name)));
    }

    [Fact]
    public void The_same_calls_give_the_same_bytes() => Assert.Equal(Write(isLittleEndian: true), Write(isLittleEndian: true));

    [Fact]
    public void Local_symbols_are_counted_in_the_info_of_the_symbol_table() =>
        Assert.Equal(2u, ElfFile.Read("written", Write(isLittleEndian: true)).FindSection(".symtab")!.Info);

    [Fact]
    public void A_symbol_of_a_section_that_was_not_added_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ElfWriter(ElfMachine.Bpf).AddSymbol("x", section: 1));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Readelf_has_nothing_to_complain_about(bool isLittleEndian)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, Write(isLittleEndian));
            string[] lines = Readelf.Run("-W", "-h", "-S", "-s", "-r", path);
            Assert.Contains(lines, l => l.Contains("Machine:", StringComparison.Ordinal) && l.EndsWith("Linux BPF", StringComparison.Ordinal));
            Assert.Contains(lines, l => l.Contains(" R_BPF_", StringComparison.Ordinal) && l.EndsWith(" state", StringComparison.Ordinal));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static byte[] Write(bool isLittleEndian)
    {
        var writer = new ElfWriter(ElfMachine.Bpf, isLittleEndian);
        int code = writer.AddSection("xdp", ElfSectionType.ProgBits, ElfSectionFlags.Allocate | ElfSectionFlags.Execute, new byte[16], alignment: 8);
        int bss = writer.AddZeroSection(".bss", ElfSectionFlags.Allocate | ElfSectionFlags.Write, size: 4096, alignment: 8);
        writer.AddSection("license", ElfSectionType.ProgBits, ElfSectionFlags.Allocate, "GPL\0"u8.ToArray());
        writer.AddSymbol("program", code, size: 16, type: ElfSymbolType.Function);
        ElfSymbolHandle state = writer.AddSymbol("state", bss, value: 64, size: 8, type: ElfSymbolType.Object);
        ElfSymbolHandle local = writer.AddSymbol("local", code, value: 8, binding: ElfSymbolBinding.Local);
        writer.AddRelocation(code, 0, R_BPF_64_64, state);
        writer.AddRelocation(code, 8, R_BPF_64_64, local);
        return writer.ToArray();
    }
}
