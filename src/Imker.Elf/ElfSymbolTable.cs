namespace Imker.Elf;

/// <summary>Functions by address: which one holds it. Built once, then a binary search for each question.</summary>
public sealed class ElfSymbolTable
{
    private readonly ElfSymbol[] symbols;
    private readonly ulong[] starts;
    private readonly ulong[] ends;

    // For each function the nearest one before it that reaches further, or -1: where an address behind a small function that lies
    // inside of a larger one is looked for next.
    private readonly int[] enclosing;

    /// <summary>
    /// Of several names at one address the most telling is kept: with a size, global before weak before local, without leading
    /// underscores.
    /// </summary>
    public ElfSymbolTable(IEnumerable<ElfSymbol> functions)
    {
        ArgumentNullException.ThrowIfNull(functions);
        symbols = [.. functions.OrderBy(s => s.Value).ThenBy(Rank).DistinctBy(s => s.Value)];
        starts = Array.ConvertAll(symbols, s => s.Value);
        ends = new ulong[symbols.Length];
        enclosing = new int[symbols.Length];
        for (int i = 0; i < symbols.Length; i++)
        {
            ends[i] = EndOf(i);
            int previous = i - 1;
            while (previous >= 0 && ends[previous] <= ends[i])
                previous = enclosing[previous];
            enclosing[i] = previous;
        }
    }

    public int Count => symbols.Length;

    /// <summary>The function that holds a virtual address (before relocation), and how far into it the address lies.</summary>
    public bool TryFind(ulong address, out ElfSymbol symbol, out ulong offset)
    {
        int i = Array.BinarySearch(starts, address);
        if (i < 0)
            i = ~i - 1;
        while (i >= 0 && ends[i] <= address)
            i = enclosing[i];
        symbol = i >= 0 ? symbols[i] : default;
        offset = i >= 0 ? address - starts[i] : 0;
        return i >= 0;
    }

    // A function without a size goes on to the next one.
    private ulong EndOf(int i)
    {
        ulong size = symbols[i].Size;
        if (size != 0)
            return ulong.MaxValue - size < starts[i] ? ulong.MaxValue : starts[i] + size;
        return i + 1 < starts.Length ? starts[i + 1] : ulong.MaxValue;
    }

    private static int Rank(ElfSymbol symbol)
    {
        int binding = symbol.Binding switch
        {
            ElfSymbolBinding.Global or ElfSymbolBinding.Unique => 0,
            ElfSymbolBinding.Weak => 1,
            _ => 2,
        };
        int underscores = Math.Min(symbol.NameBytes.Length - symbol.NameBytes.TrimStart((byte)'_').Length, 3);
        return (symbol.Size == 0 ? 100 : 0) + 10 * binding + underscores + (symbol.IsOldVersion ? 5 : 0);
    }
}
