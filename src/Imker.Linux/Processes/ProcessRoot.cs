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

    /// <summary>For a path <c>/proc/PID/root/…</c>: that root, and the path inside. Null for any other path, or when it cannot be opened.</summary>
    internal static ProcessRoot? TrySplit(string path, out string inside)
    {
        inside = path;
        string[] parts = path.Split('/', 5);
        if (parts is not ["", "proc", var process, "root", var rest] || !(process == "self" || int.TryParse(process, out _)))
            return null;
        fixed (byte* pointer = CString.Bytes($"/proc/{process}/root"))
        {
            int flags = LibcConstants.OpenPath | LibcConstants.OpenDirectory | LibcConstants.OpenCloseOnExec;
            int number = Libc.Open(pointer, flags, 0);
            if (number < 0)
                return null;
            inside = rest;
            return new ProcessRoot(new Descriptor(number));
        }
    }

    /// <summary>A descriptor's number, or −1.</summary>
    internal int Open(string path, int flags)
    {
        using DescriptorUse root = directory.Use();
        fixed (byte* pointer = CString.Bytes(path))
        {
            var how = new OpenHow { Flags = (ulong)(uint)flags, Resolve = OpenHow.InRoot | OpenHow.NoMagicLinks };
            return SystemCall.OpenAt2(root.Number, pointer, how);
        }
    }

    public void Dispose() => directory.Dispose();
}
