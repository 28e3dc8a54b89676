using System.Globalization;

namespace Imker.Linux;

/// <summary>Addresses of the kernel's own symbols, from <c>/proc/kallsyms</c>.</summary>
public static class KernelSymbols
{
    private const string Path = "/proc/kallsyms";
    private const int Limit = 256 << 20;

    /// <summary>The whole list as the kernel writes it: address in hexadecimal, type, name, module; empty when it cannot be read.</summary>
    public static byte[] ReadAll() => PseudoFile.TryRead(Path, out _, Limit) ?? [];

    /// <summary>The address of a symbol of the kernel itself; null when there is none, or the addresses are hidden (they read as zero).</summary>
    public static ulong? Find(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return Find(ReadAll(), name);
    }

    internal static ulong? Find(ReadOnlySpan<byte> list, string name)
    {
        byte[] suffix = System.Text.Encoding.ASCII.GetBytes($" {name}\n");
        for (int from = 0; list[from..].IndexOf(suffix) is var index && index >= 0; from += index + suffix.Length)
        {
            int lineStart = list[..(from + index)].LastIndexOf((byte)'\n') + 1;
            ReadOnlySpan<byte> line = list[lineStart..(from + index)];
            int space = line.IndexOf((byte)' ');
            // A line is "address type name"; what stands before the name must be two words.
            if (space > 0 && line[(space + 1)..].IndexOf((byte)' ') < 0
                && ulong.TryParse(line[..space], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ulong address))
                return address == 0 ? null : address;
        }
        return null;
    }
}
