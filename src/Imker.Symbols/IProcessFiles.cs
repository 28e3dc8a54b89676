using Microsoft.Win32.SafeHandles;

namespace Imker.Symbols;

/// <summary>
/// How the files of another process are opened. Whoever runs as root opens them by the rules of its threat model: below the
/// process's own root without following links out of it, regular files only, owner checked, size capped. No method throws for
/// what the process did: one that is gone, or forbids it, gives null.
/// </summary>
public interface IProcessFiles
{
    /// <summary>The text of <c>/proc/PID/maps</c>.</summary>
    byte[]? ReadMaps(int processId);

    /// <summary>
    /// The file behind a mapping, by its path or otherwise, if it is still that file (<see cref="ProcessMapping.File"/>). For a
    /// process that has ended, the file of that path and identity in our own root will do.
    /// </summary>
    SafeFileHandle? OpenMapped(int processId, in ProcessMapping mapping);

    /// <summary>
    /// The perf map that the process, and nobody else, wrote: <c>/tmp/perf-PID.map</c> in its root, with its process id in its
    /// own namespace.
    /// </summary>
    SafeFileHandle? OpenPerfMap(int processId);

    /// <summary>The separate debug file of a build id (<c>/usr/lib/debug/.build-id/…</c>).</summary>
    SafeFileHandle? OpenDebugFile(ReadOnlySpan<byte> buildId);

    /// <summary>Bytes of the process's memory: for <c>[vdso]</c>, which is no file.</summary>
    byte[]? ReadMemory(int processId, ulong address, int length);
}
