namespace Imker.Linux.Interop;

/// <summary>Numbers of sys/socket.h, linux/if_packet.h and linux/rtnetlink.h.</summary>
internal static class SocketConstants
{
    internal const int FamilyPacket = 17, FamilyNetlink = 16;
    internal const int TypeDatagram = 2, TypeRaw = 3, CloseOnExec = 0x80000;

    internal const int LevelSocket = 1, LevelPacket = 263;
    internal const int Error = 4;

    internal const int PacketAddMembership = 1, PacketReceiveRing = 5, PacketStatistics = 6, PacketVersion = 10, PacketIgnoreOutgoing = 23;
    internal const int PacketVersion3 = 2;
    internal const int MembershipPromiscuous = 1;

    internal const ushort ProtocolAll = 3, ProtocolVlan = 0x8100;

    internal const int NetlinkRoute = 0;
}
