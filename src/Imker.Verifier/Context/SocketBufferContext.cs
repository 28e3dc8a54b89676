using Imker.Bytecode;
using Imker.Verifier.State;

namespace Imker.Verifier.Context;

/// <summary><c>struct __sk_buff</c>, of which each program type may use another part.</summary>
internal static class SocketBufferContext
{
    private const int Mark = 8;
    private const int QueueMapping = 12;
    private const int Priority = 32;
    private const int TcIndex = 44;
    private const int ControlBlock = 48;
    private const int ControlBlockEnd = 68;
    private const int TcClassId = 72;
    private const int Data = 76;
    private const int DataEnd = 80;
    private const int Family = 88;
    private const int RemoteIp4 = 92;
    private const int LocalPortEnd = 140;
    private const int DataMeta = 140;
    private const int FlowKeys = 144;
    private const int TimeStamp = 152;
    private const int WireLength = 160;
    private const int Socket = 168;
    private const int TimeStampType = 180;
    private const int HardwareTimeStamp = 184;
    private const int Size = 192;

    public static ContextAnswer Ask(ProgramType type, VerifierTarget target, in ContextAccess access)
    {
        if (!access.IsAligned || access.Offset + access.Size > Size)
            return ContextAnswer.No;
        return type switch
        {
            ProgramType.FlowDissector => FlowDissector(access),
            ProgramType.SocketFilter => SocketFilter(access, target),
            ProgramType.CgroupSkb => CgroupSocketBuffer(access, target),
            ProgramType.SkSkb => StreamVerdict(access, target),
            ProgramType.SchedCls or ProgramType.SchedAct => Classifier(access, target),
            _ => Tunnel(access, target),
        };
    }

    private static ContextAnswer SocketFilter(in ContextAccess access, VerifierTarget target)
    {
        if (access.IsIn(TcClassId, TcClassId + 4) || access.IsIn(Data, DataEnd + 4) || access.IsIn(DataMeta, DataMeta + 4) || access.IsIn(TimeStamp, TimeStamp + 8)
            || access.IsIn(WireLength, WireLength + 4) || access.IsIn(HardwareTimeStamp, Size) || access.IsIn(Family, LocalPortEnd))
            return ContextAnswer.No;
        return access.IsWrite && !access.IsIn(ControlBlock, ControlBlockEnd) ? ContextAnswer.No : All(access, target);
    }

    private static ContextAnswer CgroupSocketBuffer(in ContextAccess access, VerifierTarget target)
    {
        if (access.IsIn(TcClassId, TcClassId + 4) || access.IsIn(DataMeta, DataMeta + 4) || access.IsIn(WireLength, WireLength + 4))
            return ContextAnswer.No;
        if (access.IsIn(Data, DataEnd + 4) && !target.IsPrivileged)
            return ContextAnswer.No;
        bool isWritable = access.IsIn(Mark, Mark + 4) || access.IsIn(Priority, Priority + 4) || access.IsIn(ControlBlock, ControlBlockEnd)
            || access.IsIn(TimeStamp, TimeStamp + 8) && target.IsPrivileged;
        return access.IsWrite && !isWritable ? ContextAnswer.No : WithPacket(access, target);
    }

    private static ContextAnswer StreamVerdict(in ContextAccess access, VerifierTarget target)
    {
        if (access.IsIn(TcClassId, TcClassId + 4) || access.IsIn(DataMeta, DataMeta + 4) || access.IsIn(TimeStamp, TimeStamp + 8) || access.IsIn(WireLength, WireLength + 4)
            || access.IsIn(HardwareTimeStamp, Size) || access.IsIn(Mark, Mark + 4))
            return ContextAnswer.No;
        bool isWritable = access.IsIn(TcIndex, TcIndex + 4) || access.IsIn(Priority, Priority + 4);
        return access.IsWrite && !isWritable ? ContextAnswer.No : WithPacket(access, target);
    }

    private static ContextAnswer Tunnel(in ContextAccess access, VerifierTarget target)
    {
        if (access.IsIn(TcClassId, TcClassId + 4) || access.IsIn(Family, LocalPortEnd) || access.IsIn(DataMeta, DataMeta + 4) || access.IsIn(TimeStamp, TimeStamp + 8)
            || access.IsIn(WireLength, WireLength + 4) || access.IsIn(HardwareTimeStamp, Size))
            return ContextAnswer.No;
        bool isWritable = access.IsIn(Mark, Mark + 4) || access.IsIn(Priority, Priority + 4) || access.IsIn(ControlBlock, ControlBlockEnd);
        return access.IsWrite && !isWritable ? ContextAnswer.No : WithPacket(access, target);
    }

    private static ContextAnswer Classifier(in ContextAccess access, VerifierTarget target)
    {
        if (access.IsIn(Family, LocalPortEnd))
            return ContextAnswer.No;
        if (access.IsWrite)
        {
            bool isWritable = access.IsIn(Mark, Mark + 4) || access.IsIn(TcIndex, TcIndex + 4) || access.IsIn(Priority, Priority + 4)
                || access.IsIn(ControlBlock, ControlBlockEnd) || access.IsIn(TcClassId, TcClassId + 4) || access.IsIn(TimeStamp, TimeStamp + 8)
                || access.IsIn(QueueMapping, QueueMapping + 4) && target.Has(5, 5);
            return isWritable ? All(access, target) : ContextAnswer.No;
        }
        if (access.Is(TimeStampType, 1) && target.Has(5, 18))
            return ContextAnswer.Number;
        return WithPacket(access, target);
    }

    private static ContextAnswer FlowDissector(in ContextAccess access)
    {
        if (access.IsWrite)
            return ContextAnswer.No;
        return access.Offset switch
        {
            Data => ContextAnswer.If(access.Size == 4 && !access.IsSigned) with { Kind = RegisterKind.Packet },
            DataEnd => ContextAnswer.If(access.Size == 4 && !access.IsSigned) with { Kind = RegisterKind.PacketEnd },
            FlowKeys => ContextAnswer.If(access.Size == 8) with { Kind = RegisterKind.FlowKeys },
            _ => ContextAnswer.No,
        };
    }

    private static ContextAnswer WithPacket(in ContextAccess access, VerifierTarget target)
    {
        RegisterKind kind = access.Offset switch
        {
            Data => RegisterKind.Packet,
            DataEnd => RegisterKind.PacketEnd,
            DataMeta => RegisterKind.PacketMeta,
            _ => RegisterKind.Scalar,
        };
        if (kind == RegisterKind.Scalar)
            return All(access, target);
        return ContextAnswer.If(access.Size == 4 && access.IsRead && !access.IsSigned) with { Kind = kind };
    }

    // What holds for all types (kernel: bpf_skb_is_valid_access).
    private static ContextAnswer All(in ContextAccess access, VerifierTarget target)
    {
        if (access.IsIn(ControlBlock, ControlBlockEnd))
            return ContextAnswer.If(access.Offset + access.Size <= ControlBlockEnd);
        if (access.IsIn(RemoteIp4, RemoteIp4 + 40) || access.IsIn(Data, DataEnd + 4) || access.IsIn(DataMeta, DataMeta + 4))
            return ContextAnswer.If(access.Size == 4);
        if (access.IsIn(FlowKeys, FlowKeys + 8))
            return ContextAnswer.No;
        if (access.IsIn(HardwareTimeStamp, Size))
            return ContextAnswer.If(access.IsRead && access.Size == 8 && target.Has(5, 16));
        if (access.IsIn(TimeStamp, TimeStamp + 8))
            return ContextAnswer.If(access.Size == 8);
        if (access.IsIn(Socket, Socket + 8))
            return ContextAnswer.If(access.IsRead && access.Size == 8) with { Kind = RegisterKind.SocketCommon, Flags = PointerFlags.MayBeNull };
        if (access.IsIn(TimeStampType, HardwareTimeStamp))
            return ContextAnswer.No;
        return ContextAnswer.If(access.IsWrite ? access.Size == 4 : access.IsPartOf(4));
    }
}
