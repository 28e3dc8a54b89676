using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>Attaches programs of the types RAW_TRACEPOINT and RAW_TRACEPOINT_WRITABLE.</summary>
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

    private static KernelLink Open(KernelProgram program, string name, byte* tracepoint)
    {
        using DescriptorUse use = program.Descriptor.Use();
        var attributes = new RawTracepointOpenAttributes { Name = (ulong)tracepoint, Program = use.Number };
        if (BpfSyscall.Open(BpfCommand.RawTracepointOpen, ref attributes, out Errno error) is { } link)
            return new KernelLink(name, link);
        string doing = $"attach raw tracepoint {name}", call = BpfCommand.RawTracepointOpen.KernelName();
        throw error == Errno.NoEntry
            ? new BpfException(doing, call, error, "this kernel has no tracepoint of that name")
            : HookRefusal.Of(doing, call, error, program.Type, program.ExpectedAttachType);
    }
}
