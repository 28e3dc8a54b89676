using System.Net;

namespace Imker.Linux;

/// <summary>What tells a socket of TCP or UDP from others.</summary>
/// <param name="Protocol">6 or 17.</param>
public readonly record struct SocketKey(byte Protocol, IPAddress LocalAddress, ushort LocalPort, IPAddress RemoteAddress, ushort RemotePort)
{
    /// <summary>The socket at the other end.</summary>
    public SocketKey Reversed => new(Protocol, RemoteAddress, RemotePort, LocalAddress, LocalPort);
}
