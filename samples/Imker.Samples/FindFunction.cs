using Imker.Elf;
using Microsoft.Win32.SafeHandles;

namespace Imker.Samples;

/// <summary>Finds a function of the C library, and where a uprobe is set.</summary>
internal static class FindFunction
{
    public static int Run()
    {
        using SafeFileHandle handle = File.OpenHandle("/lib/x86_64-linux-gnu/libc.so.6");
        ElfFile libc = ElfFile.Read("libc.so.6", handle);          // one read: file header and program headers
        if (libc.TryFindFunction("getaddrinfo", out ElfSymbol f)   // some small reads through the hash table
            && libc.TryGetFileOffset(f.Value, out ulong offset))   // what a uprobe takes
        {
            Console.WriteLine($"{f.Name} at 0x{offset:x}, {f.Size} bytes");
        }
        return 0;
    }
}
