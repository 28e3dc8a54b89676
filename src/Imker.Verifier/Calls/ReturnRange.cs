using Imker.Btf;
using Imker.Bytecode;
using Imker.Objects;

namespace Imker.Verifier.Calls;

/// <summary>The values that a program may return.</summary>
/// <param name="Min">The smallest.</param>
/// <param name="Max">The largest.</param>
/// <param name="IsWhole">All 64 bits count, not only the lower half.</param>
internal readonly record struct ReturnRange(long Min, long Max, bool IsWhole = true)
{
    /// <summary>Null where any value will do (kernel: <c>return_retval_range</c>).</summary>
    public static ReturnRange? Of(ProgramSpec program, VerifierTarget target, BtfType? hook) => program.Type switch
    {
        ProgramType.CgroupSockAddr => OfSocketAddress(program.ExpectedAttachType),
        ProgramType.CgroupSkb => program.ExpectedAttachType == AttachType.CgroupInetEgress ? new(0, 3) : new(0, 1),
        ProgramType.CgroupSock or ProgramType.SockOps or ProgramType.CgroupDevice or ProgramType.CgroupSysctl or ProgramType.CgroupSockopt => new(0, 1),
        ProgramType.RawTracepoint when program.AttachTarget is not null => new(0, 0),
        ProgramType.Tracing => OfTracing(program.ExpectedAttachType),
        ProgramType.Kprobe => program.ExpectedAttachType is AttachType.TraceKprobeSession or AttachType.TraceUprobeSession ? new(0, 1) : null,
        ProgramType.SkLookup => new(0, 1),
        ProgramType.Netfilter => new(0, 1),
        ProgramType.Lsm => OfHook(program, hook, target),
        _ => null,
    };

    private static ReturnRange OfSocketAddress(AttachType? attach) => attach switch
    {
        AttachType.CgroupUdp4Recvmsg or AttachType.CgroupUdp6Recvmsg or AttachType.CgroupUnixRecvmsg or AttachType.CgroupInet4Getpeername or AttachType.CgroupInet6Getpeername
            or AttachType.CgroupUnixGetpeername or AttachType.CgroupInet4Getsockname or AttachType.CgroupInet6Getsockname or AttachType.CgroupUnixGetsockname => new(1, 1),
        AttachType.CgroupInet4Bind or AttachType.CgroupInet6Bind => new(0, 3),
        _ => new(0, 1),
    };

    private static ReturnRange? OfTracing(AttachType? attach) => attach switch
    {
        AttachType.TraceFentry or AttachType.TraceFexit => new(0, 0),
        AttachType.TraceIter => new(0, 1),
        _ => null,
    };

    private static ReturnRange? OfHook(ProgramSpec program, BtfType? hook, VerifierTarget target)
    {
        if (program.ExpectedAttachType == AttachType.LsmCgroup)
            return hook is { IsVoid: true } ? new(1, 1, IsWhole: false) : new(0, 1, IsWhole: false);
        if (!target.Has(6, 12) || hook is { IsVoid: true })
            return null;
        return program.AttachTarget is "inode_need_killpriv" or "inode_getsecurity" or "ismaclabel" or "audit_rule_known" or "inode_xattr_skipcap"
            ? new(0, 1, IsWhole: false)
            : new(-4095, 0, IsWhole: false);
    }
}
