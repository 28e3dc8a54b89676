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
}
