using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using Imker.Diagnostics;
using Imker.Filter.Protocols;
using Imker.Filter.Syntax;
using Imker.Objects;

namespace Imker.Filter.Generation;

internal sealed partial class CodeGenerator
{
    private const int Ip6AddressLength = 16;

    private static readonly (string Name, uint Value)[] EtherProtocols =
    [
        ("aarp", EtherType.Aarp), ("arp", EtherType.Arp), ("atalk", EtherType.AppleTalk), ("decnet", EtherType.Decnet), ("ip", EtherType.Ip4),
        ("ip6", EtherType.Ip6), ("lat", EtherType.Lat), ("lldp", EtherType.Lldp), ("loopback", EtherType.Loopback), ("mopdl", EtherType.MopDl),
        ("moprc", EtherType.MopRc), ("rarp", EtherType.ReverseArp), ("sca", EtherType.Sca), ("slow", EtherType.Slow),
        ("iso", LlcAddress.Iso), ("stp", LlcAddress.SpanningTree), ("ipx", LlcAddress.Ipx), ("netbeui", LlcAddress.Netbeui),
    ];

    private static readonly (string Name, uint Value)[] IsoProtocols = [("clnp", IsoProtocol.Clnp), ("esis", IsoProtocol.Esis), ("isis", IsoProtocol.Isis)];

    private Condition Named(NameSyntax syntax)
    {
        FilterQualifiers qualifiers = syntax.Qualifiers;
        switch (qualifiers.AddressType)
        {
            case FilterAddressType.Net:
                if (options.Names?.Network(syntax.Name) is not (> 0 and var number))
                    return Unknown("network", syntax.Name, NetworkNameKind.Network, "/etc/networks");
                (uint address, uint mask) = Ip4Text.Justify(number);
                return Host(address, mask, qualifiers);
            case FilterAddressType.Port:
                return NamedPort(syntax.Name, qualifiers);
            case FilterAddressType.PortRange:
                return NamedPortRange(syntax.Name, qualifiers);
            case FilterAddressType.Gateway:
                return Gateway(syntax.Name, qualifiers);
            case FilterAddressType.Protocol:
                return NamedProtocol(syntax.Name, qualifiers.Protocol) is { } protocol ? CarriedProtocol(protocol, qualifiers.Protocol) : Never();
            case FilterAddressType.ProtocolChain:
                return NamedProtocol(syntax.Name, qualifiers.Protocol) is { } last ? ProtocolChain(last, qualifiers.Protocol) : Never();
            default:
                return NamedHost(syntax.Name, qualifiers);
        }
    }

    private Condition Unknown(string what, string name, NetworkNameKind kind, string file) => Fail(FilterBindId.UnknownName,
        $"there is no {what} '{name}'{Spelling.Suggestion(name, (options.Names?.Names(kind) ?? []).Concat(FilterKeywords.All))}",
        options.Names is null ? "names are not looked up here: write a number or an address" : $"names come from {file}");

    private Condition NamedHost(string name, FilterQualifiers qualifiers)
    {
        if (qualifiers.Protocol == FilterProtocol.Decnet)
            return Fail(FilterBindId.UnknownName, $"DECnet names such as '{name}' are not looked up", "a DECnet address is an area and a node: 10.123");
        if (qualifiers.Protocol == FilterProtocol.Link)
            return EtherHost(name) is { } ether ? LinkHost(ether, qualifiers.Direction) : Unknown("Ethernet host", name, NetworkNameKind.EtherHost, "/etc/ethers");
        IReadOnlyList<IPAddress> addresses = options.Names?.Host(name) ?? [];
        if (addresses.Count == 0)
            return Unknown("host", name, NetworkNameKind.Host, "/etc/hosts; the DNS is not asked");
        return AnyAddress(addresses, qualifiers)
            ?? Fail(FilterBindId.UnknownName, $"the host '{name}' has no address for '{FilterKeywords.NameOf(qualifiers.Protocol)}'");
    }

    // Packets that do not tell their protocol are only asked for IP.
    private Condition? AnyAddress(IReadOnlyList<IPAddress> addresses, FilterQualifiers qualifiers)
    {
        bool isIpAlone = linkTypeField.Constant == NotSet && qualifiers.Protocol == FilterProtocol.Default;
        Condition? any = null;
        foreach (IPAddress address in addresses)
        {
            byte[] bytes = address.GetAddressBytes();
            bool isIp6 = bytes.Length == Ip6AddressLength;
            if (qualifiers.Protocol == (isIp6 ? FilterProtocol.Ip : FilterProtocol.Ip6))
                continue;
            Condition one = isIp6
                ? Ip6Host(Ip6Address.From(bytes), Ip6Address.Mask(Ip6Address.Bits), qualifiers)
                : Host(BinaryPrimitives.ReadUInt32BigEndian(bytes), uint.MaxValue, isIpAlone ? qualifiers with { Protocol = FilterProtocol.Ip } : qualifiers);
            any = any is null ? one : Condition.Or(any, one);
        }
        return any;
    }

    private EtherAddress? EtherHost(string name) =>
        options.Names?.EtherHost(name) is { } address ? new EtherAddress((ushort)(address >> 32), (uint)address) : null;

    // The packet goes through a host when its Ethernet address is there and its IP address is not.
    private Condition Gateway(string name, FilterQualifiers qualifiers)
    {
        if (qualifiers.Protocol is not (FilterProtocol.Default or FilterProtocol.Ip or FilterProtocol.Arp or FilterProtocol.Rarp))
            return Fail(FilterBindId.BadQualifier, $"'{FilterKeywords.NameOf(qualifiers.Protocol)}' has no gateways");
        if (EtherHost(name) is not { } ether)
            return Unknown("Ethernet host", name, NetworkNameKind.EtherHost, "/etc/ethers");
        IPAddress[] addresses = [.. (options.Names?.Host(name) ?? []).Where(address => address.GetAddressBytes().Length < Ip6AddressLength)];
        if (addresses.Length == 0)
            return Unknown("host with an IPv4 address", name, NetworkNameKind.Host, "/etc/hosts; the DNS is not asked");
        Condition through = LinkHost(ether, FilterDirection.SourceOrDestination);
        var host = new FilterQualifiers(qualifiers.Protocol, FilterDirection.SourceOrDestination, FilterAddressType.Host);
        return Condition.And(through, AnyAddress(addresses, host)!.Not());
    }

    private Condition NamedPort(string name, FilterQualifiers qualifiers)
    {
        if (!TryTransport(qualifiers, out uint? wanted))
            return BadPortQualifier(qualifiers);
        if (FindPort(name) is not { } port)
            return Unknown("port", name, NetworkNameKind.Service, "/etc/services");
        return OfService(name, port.Protocol, ref wanted) is { } failure ? failure : Ports(port.Number, port.Number, wanted, qualifiers.Direction, isRange: false);
    }

    private Condition NamedPortRange(string name, FilterQualifiers qualifiers)
    {
        if (!TryTransport(qualifiers, out uint? wanted))
            return BadPortQualifier(qualifiers);
        int dash = name.IndexOf('-');
        if (dash <= 0)
            return Fail(FilterBindId.BadAddress, $"'{name}' is no range of ports", "a range is two ports with '-' between: 6000-6008");
        string first = name[..dash], last = name[(dash + 1)..];
        if (FindPort(first) is not { } from)
            return Unknown("port", first, NetworkNameKind.Service, "/etc/services");
        if (FindPort(last) is not { } to)
            return Unknown("port", last, NetworkNameKind.Service, "/etc/services");
        uint? protocol = from.Protocol == to.Protocol ? from.Protocol : null;
        return OfService(name, protocol, ref wanted) is { } failure ? failure : Ports(from.Number, to.Number, wanted, qualifiers.Direction, isRange: true);
    }

    // A service of one protocol is only that; it must be the one that was asked for.
    private Condition? OfService(string name, uint? protocol, ref uint? wanted)
    {
        if (protocol is not null && wanted is not null && protocol != wanted)
            return Fail(FilterBindId.BadQualifier, $"the port '{name}' is one of {(protocol == IpProtocol.Tcp ? "tcp" : "udp")}");
        wanted ??= protocol;
        return null;
    }

    // A number, or a service; of no protocol when TCP and UDP have it with one number.
    private (ushort Number, uint? Protocol)? FindPort(string name)
    {
        if (ushort.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out ushort number))
            return (number, null);
        ushort? tcp = options.Names?.Service(name, "tcp"), udp = options.Names?.Service(name, "udp");
        if (tcp is { } overTcp)
            return (overTcp, udp == tcp ? null : IpProtocol.Tcp);
        return udp is { } overUdp ? (overUdp, IpProtocol.Udp) : null;
    }

    private uint? NamedProtocol(string name, FilterProtocol carrier)
    {
        switch (carrier)
        {
            case FilterProtocol.Default or FilterProtocol.Ip or FilterProtocol.Ip6:
                if (options.Names?.Protocol(name) is { } number)
                    return number;
                Unknown("protocol", name, NetworkNameKind.Protocol, "/etc/protocols");
                return null;
            case FilterProtocol.Link or FilterProtocol.Iso:
                var names = carrier == FilterProtocol.Link ? EtherProtocols : IsoProtocols;
                foreach (var (known, value) in names)
                {
                    if (known == name)
                        return value;
                }
                Fail(FilterBindId.UnknownName, $"'{FilterKeywords.NameOf(carrier)}' has no protocol '{name}'{Spelling.Suggestion(name, names.Select(entry => entry.Name))}",
                    $"one of {string.Join(", ", names.Select(entry => entry.Name))}, or a number");
                return null;
            default:
                Fail(FilterBindId.UnknownName, $"'{FilterKeywords.NameOf(carrier)}' knows no protocols by name", "write a number");
                return null;
        }
    }
}
