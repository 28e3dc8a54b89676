using System.Runtime.InteropServices;

namespace Imker.Linux.Tests.Links;

/// <summary>A system call that nothing else of this process makes.</summary>
internal static partial class Getppid
{
    [LibraryImport("libc", EntryPoint = "getppid")]
    public static partial int Call();

    public static void CallTimes(int count)
    {
        for (int i = 0; i < count; i++)
            Call();
    }
}
