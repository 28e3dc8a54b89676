namespace Imker.Elf;

/// <summary>Strings that end with a zero byte, found by their offset.</summary>
internal readonly struct ElfStringTable(ElfSource source, ulong fileOffset, ReadOnlyMemory<byte> bytes)
{
    // The longest mangled names in the wild have some ten thousand bytes. Without a limit, a table of entries that all point into
    // one long string would take time by the square of the file's size.
    private const int MaxLength = 64 * 1024;

    public int Length => bytes.Length;

    /// <summary>The string without its end; offset 0 is the empty string even where there is no table.</summary>
    public ReadOnlyMemory<byte> At(uint offset)
    {
        if (offset == 0 && bytes.Length == 0)
            return default;
        if (offset >= bytes.Length)
            throw source.Malformed(fileOffset, $"a name at {offset} of a string table of {bytes.Length} bytes");
        ReadOnlyMemory<byte> rest = bytes[(int)offset..];
        int length = rest.Span[..Math.Min(rest.Length, MaxLength)].IndexOf((byte)0);
        if (length < 0)
            throw source.Malformed(fileOffset + offset, rest.Length < MaxLength
                ? "a name does not end before its string table does"
                : $"a name is longer than {MaxLength} bytes");
        return rest[..length];
    }
}
