using Imker.Bytecode;
using Imker.Objects;
using Imker.Verifier.State;

namespace Imker.Verifier.Context;

/// <summary>Which fields the contexts of programs have (kernel: <c>is_valid_access</c> of the program types).</summary>
internal static class ContextTable
{
    private const int RegistersSize = 168;
    private const int TracepointSize = 8192;
    private const int RawTracepointSize = 96;

    /// <summary>What an access to the context of a program of no kernel type comes to.</summary>
    public static ContextAnswer Ask(ProgramSpec program, VerifierTarget target, in ContextAccess access)
    {
        if (access.Offset < 0)
            return ContextAnswer.No;
        return program.Type switch
        {
            ProgramType.SocketFilter or ProgramType.CgroupSkb or ProgramType.SchedCls or ProgramType.SchedAct or ProgramType.LwtIn or ProgramType.LwtOut
                or ProgramType.LwtXmit or ProgramType.LwtSeg6Local or ProgramType.SkSkb or ProgramType.FlowDissector => SocketBufferContext.Ask(program.Type, target, access),
            ProgramType.Xdp => Xdp(program, target, access),
            ProgramType.Kprobe => ContextAnswer.If(access.IsRead && access.IsAligned && access.Offset + access.Size <= RegistersSize),
            ProgramType.Tracepoint => ContextAnswer.If(access.IsRead && access.IsAligned && access.Offset >= 8 && access.Offset + access.Size <= TracepointSize),
            ProgramType.PerfEvent => PerfEvent(access),
            ProgramType.RawTracepoint => ContextAnswer.If(access.IsRead && access.IsAligned && access.Offset + access.Size <= RawTracepointSize),
            ProgramType.RawTracepointWritable => access.Is(0, 8) && access.IsRead
                ? ContextAnswer.Pointer(RegisterKind.TracepointBuffer)
                : ContextAnswer.If(access.IsRead && access.IsAligned && access.Offset + access.Size <= RawTracepointSize),
            ProgramType.CgroupDevice => ContextAnswer.If(access.IsRead && access.IsAligned && access.Offset + access.Size <= 12
                && (access.IsIn(0, 4) ? access.IsPartOf(4) : access.Size == 4)),
            ProgramType.CgroupSysctl => Sysctl(access),
            ProgramType.CgroupSockopt => SocketOption(program, access),
            ProgramType.Syscall => ContextAnswer.If(access.IsAligned && access.Offset < ushort.MaxValue),
            ProgramType.Netfilter => Netfilter(access),
            ProgramType.LircMode2 => ContextAnswer.If(access.IsRead && access.Is(0, 4)),
            _ => SocketContext.Ask(program, target, access),
        };
    }

    /// <summary>The name that the kernel has for the context's structure.</summary>
    public static string NameOf(ProgramType type) => type switch
    {
        ProgramType.Xdp => "xdp_md",
        ProgramType.Kprobe => "pt_regs",
        ProgramType.PerfEvent => "bpf_perf_event_data",
        ProgramType.RawTracepoint or ProgramType.RawTracepointWritable => "bpf_raw_tracepoint_args",
        ProgramType.CgroupDevice => "bpf_cgroup_dev_ctx",
        ProgramType.CgroupSysctl => "bpf_sysctl",
        ProgramType.CgroupSockopt => "bpf_sockopt",
        ProgramType.Netfilter => "bpf_nf_ctx",
        ProgramType.CgroupSock => "bpf_sock",
        ProgramType.CgroupSockAddr => "bpf_sock_addr",
        ProgramType.SockOps => "bpf_sock_ops",
        ProgramType.SkMsg => "sk_msg_md",
        ProgramType.SkReuseport => "sk_reuseport_md",
        ProgramType.SkLookup => "bpf_sk_lookup",
        ProgramType.SocketFilter or ProgramType.CgroupSkb or ProgramType.SchedCls or ProgramType.SchedAct or ProgramType.LwtIn or ProgramType.LwtOut
            or ProgramType.LwtXmit or ProgramType.LwtSeg6Local or ProgramType.SkSkb or ProgramType.FlowDissector => "__sk_buff",
        _ => "context",
    };

    private static ContextAnswer Xdp(ProgramSpec program, VerifierTarget target, in ContextAccess access)
    {
        const int Size = 24;
        if (access.IsWrite || access.Size != 4 || !access.IsAligned || access.Offset >= Size)
            return ContextAnswer.No;
        return access.Offset switch
        {
            0 => ContextAnswer.If(!access.IsSigned) with { Kind = RegisterKind.Packet },
            4 => ContextAnswer.If(!access.IsSigned) with { Kind = RegisterKind.PacketEnd },
            8 => ContextAnswer.If(!access.IsSigned) with { Kind = RegisterKind.PacketMeta },
            20 => ContextAnswer.If(target.Has(5, 8) && program.ExpectedAttachType == AttachType.XdpDevmap),
            _ => ContextAnswer.Number,
        };
    }

    private static ContextAnswer PerfEvent(in ContextAccess access)
    {
        const int Size = RegistersSize + 16;
        if (access.IsWrite || !access.IsAligned || access.Offset + access.Size > Size)
            return ContextAnswer.No;
        return ContextAnswer.If(access.Offset >= RegistersSize ? access.IsPartOf(8) : access.Size == 8);
    }

    private static ContextAnswer Sysctl(in ContextAccess access)
    {
        if (!access.IsAligned || access.Offset + access.Size > 8)
            return ContextAnswer.No;
        return ContextAnswer.If(access.IsRead ? access.IsPartOf(4) : access.Is(4, 4));
    }

    private static ContextAnswer SocketOption(ProgramSpec program, in ContextAccess access)
    {
        const int Size = 40;
        if (!access.IsAligned || access.Offset + access.Size > Size)
            return ContextAnswer.No;
        bool sets = program.ExpectedAttachType == AttachType.CgroupSetsockopt;
        if (access.IsWrite)
        {
            return ContextAnswer.If(access.Size == 4 && access.Offset switch
            {
                36 => !sets,
                24 or 28 => sets,
                32 => true,
                _ => false,
            });
        }
        return access.Offset switch
        {
            0 => ContextAnswer.If(access.Size == 8) with { Kind = RegisterKind.Socket },
            8 => ContextAnswer.If(access.Size == 8) with { Kind = RegisterKind.Packet },
            16 => ContextAnswer.If(access.Size == 8) with { Kind = RegisterKind.PacketEnd },
            36 => ContextAnswer.If(access.Size == 4 && !sets),
            _ => ContextAnswer.If(access.Size == 4 && access.Offset >= 24),
        };
    }

    private static ContextAnswer Netfilter(in ContextAccess access)
    {
        if (access.IsWrite || access.Size != 8)
            return ContextAnswer.No;
        return access.Offset switch
        {
            0 => ContextAnswer.Pointer(RegisterKind.Btf, PointerFlags.Trusted) with { KernelType = "nf_hook_state" },
            8 => ContextAnswer.Pointer(RegisterKind.Btf, PointerFlags.Trusted) with { KernelType = "sk_buff" },
            _ => ContextAnswer.No,
        };
    }
}
