using Imker.Bytecode;
using Imker.Objects;

namespace Imker.Verifier.Tables;

/// <summary>Which helpers a program may call, measured on each kernel.</summary>
internal static partial class HelperAvailability
{
    /// <summary>Whether the target offers the helper to such a program.</summary>
    public static bool Offers(VerifierTarget target, ProgramSpec program, int helper)
    {
        if (helper is < 1 or >= BytesOfSet * 8)
            return false;
        int place = KernelIndex(target.Kernel) * KindCount + (int)KindOf(program);
        return (Sets[place * BytesOfSet + helper / 8] & 1 << helper % 8) != 0;
    }

    /// <summary>The kernels that were measured, oldest first.</summary>
    public static IEnumerable<Version> Kernels
    {
        get
        {
            for (int i = 0; i < KernelVersions.Length; i += 2)
                yield return new Version(KernelVersions[i], KernelVersions[i + 1]);
        }
    }

    // The newest measured kernel that is not newer; the oldest for what is older.
    private static int KernelIndex(Version kernel)
    {
        int index = 0;
        for (int i = 1; i < KernelVersions.Length / 2; i++)
        {
            if (kernel >= new Version(KernelVersions[2 * i], KernelVersions[2 * i + 1]))
                index = i;
        }
        return index;
    }

    private static HelperSetKind KindOf(ProgramSpec program) => program.Type switch
    {
        ProgramType.SocketFilter => HelperSetKind.SocketFilter,
        ProgramType.Kprobe => program.IsSleepable ? HelperSetKind.KprobeS : HelperSetKind.Kprobe,
        ProgramType.SchedCls => HelperSetKind.SchedCls,
        ProgramType.SchedAct => HelperSetKind.SchedAct,
        ProgramType.Tracepoint => HelperSetKind.Tracepoint,
        ProgramType.Xdp => HelperSetKind.Xdp,
        ProgramType.PerfEvent => HelperSetKind.PerfEvent,
        ProgramType.CgroupSkb => HelperSetKind.CgroupSkb,
        ProgramType.CgroupSock => program.ExpectedAttachType is AttachType.CgroupInet4PostBind or AttachType.CgroupInet6PostBind
            ? HelperSetKind.CgroupSockPostBind : HelperSetKind.CgroupSock,
        ProgramType.LwtIn => HelperSetKind.LwtIn,
        ProgramType.LwtOut => HelperSetKind.LwtOut,
        ProgramType.LwtXmit => HelperSetKind.LwtXmit,
        ProgramType.SockOps => HelperSetKind.SockOps,
        ProgramType.SkSkb => HelperSetKind.SkSkb,
        ProgramType.CgroupDevice => HelperSetKind.CgroupDevice,
        ProgramType.SkMsg => HelperSetKind.SkMsg,
        ProgramType.RawTracepoint => HelperSetKind.RawTracepoint,
        ProgramType.CgroupSockAddr => KindOf(program.ExpectedAttachType),
        ProgramType.LwtSeg6Local => HelperSetKind.LwtSeg6local,
        ProgramType.SkReuseport => HelperSetKind.SkReuseport,
        ProgramType.FlowDissector => HelperSetKind.FlowDissector,
        ProgramType.CgroupSysctl => HelperSetKind.CgroupSysctl,
        ProgramType.RawTracepointWritable => HelperSetKind.RawTracepointWritable,
        ProgramType.CgroupSockopt => program.ExpectedAttachType == AttachType.CgroupSetsockopt ? HelperSetKind.CgroupSetsockopt : HelperSetKind.CgroupGetsockopt,
        ProgramType.Lsm => program.IsSleepable ? HelperSetKind.LsmS : HelperSetKind.Lsm,
        ProgramType.SkLookup => HelperSetKind.SkLookup,
        ProgramType.Syscall => HelperSetKind.Syscall,
        ProgramType.Netfilter => HelperSetKind.Netfilter,
        ProgramType.StructOps => HelperSetKind.StructOps,
        _ => program.ExpectedAttachType switch
        {
            AttachType.TraceFentry => HelperSetKind.Fentry,
            AttachType.TraceFexit or AttachType.ModifyReturn => HelperSetKind.Fexit,
            AttachType.TraceIter => HelperSetKind.Iter,
            _ => HelperSetKind.TpBtf,
        },
    };

    private static HelperSetKind KindOf(AttachType? attach) => attach switch
    {
        AttachType.CgroupInet4Bind or AttachType.CgroupInet6Bind => HelperSetKind.CgroupSockAddrBind4,
        AttachType.CgroupInet4Connect or AttachType.CgroupInet6Connect => HelperSetKind.CgroupSockAddrConnect4,
        _ => HelperSetKind.CgroupSockAddrSendmsg4,
    };
}
