using CsCheck;

namespace Imker.Elf.Tests;

public sealed class ElfSymbolTableTests
{
    // Functions that overlap and nest, as hand-written assembly has them.
    private static readonly Gen<(ulong Address, ulong Size)[]> GenFunctions =
        Gen.Select(Gen.ULong[0, 60], Gen.ULong[1, 30]).Array[0, 20].Select(a => a.DistinctBy(f => f.Item1).ToArray());

    [Fact]
    public void The_function_found_is_the_last_one_to_start_of_those_that_hold_the_address() =>
        Gen.Select(GenFunctions, Gen.ULong[0, 100]).Sample((functions, address) =>
        {
            var table = new ElfSymbolTable(Make(functions));
            (ulong Address, ulong Size)[] holders = [.. functions.Where(f => f.Address <= address && address < f.Address + f.Size)];
            bool isFound = table.TryFind(address, out ElfSymbol symbol, out ulong offset);
            return isFound == holders.Length > 0 && (!isFound || symbol.Value == holders.Max(f => f.Address) && offset == address - symbol.Value);
        });

    [Fact]
    public void Of_several_names_the_public_one_is_kept()
    {
        var writer = new ElfWriter(ElfMachine.X86_64);
        int text = writer.AddSection(".text", ElfSectionType.ProgBits, ElfSectionFlags.Execute, new byte[64]);
        writer.AddSymbol("no_size", text, 16, 0, ElfSymbolType.Function);
        writer.AddSymbol("weak", text, 16, 8, ElfSymbolType.Function, ElfSymbolBinding.Weak);
        writer.AddSymbol("__internal", text, 16, 8, ElfSymbolType.Function);
        writer.AddSymbol("open", text, 16, 8, ElfSymbolType.Function);
        writer.AddSymbol("local", text, 16, 8, ElfSymbolType.Function, ElfSymbolBinding.Local);
        Assert.True(ElfFile.Read("written", writer.ToArray()).SymbolTable.TryFind(20, out ElfSymbol symbol, out _));
        Assert.Equal("open", symbol.Name);
    }

    private static IEnumerable<ElfSymbol> Make((ulong Address, ulong Size)[] functions)
    {
        var writer = new ElfWriter(ElfMachine.X86_64);
        int text = writer.AddSection(".text", ElfSectionType.ProgBits, ElfSectionFlags.Execute, new byte[64]);
        foreach ((ulong address, ulong size) in functions)
            writer.AddSymbol($"f{address}", text, address, size, ElfSymbolType.Function);
        return ElfFile.Read("written", writer.ToArray()).Functions;
    }
}
