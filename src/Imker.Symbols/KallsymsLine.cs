namespace Imker.Symbols;

/// <summary>A line of <c>/proc/kallsyms</c>: <c>address type name</c>, and behind a tab <c>[module]</c>.</summary>
internal readonly ref struct KallsymsLine
{
    public ulong Address { get; private init; }

    /// <summary>As in <c>nm(1)</c>.</summary>
    public char Type { get; private init; }

    public ReadOnlySpan<byte> Name { get; private init; }

    public ReadOnlySpan<byte> Module { get; private init; }

    public bool IsFunction => Type is 't' or 'T' or 'w' or 'W';

    public static bool TryParse(ReadOnlySpan<byte> line, out KallsymsLine symbol)
    {
        symbol = default;
        if (!SymbolText.TryTakeHex(ref line, out ulong address) || !SymbolText.TryTake(ref line, ' ') || line.IsEmpty)
            return false;
        char type = (char)line[0];
        line = line[1..];
        if (!SymbolText.TryTake(ref line, ' '))
            return false;
        ReadOnlySpan<byte> name = SymbolText.TakeUntil(ref line, '\t');
        symbol = new KallsymsLine { Address = address, Type = type, Name = name, Module = line.Trim("[]"u8) };
        return !name.IsEmpty;
    }
}
