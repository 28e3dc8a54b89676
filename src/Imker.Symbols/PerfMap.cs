namespace Imker.Symbols;

/// <summary>
/// The functions that a just-in-time compiler names in <c>/tmp/perf-PID.map</c>, the .NET runtime among them: lines of
/// <c>start size name</c>, hexadecimal. Code may be replaced: the last line for an address counts.
/// </summary>
internal static class PerfMap
{
    public static AddressTable Read(Stream stream)
    {
        var builder = new AddressTable.Builder(keepsLast: true);
        using var lines = new LineReader(stream);
        while (lines.TryRead(out ReadOnlySpan<byte> line))
        {
            if (TryParse(line, out ulong start, out uint size, out ReadOnlySpan<byte> name))
                builder.Add(start, size, name);
        }
        return builder.Build();
    }

    private static bool TryParse(ReadOnlySpan<byte> line, out ulong start, out uint size, out ReadOnlySpan<byte> name)
    {
        size = 0;
        name = default;
        if (!TryTakePrefixedHex(ref line, out start) || !TryTakePrefixedHex(ref line, out ulong length) || length > uint.MaxValue)
            return false;
        size = (uint)length;
        name = line.TrimEnd((byte)'\r');
        return !name.IsEmpty;
    }

    private static bool TryTakePrefixedHex(scoped ref ReadOnlySpan<byte> line, out ulong value)
    {
        if (line.StartsWith("0x"u8))
            line = line[2..];
        return SymbolText.TryTakeHex(ref line, out value) && SymbolText.TryTake(ref line, ' ');
    }
}
