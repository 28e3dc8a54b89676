namespace Imker.Capture;

/// <summary>Which way a packet went past the capturing machine; the values are those of <c>sll_pkttype</c> (packet(7)) and of a cooked header.</summary>
public enum PacketDirection
{
    /// <summary>To us (<c>PACKET_HOST</c>).</summary>
    Incoming = 0,

    /// <summary>To everybody (<c>PACKET_BROADCAST</c>).</summary>
    Broadcast = 1,

    /// <summary>To a group (<c>PACKET_MULTICAST</c>).</summary>
    Multicast = 2,

    /// <summary>To another machine, seen in promiscuous mode (<c>PACKET_OTHERHOST</c>).</summary>
    OtherHost = 3,

    /// <summary>From us (<c>PACKET_OUTGOING</c>).</summary>
    Outgoing = 4,

    /// <summary>A file does not tell.</summary>
    Unknown = -1,
}
