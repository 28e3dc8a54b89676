namespace Imker.Elf.Tests;

public sealed class ElfSymbolTests
{
    [Theory]
    [InlineData("x86-64")]
    [InlineData("i386")]
    [InlineData("ppc")]
    [InlineData("ppc64")]
    public void Both_tables_are_read_as_readelf_reads_them(string machine)
    {
        ElfFile file = Fixtures.Open($"functions.{machine}.so");
        Assert.Equal(
            Readelf.Parse(Fixtures.Lines($"functions.{machine}.symbols.txt")),
            [.. List(".dynsym", file.DynamicSymbols), .. List(".symtab", file.Symbols)]);
    }

    [Theory]
    [InlineData("functions.x86-64.so")]
    [InlineData("functions.i386.so")]
    [InlineData("functions.ppc.so")]
    [InlineData("functions.ppc64.so")]
    [InlineData("functions.no-sections.so")]
    [InlineData("functions.ppc.no-sections.so")]
    public void Every_dynamic_function_is_found_through_the_hash_table(string fixture)
    {
        ElfFile file = Fixtures.Open(fixture);
        string[] names = [.. file.DynamicSymbols.Where(s => s.IsFunction).Select(s => s.Name)];
        Assert.Contains("calls_all", names);
        foreach (string name in names)
            Assert.Equal(name, file.Function(name).Name);
        Assert.False(file.TryFindFunction("calls_non", out _));
    }

    [Theory]
    [InlineData("functions.x86-64.so", "functions.no-sections.so")]
    [InlineData("functions.ppc.so", "functions.ppc.no-sections.so")]
    public void Without_section_headers_the_dynamic_symbols_are_the_same(string whole, string stripped)
    {
        ElfFile file = Fixtures.Open(stripped);
        Assert.Empty(file.Sections);
        Assert.Empty(file.Symbols);
        Assert.Equal(
            Fixtures.Open(whole).DynamicSymbols.Select(s => (s.Name, s.Value, s.Size, s.Type, s.IsOldVersion)),
            file.DynamicSymbols.Select(s => (s.Name, s.Value, s.Size, s.Type, s.IsOldVersion)));
    }

    [Fact]
    public void A_function_that_is_not_exported_is_found_in_the_whole_table()
    {
        ElfFile file = Fixtures.Open("functions.x86-64.so");
        Assert.Equal(ElfSymbolBinding.Local, file.Function("local_one").Binding);
        Assert.Equal(ElfSymbolVisibility.Hidden, file.Function("hidden_one").Visibility);
    }

    [Fact]
    public void Of_two_versions_the_one_for_new_programs_is_found() =>
        Assert.Equal(0x1530ul, Fixtures.Open("functions.no-sections.so").Function("versioned").Value);

    [Fact]
    public void An_indirect_function_an_alias_and_one_without_size_are_functions()
    {
        ElfFile file = Fixtures.Open("functions.x86-64.so");
        Assert.Equal(ElfSymbolType.IndirectFunction, file.Function("indirect").Type);
        Assert.Equal(file.Function("first").Value, file.Function("alias_of_first").Value);
        Assert.Equal(0ul, file.Function("without_size").Size);
    }

    [Fact]
    public void Data_is_a_symbol_and_no_function()
    {
        ElfFile file = Fixtures.Open("functions.x86-64.so");
        Assert.False(file.TryFindFunction("data_object", out _));
        Assert.True(file.TryFindSymbol("data_object", out ElfSymbol symbol));
        Assert.Equal(ElfSymbolType.Object, symbol.Type);
    }

    [Theory]
    [InlineData("*one", "hidden_one local_one weak_one")]
    [InlineData("versioned", "versioned versioned")]
    [InlineData("c*s?n", "chosen")]
    [InlineData("first*", "first")]
    [InlineData("irst", "")]
    public void A_pattern_finds_each_function_once(string pattern, string names) =>
        Assert.Equal(names, string.Join(' ', Fixtures.Open("functions.x86-64.so").FindFunctions(pattern).Select(f => f.Name).Order(StringComparer.Ordinal)));

    [Theory]
    [InlineData(0x14b0, "first", 0)]
    [InlineData(0x14b3, "first", 3)]
    [InlineData(0x14a5, "without_size", 5)]
    [InlineData(0x14e4, "hidden_one", 4)]
    [InlineData(0x1543, "indirect", 3)]
    public void An_address_belongs_to_the_function_around_it(ulong address, string name, ulong offset)
    {
        Assert.True(Fixtures.Open("functions.x86-64.so").SymbolTable.TryFind(address, out ElfSymbol symbol, out ulong into));
        Assert.Equal((name, offset), (symbol.Name, into));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0x14b4)]
    [InlineData(ulong.MaxValue)]
    public void An_address_between_functions_belongs_to_none(ulong address) =>
        Assert.False(Fixtures.Open("functions.x86-64.so").SymbolTable.TryFind(address, out _, out _));

    private static IEnumerable<ReadelfSymbol> List(string table, ElfSymbolList symbols) => symbols.Select((s, number) => new ReadelfSymbol(
        table, number, s.Value, s.Size, TypeOf(s), s.Binding.ToString().ToUpperInvariant(), s.Visibility.ToString().ToUpperInvariant(),
        s.SectionIndex switch { ElfSymbol.UndefinedSection => "UND", ElfSymbol.AbsoluteSection => "ABS", var index => $"{index}" }, s.Name, s.IsOldVersion));

    private static string TypeOf(ElfSymbol symbol) => symbol.Type switch
    {
        ElfSymbolType.None => "NOTYPE",
        ElfSymbolType.Function => "FUNC",
        ElfSymbolType.IndirectFunction => "IFUNC",
        var other => other.ToString().ToUpperInvariant(),
    };
}
