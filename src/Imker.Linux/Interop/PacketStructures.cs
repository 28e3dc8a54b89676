using System.Runtime.InteropServices;

namespace Imker.Linux.Interop;

/// <summary><c>struct tpacket_req3</c> of linux/if_packet.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PacketRingRequest
{
    internal uint BlockSize, BlockCount, FrameSize, FrameCount, RetireMilliseconds, PrivateSize, Features;
}

/// <summary><c>struct tpacket_block_desc</c> with its <c>tpacket_hdr_v1</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 48)]
internal struct PacketBlockHeader
{
    internal const uint UserOwns = 1;

    [FieldOffset(8)] internal uint Status;
    [FieldOffset(12)] internal uint PacketCount;
    [FieldOffset(16)] internal uint FirstPacketOffset;
}

/// <summary><c>struct tpacket3_hdr</c>, and the <c>struct sockaddr_ll</c> that follows it.</summary>
[StructLayout(LayoutKind.Explicit, Size = 68)]
internal unsafe struct PacketFrameHeader
{
    internal const uint VlanValid = 0x10, VlanProtocolValid = 0x40;

    [FieldOffset(0)] internal uint NextOffset;
    [FieldOffset(4)] internal uint Seconds;
    [FieldOffset(8)] internal uint Nanoseconds;
    [FieldOffset(12)] internal uint CapturedLength;
    [FieldOffset(16)] internal uint OriginalLength;
    [FieldOffset(20)] internal uint Status;
    [FieldOffset(24)] internal ushort DataOffset;
    [FieldOffset(32)] internal uint VlanTag;
    [FieldOffset(36)] internal ushort VlanProtocol;
    [FieldOffset(48)] internal PacketAddress Address;
}

/// <summary><c>struct sockaddr_ll</c>, packet(7). The protocol is in network byte order.</summary>
[StructLayout(LayoutKind.Explicit, Size = 20)]
internal unsafe struct PacketAddress
{
    [FieldOffset(0)] internal ushort Family;
    [FieldOffset(2)] internal ushort Protocol;
    [FieldOffset(4)] internal int InterfaceIndex;
    [FieldOffset(8)] internal ushort HardwareType;
    [FieldOffset(10)] internal byte PacketType;
    [FieldOffset(11)] internal byte AddressLength;
    [FieldOffset(12)] internal fixed byte HardwareAddress[8];
}

/// <summary><c>struct packet_mreq</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PacketMembership
{
    internal int InterfaceIndex;
    internal ushort Type, AddressLength;
    internal ulong Address;
}

/// <summary><c>struct tpacket_stats_v3</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PacketRingStatistics
{
    internal uint Packets, Drops, Freezes;
}
