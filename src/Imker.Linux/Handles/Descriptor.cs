using Microsoft.Win32.SafeHandles;

namespace Imker.Linux;

/// <summary>An open file description of the kernel: a map, a program, a link, an event. Closed with the object, and on exec.</summary>
public sealed class Descriptor : SafeHandleMinusOneIsInvalid
{
    internal Descriptor(int value)
        : base(ownsHandle: true) => SetHandle(value);

    /// <summary>The number for the length of a system call, with the object kept open meanwhile.</summary>
    internal DescriptorUse Use() => new(this);

    /// <summary>Gives the descriptor over to the framework's type for files; this one is closed then.</summary>
    internal SafeFileHandle ToFileHandle()
    {
        var file = new SafeFileHandle(handle, ownsHandle: true);
        SetHandleAsInvalid();
        return file;
    }

    /// <summary>Another descriptor of the same, closed by itself.</summary>
    /// <exception cref="BpfException">This process has too many.</exception>
    internal Descriptor Duplicate()
    {
        using DescriptorUse use = Use();
        int number = Interop.Libc.FCntl(use.Number, Interop.LibcConstants.FcntlDuplicateCloseOnExec, 0);
        return number >= 0 ? new Descriptor(number) : throw new BpfException("hold a descriptor", "fcntl", Interop.Libc.LastError);
    }

    protected override bool ReleaseHandle() => Interop.Libc.Close((int)handle) == 0;
}
