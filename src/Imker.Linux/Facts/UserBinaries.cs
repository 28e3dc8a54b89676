using System.Collections.Concurrent;
using Imker.Elf;
using Imker.Linux.Interop;
using Imker.Objects;
using Microsoft.Win32.SafeHandles;

namespace Imker.Linux;

/// <summary>Executables and libraries opened for their symbols, each once in the life of the process.</summary>
public static class UserBinaries
{
    private static readonly ConcurrentDictionary<string, ElfFile?> files = new();

    /// <summary>The file; null when it cannot be opened, is not regular or is no ELF file.</summary>
    public static ElfFile? Open(string path) => files.GetOrAdd(path, TryOpen);

    /// <summary>Where a function starts in the file; null when there is none of that name.</summary>
    public static UserFunction? FindFunction(string path, string name) =>
        Open(path) is { } file && file.TryFindFunction(name, out ElfSymbol symbol) && file.TryGetFileOffset(symbol.Value, out ulong offset)
            ? new UserFunction(offset, symbol.Size)
            : null;

    /// <summary>The names of all functions, each once; empty when it is no ELF file.</summary>
    public static IReadOnlyList<string> FunctionNames(string path) =>
        Open(path) is { } file ? [.. file.Functions.Select(f => f.Name).Distinct(StringComparer.Ordinal)] : [];

    private static ElfFile? TryOpen(string path)
    {
        // Opened without blocking, so that a named pipe in the place of a library does not hold us up.
        SafeFileHandle? handle = RegularFile.TryOpen(path);
        return handle is not null && ElfFile.TryRead(ElfSource.FromHandle(path, handle), out ElfFile? file, out _) ? file : null;
    }
}
