using System.Net;

namespace Imker.Objects;

/// <summary>
/// What a front end may ask of a target's databases of names: hosts, networks, services, protocols and Ethernet addresses. They are asked only
/// for a name that stands in the input; a running system answers from its files (<c>Imker.Linux</c>).
/// </summary>
public interface INetworkNames
{
    /// <summary>The addresses of a host, IPv6 before IPv4; empty when it is not known (<c>/etc/hosts</c>).</summary>
    IReadOnlyList<IPAddress> Host(string name);

    /// <summary>The Ethernet address of a host as a number of 48 bits, the first byte highest; null when it is not known (<c>/etc/ethers</c>).</summary>
    ulong? EtherHost(string name);

    /// <summary>The address of a network as a number, the first byte highest, 0x7f000000 for <c>127.0.0.0</c>; null when it is not known (<c>/etc/networks</c>).</summary>
    uint? Network(string name);

    /// <summary>The port of a service with a protocol such as <c>tcp</c>; null when it is not known (<c>/etc/services</c>).</summary>
    ushort? Service(string name, string protocol);

    /// <summary>The number of a protocol above IP; null when it is not known (<c>/etc/protocols</c>).</summary>
    byte? Protocol(string name);

    /// <summary>All names of a database, to find the one that somebody probably meant.</summary>
    IEnumerable<string> Names(NetworkNameKind kind);
}
