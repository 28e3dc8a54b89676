using System.Globalization;
using Imker.Linux.Interop;
using Microsoft.Win32.SafeHandles;

namespace Imker.Linux;

/// <summary>
/// The files of other processes, which may wish us ill: resolved inside the process's own root, regular files only, size capped. A
/// process that is gone, or that hides something from us, gives null.
/// </summary>
public static unsafe class ProcessFiles
{
    private const ulong LargestExecutable = 4UL << 30, LargestPerfMap = 128 << 20;

    /// <summary>The text of <c>/proc/PID/maps</c>.</summary>
    public static byte[]? ReadMaps(int processId) => PseudoFile.TryRead(ProcPath(processId, "maps"));

    /// <summary>
    /// The executable or library that a process maps. Of a process whose root cannot be seen, because it has ended or is not ours to
    /// look at, the same file in our own root.
    /// </summary>
    /// <param name="processId">The process.</param>
    /// <param name="path">As its maps file says.</param>
    /// <param name="identity">As its maps file says; a file that is another one by now is not given.</param>
    public static SafeFileHandle? OpenMapped(int processId, string path, in FileKey identity)
    {
        ArgumentNullException.ThrowIfNull(path);
        using ProcessRoot? root = ProcessRoot.TryOpen(processId);
        using Descriptor? place = root?.TryLocate(ProcessRoot.Inside(processId, path));
        return TryOpen(place, identity) ?? TryOpenInOurRoot(path, identity);
    }

    /// <summary>
    /// A mapped file by the mapping itself (<c>/proc/PID/map_files</c>): also a file that has no name any more. Asks for
    /// CAP_CHECKPOINT_RESTORE or CAP_SYS_ADMIN.
    /// </summary>
    /// <param name="processId">The process.</param>
    /// <param name="start">The mapping's first address.</param>
    /// <param name="end">The address behind it.</param>
    /// <param name="inode">As its maps file says.</param>
    public static SafeFileHandle? OpenMapping(int processId, ulong start, ulong end, ulong inode)
    {
        using Descriptor? place = RegularFile.TryLocate(ProcPath(processId, $"map_files/{start:x}-{end:x}"));
        // No device is compared: some file systems tell another one here than in the maps file.
        return place is not null && FileFacts.TryGet(place, out FileStatus status) && status.Inode == inode
            ? RegularFile.TryOpen(place, LargestExecutable, out _)
            : null;
    }

    /// <summary>
    /// The names that a just-in-time compiler wrote down, <c>/tmp/perf-PID.map</c> in the process's root, by its id in its own
    /// namespace: if the process's user owns it, nobody else can write it, and it is no link.
    /// </summary>
    public static SafeFileHandle? OpenPerfMap(int processId)
    {
        if (ProcessStatus.TryRead(processId) is not { } process)
            return null;
        using ProcessRoot? root = ProcessRoot.TryOpen(processId);
        using Descriptor? place = root?.TryLocate(
            string.Create(CultureInfo.InvariantCulture, $"/tmp/perf-{process.InnermostId}.map"), followsLastLink: false);
        return place is not null && FileFacts.TryGet(place, out FileStatus status)
            && status.UserId == process.UserId && !status.IsGroupWritable && !status.IsWorldWritable
            ? RegularFile.TryOpen(place, LargestPerfMap, out _)
            : null;
    }

    /// <summary>An executable or library by a path of ours; one below <c>/proc/PID/root</c> is resolved inside that root.</summary>
    public static SafeFileHandle? OpenExecutable(string path) => RegularFile.TryOpen(path, LargestExecutable);

    /// <summary>Bytes of a process's memory, all or nothing.</summary>
    public static byte[]? ReadMemory(int processId, ulong address, int length)
    {
        using Descriptor? memory = PseudoFile.TryOpen(ProcPath(processId, "mem"), out _);
        if (memory is null)
            return null;
        byte[] bytes = new byte[length];
        using DescriptorUse use = memory.Use();
        fixed (byte* pointer = bytes)
            return Libc.ReadAt(use.Number, pointer, (nuint)length, (long)address) == length ? bytes : null;
    }

    private static SafeFileHandle? TryOpenInOurRoot(string path, in FileKey identity)
    {
        using Descriptor? place = RegularFile.TryLocate(path);
        return TryOpen(place, identity);
    }

    private static SafeFileHandle? TryOpen(Descriptor? place, in FileKey identity) =>
        place is not null && FileFacts.TryGet(place, out FileStatus status) && identity.IsOf(status)
            ? RegularFile.TryOpen(place, LargestExecutable, out _)
            : null;

    private static string ProcPath(int processId, string file) => string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/{file}");
}
