namespace Imker.Linux;

/// <summary>What tells a socket from others. Addresses are numbers as <see cref="InternetAddress"/> makes them.</summary>
/// <param name="Protocol">IANA's number. With 1 and 58 it is a ping socket (<c>IPPROTO_ICMP</c> with <c>SOCK_DGRAM</c>), whose port is the id of its echoes.</param>
public readonly record struct SocketKey(byte Protocol, UInt128 LocalAddress, ushort LocalPort, UInt128 RemoteAddress, ushort RemotePort)
{
    /// <summary>Whether it is a socket for all packets of the protocol (raw(7)); then there are no ports.</summary>
    public bool IsRaw { get; init; }

    /// <summary>The socket at the other end.</summary>
    public SocketKey Reversed => new(Protocol, RemoteAddress, RemotePort, LocalAddress, LocalPort) { IsRaw = IsRaw };
}
