using System.Collections.Immutable;
using System.Text;

namespace Imker.Symbols;

/// <summary>A file as the kernel knows it, whatever its name.</summary>
public readonly record struct FileIdentity(uint Major, uint Minor, ulong Inode);

/// <summary>A line of <c>/proc/PID/maps</c> (proc_pid_maps(5)) that holds code.</summary>
/// <param name="Start">Its first address.</param>
/// <param name="End">The address behind it.</param>
/// <param name="FileOffset">Where in the file it begins.</param>
/// <param name="File">The file's identity; zeros for memory without one.</param>
/// <param name="Path">The path in the process's own root, <c>[vdso]</c> and the like, or nothing.</param>
/// <param name="IsDeleted">Whether the file has no name any more.</param>
public readonly record struct ProcessMapping(
    ulong Start, ulong End, ulong FileOffset, FileIdentity File, string Path, bool IsDeleted)
{
    private const int MostMappings = 256 * 1024;

    /// <summary>Whether it maps a file that has a place in the file system, or had one.</summary>
    public bool HasFile => Path.StartsWith('/') && File.Inode != 0;

    public bool Contains(ulong address) => address >= Start && address < End;

    /// <summary>The executable mappings of a maps file, by address; lines that are none are skipped.</summary>
    public static ImmutableArray<ProcessMapping> Parse(ReadOnlySpan<byte> maps)
    {
        var mappings = ImmutableArray.CreateBuilder<ProcessMapping>();
        while (!maps.IsEmpty && mappings.Count < MostMappings)
        {
            if (TryParseLine(SymbolText.TakeUntil(ref maps, '\n'), out ProcessMapping mapping))
                mappings.Add(mapping);
        }
        mappings.Sort((left, right) => left.Start.CompareTo(right.Start));
        return mappings.DrainToImmutable();
    }

    private static bool TryParseLine(ReadOnlySpan<byte> line, out ProcessMapping mapping)
    {
        mapping = default;
        if (!SymbolText.TryTakeHex(ref line, out ulong start) || !SymbolText.TryTake(ref line, '-')
            || !SymbolText.TryTakeHex(ref line, out ulong end) || !SymbolText.TryTake(ref line, ' '))
            return false;
        ReadOnlySpan<byte> permissions = SymbolText.TakeUntil(ref line, ' ');
        if (!permissions.Contains((byte)'x') || !SymbolText.TryTakeHex(ref line, out ulong offset)
            || !SymbolText.TryTake(ref line, ' ') || !TryTakeIdentity(ref line, out FileIdentity identity))
            return false;

        // The kernel writes a line break in a path as \012, and nothing else in another form.
        string path = Encoding.UTF8.GetString(line.TrimStart((byte)' ')).Replace("\\012", "\n", StringComparison.Ordinal);
        const string deletedMark = " (deleted)";
        bool isDeleted = path.EndsWith(deletedMark, StringComparison.Ordinal);
        mapping = new ProcessMapping(start, end, offset, identity, isDeleted ? path[..^deletedMark.Length] : path, isDeleted);
        return start < end;
    }

    private static bool TryTakeIdentity(scoped ref ReadOnlySpan<byte> line, out FileIdentity identity)
    {
        identity = default;
        if (!SymbolText.TryTakeHex(ref line, out ulong major) || !SymbolText.TryTake(ref line, ':')
            || !SymbolText.TryTakeHex(ref line, out ulong minor) || !SymbolText.TryTake(ref line, ' ')
            || !SymbolText.TryTakeDecimal(ref line, out ulong inode))
            return false;
        identity = new FileIdentity((uint)major, (uint)minor, inode);
        return true;
    }
}
