namespace Imker.Linux;

/// <summary>Walks over the names in a list of the kernel's functions.</summary>
internal ref struct FunctionLines
{
    private readonly bool hasAddresses;
    private ReadOnlySpan<byte> rest;

    private FunctionLines(ReadOnlySpan<byte> list, bool hasAddresses)
    {
        rest = list;
        this.hasAddresses = hasAddresses;
    }

    public ReadOnlySpan<byte> Current { get; private set; }

    public readonly FunctionLines GetEnumerator() => this;

    /// <summary>Lines <c>name</c> or <c>name [module]</c>.</summary>
    internal static FunctionLines OfNames(ReadOnlySpan<byte> list) => new(list, hasAddresses: false);

    /// <summary>Lines <c>address type name</c>, of which those of code count.</summary>
    internal static FunctionLines OfSymbols(ReadOnlySpan<byte> list) => new(list, hasAddresses: true);

    public bool MoveNext()
    {
        while (!rest.IsEmpty)
        {
            int end = rest.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? rest : rest[..end];
            rest = end < 0 ? [] : rest[(end + 1)..];
            if (!hasAddresses || TrySkipAddress(ref line))
            {
                int space = line.IndexOfAny((byte)' ', (byte)'\t');
                Current = space < 0 ? line : line[..space];
                return true;
            }
        }
        return false;
    }

    private static bool TrySkipAddress(ref ReadOnlySpan<byte> line)
    {
        int space = line.IndexOf((byte)' ');
        if (space < 0 || line.Length < space + 3 || line[space + 1] is not ((byte)'t' or (byte)'T' or (byte)'w' or (byte)'W'))
            return false;
        line = line[(space + 3)..];
        return true;
    }
}
