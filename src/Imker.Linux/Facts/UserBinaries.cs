using System.Collections.Concurrent;
using System.Globalization;
using Imker.Elf;
using Imker.Objects;
using Microsoft.Win32.SafeHandles;

namespace Imker.Linux;

/// <summary>Executables and libraries opened for their symbols, each once in the life of the process.</summary>
public static class UserBinaries
{
    private static readonly ConcurrentDictionary<string, Opened> files = new();

    /// <summary>The file; null when it cannot be opened, is not regular or is no ELF file.</summary>
    public static ElfFile? Open(string path) => files.GetOrAdd(path, Read).Elf;

    /// <summary>Where a function starts in the file; null when there is none of that name.</summary>
    public static UserFunction? FindFunction(string path, string name) =>
        Open(path) is { } file && file.TryFindFunction(name, out ElfSymbol symbol) && file.TryGetFileOffset(symbol.Value, out ulong offset)
            ? new UserFunction(offset, symbol.Size)
            : null;

    /// <summary>The names of all functions, each once; empty when it is no ELF file.</summary>
    public static IReadOnlyList<string> FunctionNames(string path) =>
        Open(path) is { } file ? [.. file.Functions.Select(f => f.Name).Distinct(StringComparer.Ordinal)] : [];

    /// <summary>
    /// A path by which the kernel finds the very file whose symbols were read. It would follow links of the given one out of another
    /// process's root, and set breakpoints in a file of ours at the offsets of another. Null when the file cannot be opened.
    /// </summary>
    internal static string? PathForKernel(string path) =>
        files.GetOrAdd(path, Read).Handle is { } handle
            ? string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{handle.DangerousGetHandle()}")
            : null;

    private static Opened Read(string path)
    {
        SafeFileHandle? handle = ProcessFiles.OpenExecutable(path);
        return handle is not null && ElfFile.TryRead(ElfSource.FromHandle(path, handle), out ElfFile? file, out _)
            ? new Opened(handle, file)
            : new Opened(handle, null);
    }

    /// <param name="Handle">Stays open: symbols are read from it when they are asked for.</param>
    private readonly record struct Opened(SafeFileHandle? Handle, ElfFile? Elf);
}
