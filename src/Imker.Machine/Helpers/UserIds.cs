using System.Runtime.InteropServices;

namespace Imker.Machine;

/// <summary><c>bpf_get_current_uid_gid</c>: of the process; zeros where the system has no such numbers.</summary>
internal static unsafe partial class UserIds
{
    public static ulong Get(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        OperatingSystem.IsWindows() ? 0 : (ulong)GetGroup() << 32 | GetUser();

    [LibraryImport("libc", EntryPoint = "getuid")]
    private static partial uint GetUser();

    [LibraryImport("libc", EntryPoint = "getgid")]
    private static partial uint GetGroup();
}
