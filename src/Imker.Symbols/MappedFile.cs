using Imker.Diagnostics;
using Imker.Elf;
using Microsoft.Win32.SafeHandles;

namespace Imker.Symbols;

/// <summary>The functions of one ELF file, whoever maps it. The file is closed again as soon as they are read.</summary>
internal sealed class MappedFile
{
    // The largest symbol tables of real programs have a hundred megabytes or so.
    private const int LargestPiece = 256 << 20;

    public static readonly MappedFile Unknown = new(null, null);

    private readonly ElfFile? file;
    private readonly ElfSymbolTable? functions;

    private MappedFile(ElfFile? file, ElfSymbolTable? functions)
    {
        this.file = file;
        this.functions = functions;
    }

    public static MappedFile Read(string name, SafeFileHandle handle, IProcessFiles files) =>
        ReadGuarded(() => ElfFile.Read(ElfSource.FromHandle(name, handle, LargestPiece)), files);

    public static MappedFile Read(string name, byte[] image, IProcessFiles files) =>
        ReadGuarded(() => ElfFile.Read(name, image), files);

    /// <summary>The function at an address of a mapping.</summary>
    public bool TryFind(in ProcessMapping mapping, ulong address, out string name, out ulong offset)
    {
        (name, offset) = ("", 0);
        if (file is null || functions is null || !file.TryGetAddress(address - mapping.Start + mapping.FileOffset, out ulong virtualAddress))
            return false;
        if (!functions.TryFind(virtualAddress, out ElfSymbol symbol, out offset))
            return false;
        name = symbol.Name;
        return true;
    }

    private static MappedFile ReadGuarded(Func<ElfFile> read, IProcessFiles files) => Guard(
        () =>
        {
            ElfFile file = read();
            ElfSymbol[] hidden = Guard(() => ReadDebugFunctions(file, files), []);
            return new MappedFile(file, new ElfSymbolTable(file.Functions.Concat(hidden)));
        },
        Unknown);

    // A stripped file names only what it exports; its debug file, where one is installed, names the rest.
    private static ElfSymbol[] ReadDebugFunctions(ElfFile file, IProcessFiles files)
    {
        if (file.FindSection(".symtab") is not null || file.BuildId.IsEmpty)
            return [];
        using SafeFileHandle? handle = files.OpenDebugFile(file.BuildId.Span);
        if (handle is null)
            return [];
        ElfFile debug = ElfFile.Read(ElfSource.FromHandle("debug file of " + file.Name, handle, LargestPiece));
        return debug.BuildId.Span.SequenceEqual(file.BuildId.Span) ? [.. debug.Functions] : [];
    }

    // Whatever is wrong with a foreign file, its addresses stay without names and the trace goes on.
    private static T Guard<T>(Func<T> read, T otherwise)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is DiagnosticException or IOException or NotSupportedException or UnauthorizedAccessException)
        {
            return otherwise;
        }
    }
}
