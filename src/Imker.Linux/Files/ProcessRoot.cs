using System.Globalization;
using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>
/// The root directory of another process, <c>/proc/PID/root</c>. Paths below it are resolved so that its links, absolute ones and
/// <c>..</c> too, stay inside of it: a container cannot make us open a file of ours.
/// </summary>
internal sealed unsafe class ProcessRoot : IDisposable
{
    private readonly Descriptor directory;

    private ProcessRoot(Descriptor directory) => this.directory = directory;

    /// <summary>Takes a path <c>/proc/PID/root/…</c> apart.</summary>
    internal static bool TrySplit(string path, out int processId, out string inside)
    {
        string[] parts = path.Split('/', 5);
        (processId, inside) = (0, path);
        if (parts is not ["", "proc", var process, "root", var rest])
            return false;
        inside = rest;
        processId = process == "self" ? Environment.ProcessId : 0;
        return processId != 0 || int.TryParse(process, NumberStyles.None, CultureInfo.InvariantCulture, out processId);
    }

    /// <summary>Null when the process is gone, or hides its root from us.</summary>
    internal static ProcessRoot? TryOpen(int processId)
    {
        fixed (byte* pointer = CString.Bytes(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/root")))
        {
            int flags = LibcConstants.OpenPath | LibcConstants.OpenDirectory | LibcConstants.OpenCloseOnExec;
            int number = Libc.Open(pointer, flags, 0);
            return number < 0 ? null : new ProcessRoot(new Descriptor(number));
        }
    }

    /// <summary>
    /// A path of proc's as the process knows it: for one with another root or another view of the mounts, proc puts the way to that
    /// root before it.
    /// </summary>
    internal static string Inside(int processId, string path)
    {
        string root = PseudoFile.TryReadLink(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/root")) ?? "/";
        return root.Length > 1 && path.StartsWith(root, StringComparison.Ordinal) && path.AsSpan(root.Length) is ['/', ..] ? path[root.Length..] : path;
    }

    /// <summary>Resolves a path inside, and opens nothing.</summary>
    internal Descriptor? TryLocate(string path, bool followsLastLink = true)
    {
        using DescriptorUse root = directory.Use();
        fixed (byte* pointer = CString.Bytes(path))
        {
            int flags = LibcConstants.OpenPath | LibcConstants.OpenCloseOnExec | (followsLastLink ? 0 : LibcConstants.OpenNoFollow);
            var how = new OpenHow { Flags = (ulong)(uint)flags, Resolve = OpenHow.InRoot | OpenHow.NoMagicLinks };
            int number = SystemCall.OpenAt2(root.Number, pointer, how);
            return number < 0 ? null : new Descriptor(number);
        }
    }

    public void Dispose() => directory.Dispose();
}
