using Imker.Bytecode;
using Imker.Objects;
using Imker.Verifier.State;

namespace Imker.Verifier.Context;

/// <summary>The contexts of programs that deal with sockets.</summary>
internal static class SocketContext
{
    public static ContextAnswer Ask(ProgramSpec program, VerifierTarget target, in ContextAccess access) => program.Type switch
    {
        ProgramType.CgroupSock => CgroupSocket(program, access),
        ProgramType.CgroupSockAddr => SocketAddress(program, access),
        ProgramType.SockOps => SocketOperations(access, target),
        ProgramType.SkMsg => Message(access),
        ProgramType.SkReuseport => Reuseport(access),
        ProgramType.SkLookup => Lookup(access),
        _ => ContextAnswer.No,
    };

    /// <summary><c>struct bpf_sock</c>, as a context and behind pointers (kernel: <c>bpf_sock_is_valid_access</c>).</summary>
    public static bool MayAccessSocket(in ContextAccess access)
    {
        const int DestinationPort = 48, Size = 80;
        if (access.Offset < 0 || access.Offset >= Size || !access.IsAligned)
            return false;
        if (access.Is(DestinationPort, 4))
            return access.IsRead;
        if (access.IsIn(DestinationPort, DestinationPort + 2))
            return access.IsPartOf(2);
        if (access.IsIn(DestinationPort + 2, DestinationPort + 4))
            return false;
        bool isNarrow = access.IsIn(4, 16) || access.IsIn(24, 80);
        return isNarrow && access.IsRead ? access.IsPartOf(4) : access.Size == 4;
    }

    /// <summary><c>struct bpf_tcp_sock</c>.</summary>
    public static bool MayAccessTcpSocket(in ContextAccess access)
    {
        const int Received = 80, Size = 112;
        if (access.Offset < 0 || access.Offset >= Size || !access.IsAligned)
            return false;
        return access.Size == (access.IsIn(Received, Received + 16) ? 8 : 4);
    }

    /// <summary><c>struct bpf_xdp_sock</c>.</summary>
    public static bool MayAccessXdpSocket(in ContextAccess access) => access.Is(0, 4);

    private static ContextAnswer CgroupSocket(ProgramSpec program, in ContextAccess access)
    {
        bool makes = program.ExpectedAttachType is AttachType.CgroupInetSockCreate or AttachType.CgroupInetSockRelease or null;
        bool isV4 = program.ExpectedAttachType == AttachType.CgroupInet4PostBind, isV6 = program.ExpectedAttachType == AttachType.CgroupInet6PostBind;
        bool isSettable = access.IsIn(0, 4) || access.IsIn(16, 24);
        if (isSettable ? !makes : access.IsWrite)
            return ContextAnswer.No;
        if (access.IsIn(24, 28) && !isV4 || access.IsIn(28, 44) && !isV6 || access.IsIn(44, 48) && !isV4 && !isV6)
            return ContextAnswer.No;
        return ContextAnswer.If(MayAccessSocket(access));
    }

    private static ContextAnswer SocketAddress(ProgramSpec program, in ContextAccess access)
    {
        const int Ip4 = 4, Ip6 = 8, Port = 24, SourceIp4 = 40, SourceIp6 = 44, Socket = 64, Size = 72;
        if (!access.IsAligned || access.Offset >= Size)
            return ContextAnswer.No;
        if (access.IsIn(Ip4, Ip4 + 4) && !IsV4(program) || access.IsIn(Ip6, Ip6 + 16) && !IsV6(program)
            || access.IsIn(SourceIp4, SourceIp4 + 4) && program.ExpectedAttachType != AttachType.CgroupUdp4Sendmsg
            || access.IsIn(SourceIp6, SourceIp6 + 16) && program.ExpectedAttachType != AttachType.CgroupUdp6Sendmsg)
            return ContextAnswer.No;
        if (access.IsIn(Socket, Socket + 8))
            return ContextAnswer.If(access.IsRead && access.Size == 8) with { Kind = RegisterKind.Socket };
        bool isAddress = access.IsIn(Ip4, Port + 4) || access.IsIn(SourceIp4, SourceIp6 + 16);
        if (!isAddress)
            return ContextAnswer.If(access.IsRead && access.Size == 4);
        if (access.Size == 8)
            return ContextAnswer.If(access.IsIn(Ip6, Ip6 + 16) || access.IsIn(SourceIp6, SourceIp6 + 16));
        return ContextAnswer.If(access.IsRead ? access.IsPartOf(4) : access.Size == 4);
    }

    private static bool IsV4(ProgramSpec program) => program.ExpectedAttachType is AttachType.CgroupInet4Bind or AttachType.CgroupInet4Connect
        or AttachType.CgroupUdp4Sendmsg or AttachType.CgroupUdp4Recvmsg or AttachType.CgroupInet4Getpeername or AttachType.CgroupInet4Getsockname;

    private static bool IsV6(ProgramSpec program) => program.ExpectedAttachType is AttachType.CgroupInet6Bind or AttachType.CgroupInet6Connect
        or AttachType.CgroupUdp6Sendmsg or AttachType.CgroupUdp6Recvmsg or AttachType.CgroupInet6Getpeername or AttachType.CgroupInet6Getsockname;

    private static ContextAnswer SocketOperations(in ContextAccess access, VerifierTarget target)
    {
        const int Reply = 4, Hash = 164, Received = 168, Socket = 184, SocketBufferData = 192, SocketBufferEnd = 200, Flags = 212, HardwareTime = 216, Size = 224;
        if (!access.IsAligned || access.Offset >= Size)
            return ContextAnswer.No;
        if (access.IsWrite)
            return ContextAnswer.If(access.Size == 4 && (access.IsIn(Reply, Reply + 16) || access.Offset == Hash));
        return access.Offset switch
        {
            >= Received and < Socket => ContextAnswer.If(access.Size == 8),
            >= Socket and < SocketBufferData => ContextAnswer.If(access.Size == 8) with { Kind = RegisterKind.Socket, Flags = PointerFlags.MayBeNull },
            >= SocketBufferData and < SocketBufferEnd => ContextAnswer.If(access.Size == 8) with { Kind = RegisterKind.Packet },
            >= SocketBufferEnd and < SocketBufferEnd + 8 => ContextAnswer.If(access.Size == 8) with { Kind = RegisterKind.PacketEnd },
            >= Flags and < Flags + 4 => ContextAnswer.If(access.IsPartOf(4)),
            >= HardwareTime => ContextAnswer.If(access.Size == 8 && target.Has(6, 2)),
            _ => ContextAnswer.If(access.Size == 4),
        };
    }

    private static ContextAnswer Message(in ContextAccess access)
    {
        const int Size = 80;
        if (access.IsWrite || !access.IsAligned || access.Offset >= Size)
            return ContextAnswer.No;
        return access.Offset switch
        {
            0 => ContextAnswer.If(access.Size == 8) with { Kind = RegisterKind.Packet },
            8 => ContextAnswer.If(access.Size == 8) with { Kind = RegisterKind.PacketEnd },
            72 => ContextAnswer.If(access.Size == 8) with { Kind = RegisterKind.Socket },
            _ => ContextAnswer.If(access.Size == 4 && access.IsIn(16, 72)),
        };
    }

    private static ContextAnswer Reuseport(in ContextAccess access)
    {
        const int Size = 56;
        if (access.IsWrite || !access.IsAligned || access.Offset >= Size)
            return ContextAnswer.No;
        return access.Offset switch
        {
            0 => ContextAnswer.If(access.Size == 8) with { Kind = RegisterKind.Packet },
            8 => ContextAnswer.If(access.Size == 8) with { Kind = RegisterKind.PacketEnd },
            32 => ContextAnswer.If(access.Size == 4),
            40 => ContextAnswer.If(access.Size == 8) with { Kind = RegisterKind.Socket },
            48 => ContextAnswer.If(access.Size == 8) with { Kind = RegisterKind.SocketCommon, Flags = PointerFlags.MayBeNull },
            >= 20 and < 24 => ContextAnswer.If(access.Size >= 2 && access.IsPartOf(4)),
            _ => ContextAnswer.If(access.IsIn(16, 36) && access.IsPartOf(4)),
        };
    }

    private static ContextAnswer Lookup(in ContextAccess access)
    {
        const int RemotePort = 36, End = 68;
        if (access.IsWrite || !access.IsAligned || access.Offset >= End + 4)
            return ContextAnswer.No;
        if (access.IsIn(0, 8))
            return ContextAnswer.If(access.Is(0, 8)) with { Kind = RegisterKind.Socket, Flags = PointerFlags.MayBeNull };
        if (access.Is(RemotePort, 4))
            return ContextAnswer.Number;
        if (access.IsIn(RemotePort, RemotePort + 2))
            return ContextAnswer.If(access.IsPartOf(2));
        if (access.IsIn(RemotePort + 2, RemotePort + 4))
            return ContextAnswer.No;
        return ContextAnswer.If(access.IsIn(8, End) && access.IsPartOf(4));
    }
}
