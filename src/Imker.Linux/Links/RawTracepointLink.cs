using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>Attaches RAW_TRACEPOINT programs, and TRACING programs typed by a tracepoint (<c>tp_btf</c>).</summary>
public static unsafe class RawTracepointLink
{
    /// <param name="program">Of the type RAW_TRACEPOINT.</param>
    /// <param name="tracepoint">The tracepoint's name without its category.</param>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    public static KernelLink Attach(KernelProgram program, string tracepoint)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(tracepoint);
        fixed (byte* pointer = CString.Bytes(tracepoint))
            return Open(program, tracepoint, pointer);
    }

    /// <summary>Attaches a program to what it was loaded for (<see cref="ProgramParameters.AttachBtfId"/>).</summary>
    /// <param name="program">Of the type TRACING.</param>
    /// <param name="name">What a person calls the attach point.</param>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    public static KernelLink AttachTyped(KernelProgram program, string name)
    {
        ArgumentNullException.ThrowIfNull(program);
        return Open(program, name, null);
    }

    private static KernelLink Open(KernelProgram program, string name, byte* tracepoint)
    {
        using DescriptorUse use = program.Descriptor.Use();
        var attributes = new RawTracepointOpenAttributes { Name = (ulong)tracepoint, Program = use.Number };
        if (BpfSyscall.Open(BpfCommand.RawTracepointOpen, ref attributes, out Errno error) is { } link)
            return new KernelLink(name, link);
        string doing = $"attach raw tracepoint {name}", call = BpfCommand.RawTracepointOpen.KernelName();
        throw error == Errno.NoEntry
            ? new BpfException(doing, call, error, "this kernel has no tracepoint of that name")
            : BpfException.ForPrivileged(doing, call, error, Capability.Bpf, Capability.Perfmon);
    }
}
