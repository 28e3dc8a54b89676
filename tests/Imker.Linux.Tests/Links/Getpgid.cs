using System.Runtime.InteropServices;

namespace Imker.Linux.Tests.Links;

internal static partial class Getpgid
{
    [LibraryImport("libc", EntryPoint = "getpgid")]
    public static partial int Call(int pid);
}
