using System.Buffers.Text;

namespace Imker.Linux;

/// <summary>Walks over the functions in the text of <c>/proc/kallsyms</c>: lines <c>address type name</c>, and <c>[module]</c> behind some.</summary>
internal ref struct FunctionLines(ReadOnlySpan<byte> list)
{
    private ReadOnlySpan<byte> rest = list;
    private ulong address;
    private ReadOnlySpan<byte> name;

    public readonly FunctionLine Current => new(address, name);

    public readonly FunctionLines GetEnumerator() => this;

    public bool MoveNext()
    {
        while (!rest.IsEmpty)
        {
            int end = rest.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? rest : rest[..end];
            rest = end < 0 ? [] : rest[(end + 1)..];
            if (IsFunction(line))
                return true;
        }
        return false;
    }

    private bool IsFunction(ReadOnlySpan<byte> line)
    {
        if (!Utf8Parser.TryParse(line, out address, out int digits, 'x') || line.Length < digits + 4 || line[digits] != ' '
            || line[digits + 1] is not ((byte)'t' or (byte)'T' or (byte)'w' or (byte)'W'))
            return false;
        name = line[(digits + 3)..];
        int space = name.IndexOfAny((byte)' ', (byte)'\t');
        if (space >= 0)
            name = name[..space];
        return true;
    }
}
