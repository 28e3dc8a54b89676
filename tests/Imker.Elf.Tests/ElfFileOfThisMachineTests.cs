using Microsoft.Win32.SafeHandles;

namespace Imker.Elf.Tests;

/// <summary>The C library of this machine, read by us and by binutils.</summary>
public sealed class ElfFileOfThisMachineTests : IDisposable
{
    private static readonly string LibraryPath = FindLibrary();

    private readonly SafeFileHandle handle = File.OpenHandle(LibraryPath);

    public void Dispose() => handle.Dispose();

    [Fact]
    public void Every_function_that_readelf_lists_is_found_by_name_at_a_listed_address()
    {
        ElfFile file = ElfFile.Read(LibraryPath, handle);
        ILookup<string, ReadelfSymbol> expected = Readelf.Parse(Readelf.Run("-W", "--dyn-syms", LibraryPath)).Where(s => s.IsFunction).ToLookup(s => s.Name);
        Assert.True(expected.Count > 1000);
        foreach (IGrouping<string, ReadelfSymbol> name in expected)
        {
            Assert.True(file.TryFindFunction(name.Key, out ElfSymbol symbol), name.Key);
            ReadelfSymbol best = name.FirstOrDefault(s => !s.IsOldVersion) ?? name.First();
            Assert.Equal(best.Value, symbol.Value);
            Assert.Equal(best.Size, symbol.Size);
        }
    }

    [Fact]
    public void The_dynamic_symbols_counted_by_the_hash_table_are_those_of_the_section()
    {
        ElfFile file = ElfFile.Read(LibraryPath, handle);
        ElfSection section = file.Sections.Single(s => s.Type == ElfSectionType.DynamicSymbolTable);
        Assert.Equal((int)(section.Size / section.EntrySize), file.DynamicSymbols.Count);
    }

    [Fact]
    public void A_file_offset_leads_back_to_the_function()
    {
        ElfFile file = ElfFile.Read(LibraryPath, handle);
        Assert.True(file.TryFindFunction("getaddrinfo", out ElfSymbol symbol));
        Assert.True(file.TryGetFileOffset(symbol.Value + 4, out ulong offset));
        Assert.True(file.TryGetAddress(offset, out ulong address));
        Assert.True(file.SymbolTable.TryFind(address, out ElfSymbol found, out ulong into));
        Assert.Equal(("getaddrinfo", 4ul), (found.Name, into));
    }

    [Fact]
    public void The_build_id_is_that_of_readelf()
    {
        ElfFile file = ElfFile.Read(LibraryPath, handle);
        Assert.Equal(Readelf.Run("-n", LibraryPath).Single(l => l.Contains("Build ID:", StringComparison.Ordinal)).Split(':')[1].Trim(), Convert.ToHexStringLower(file.BuildId.Span));
    }

    [Fact]
    public void A_library_is_a_library_and_a_program_is_a_program()
    {
        Assert.True(ElfFile.Read(LibraryPath, handle).IsSharedLibrary);
        string program = Environment.ProcessPath!;
        using SafeFileHandle opened = File.OpenHandle(program);
        Assert.True(ElfFile.Read(program, opened).IsPositionIndependentExecutable);
    }

    [Fact]
    public void Looking_for_one_function_reads_a_few_kilobytes_whatever_the_size_of_the_library()
    {
        Assert.True(RandomAccess.GetLength(handle) > 1_000_000);
        ElfFile.Read(LibraryPath, handle).Function("getaddrinfo");
        long before = GC.GetAllocatedBytesForCurrentThread();
        ElfFile.Read(LibraryPath, handle).Function("getaddrinfo");
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 16_000);
    }

    [Fact]
    public void A_name_that_is_not_there_is_not_found()
    {
        ElfFile file = ElfFile.Read(LibraryPath, handle);
        Assert.False(file.TryFindFunction("getaddrinof", out _));
        Assert.Contains(file.FindFunctions("getaddr*"), f => f.Name == "getaddrinfo");
    }

    private static string FindLibrary()
    {
        string maps = File.ReadLines("/proc/self/maps").First(l => l.EndsWith("/libc.so.6", StringComparison.Ordinal));
        return maps[maps.IndexOf('/')..];
    }
}
