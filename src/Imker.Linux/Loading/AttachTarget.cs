using Imker.Btf;
using Imker.Bytecode;
using Imker.Objects;

namespace Imker.Linux;

/// <summary>The BTF id that a program is typed by (<c>attach_btf_id</c>).</summary>
internal static class AttachTarget
{
    /// <summary>0 for programs that are not.</summary>
    /// <exception cref="BpfException">The kernel has no such target.</exception>
    internal static uint Find(ProgramSpec program)
    {
        if (program.AttachTarget is not { } target)
            return 0;
        (BtfKind kind, string name) = program.ExpectedAttachType switch
        {
            AttachType.TraceRawTracepoint => (BtfKind.Typedef, $"btf_trace_{target}"),
            AttachType.TraceIter => (BtfKind.Function, $"bpf_iter_{target}"),
            AttachType.LsmMac or AttachType.LsmCgroup => (BtfKind.Function, $"bpf_lsm_{target}"),
            _ => (BtfKind.Function, target),
        };
        if (KernelBtfFile.Types is { } types && types.TryFind(kind, name, out BtfType type))
            return type.Id;
        string hint = KernelBtfFile.Types is null ? "it has no type information (CONFIG_DEBUG_INFO_BTF)" : $"its type information has no '{name}'";
        throw new BpfException($"load program '{program.Name}' for {target} of this kernel", "BPF_PROG_LOAD", Errno.NoEntry, hint);
    }

    /// <summary>The function of another program that this one is for, in that program's BTF; 0 when it is for something else.</summary>
    /// <exception cref="BpfException">The other program has no such function, or no type information.</exception>
    internal static uint FindIn(KernelProgram attached, ProgramSpec program)
    {
        bool isExtension = program.Type == ProgramType.Extension;
        if (!isExtension && program.ExpectedAttachType is not (AttachType.TraceFentry or AttachType.TraceFexit))
            return 0;
        using BtfHandle? handle = BtfHandle.TryOpen(attached.GetInfo().BtfId);
        if (handle is not null && BtfFile.TryRead(attached.Name, handle.ReadBytes(), null, out BtfFile? types, out _)
            && types.TryFind(BtfKind.Function, program.AttachTarget ?? "", out BtfType function))
            return function.Id;
        if (!isExtension)
            return 0;
        throw new BpfException($"load program '{program.Name}' for {attached}", "BPF_PROG_LOAD", Errno.NoEntry,
            handle is null ? "that program has no type information" : $"that program has no function '{program.AttachTarget}'");
    }
}
