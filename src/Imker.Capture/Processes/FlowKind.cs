namespace Imker.Capture;

/// <summary>What in a packet tells, beside its addresses and protocol, whose it is. The values stand in keys of a <see cref="SocketWatch"/>.</summary>
internal enum FlowKind : byte
{
    /// <summary>Nothing.</summary>
    Addresses,

    /// <summary>Two ports.</summary>
    Ports,

    /// <summary>The id of an ICMP echo, or of what is like one.</summary>
    Echo,

    /// <summary>The type of any other ICMP message.</summary>
    Message,

    /// <summary>The id of a fragment.</summary>
    Fragment,

    /// <summary>The security parameters index and the sequence number of an encrypted packet (RFC 4303).</summary>
    Encrypted,
}
