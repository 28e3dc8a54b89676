using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>A file system that is mounted nowhere, for as long as a descriptor of it is open (fsopen(2), kernel 5.2).</summary>
internal static unsafe class DetachedMount
{
    private const uint CloseOnExec = 1, ConfigureCreate = 6;

    /// <summary>Its root directory.</summary>
    /// <exception cref="BpfException">The kernel does not know it, or this process may not mount.</exception>
    internal static Descriptor Open(string type, string doing)
    {
        using Descriptor context = OpenContext(type, doing);
        using DescriptorUse use = context.Use();
        if (SystemCall.FileSystemConfigure(use.Number, ConfigureCreate) < 0)
            throw new BpfException(doing, "fsconfig", Libc.LastError);
        int number = SystemCall.FileSystemMount(use.Number, CloseOnExec);
        if (number < 0)
            throw new BpfException(doing, "fsmount", Libc.LastError);
        using var mount = new Descriptor(number);
        return Reopen(mount, doing);
    }

    private static Descriptor OpenContext(string type, string doing)
    {
        fixed (byte* name = CString.Bytes(type))
        {
            int number = SystemCall.FileSystemOpen(name, CloseOnExec);
            return number >= 0 ? new Descriptor(number) : throw BpfException.ForPrivileged(doing, "fsopen", Libc.LastError, Capability.SysAdmin);
        }
    }

    // fsmount gives what O_PATH does, which bpf(2) does not take.
    private static Descriptor Reopen(Descriptor mount, string doing)
    {
        using DescriptorUse use = mount.Use();
        fixed (byte* here = CString.Bytes("."))
        {
            int number = Libc.OpenAt(use.Number, here, LibcConstants.OpenReadOnly | LibcConstants.OpenCloseOnExec | LibcConstants.OpenDirectory, 0);
            return number >= 0 ? new Descriptor(number) : throw new BpfException(doing, "openat", Libc.LastError);
        }
    }
}
