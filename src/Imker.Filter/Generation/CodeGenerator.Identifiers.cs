using Imker.Filter.Protocols;
using Imker.Filter.Syntax;

namespace Imker.Filter.Generation;

internal sealed partial class CodeGenerator
{
    private const uint MaxPort = ushort.MaxValue;

    private Condition Identifier(IdentifierSyntax identifier) => identifier switch
    {
        NameSyntax name => Named(name),
        NumberIdentifierSyntax number => Numbered(number),
        Ip4Syntax address => Ip4(address),
        Ip4PrefixSyntax prefix => Ip4Network(prefix.Address, prefix.Length <= 32 ? Ip4Text.Mask((int)prefix.Length) : null, prefix.Qualifiers, prefix.Span.Text.ToString()),
        Ip4MaskSyntax mask => Ip4Network(mask.Address, Ip4Text.TryParse(mask.Mask, out uint bits, out _) ? bits : null, mask.Qualifiers, mask.Span.Text.ToString()),
        Ip6Syntax address => Ip6(address),
        EtherSyntax { Qualifiers: { Protocol: FilterProtocol.Link, AddressType: FilterAddressType.Default or FilterAddressType.Host } } ether =>
            LinkHost(ether.Address, ether.Qualifiers.Direction),
        EtherSyntax => Fail(FilterBindId.BadQualifier, "a MAC address is a host of the link layer", "ether host 00:11:22:33:44:55"),
        ArcnetSyntax arcnet => ArcnetHost(arcnet.Address, arcnet.Qualifiers),
        _ => throw new InvalidOperationException($"A filter holds no {identifier.GetType().Name}."),
    };

    private Condition Numbered(NumberIdentifierSyntax number)
    {
        FilterQualifiers qualifiers = number.Qualifiers;
        switch (qualifiers.AddressType)
        {
            case FilterAddressType.Port or FilterAddressType.PortRange:
                if (!TryTransport(qualifiers, out uint? transport))
                    return BadPortQualifier(qualifiers);
                return number.Number <= MaxPort
                    ? Ports((ushort)number.Number, (ushort)number.Number, transport, qualifiers.Direction, qualifiers.AddressType == FilterAddressType.PortRange)
                    : Fail(FilterBindId.OutOfRange, $"{number.Number} is no port: the largest is {MaxPort}");
            case FilterAddressType.Gateway:
                return Fail(FilterBindId.BadQualifier, "'gateway' needs the name of a host", "ether host … and not host … takes addresses");
            case FilterAddressType.Protocol:
                return CarriedProtocol(number.Number, qualifiers.Protocol);
            case FilterAddressType.ProtocolChain:
                return ProtocolChain(number.Number, qualifiers.Protocol);
            default:
                return NumberedHost(number.Number, qualifiers);
        }
    }

    private Condition NumberedHost(uint number, FilterQualifiers qualifiers)
    {
        if (qualifiers.Protocol == FilterProtocol.Link)
            return Fail(FilterBindId.BadAddress, $"{number} is no address of the link layer", "ether host 00:11:22:33:44:55");
        uint mask = uint.MaxValue;
        if (qualifiers is { AddressType: FilterAddressType.Net, Protocol: not FilterProtocol.Decnet })
            (number, mask) = Ip4Text.Justify(number);
        return Host(number, mask, qualifiers);
    }

    private Condition Ip4(Ip4Syntax syntax)
    {
        FilterQualifiers qualifiers = syntax.Qualifiers;
        if (qualifiers.AddressType is FilterAddressType.Port or FilterAddressType.PortRange or FilterAddressType.Protocol or FilterAddressType.ProtocolChain)
            return Fail(FilterBindId.BadQualifier, $"{syntax.Address} is an address and no {(qualifiers.AddressType >= FilterAddressType.Protocol ? "protocol" : "port")}");
        if (qualifiers.AddressType == FilterAddressType.Gateway)
            return Fail(FilterBindId.BadQualifier, "'gateway' needs the name of a host", "ether host … and not host … takes addresses");
        if (qualifiers.Protocol == FilterProtocol.Link)
            return Fail(FilterBindId.BadAddress, $"{syntax.Address} is no address of the link layer", "ether host 00:11:22:33:44:55");
        if (qualifiers.Protocol == FilterProtocol.Decnet)
            return Ip4Text.TryParseDecnet(syntax.Address, out uint node)
                ? DecnetHost(node, qualifiers.Direction)
                : Fail(FilterBindId.BadAddress, $"{syntax.Address} is no DECnet address", "a DECnet address is an area and a node: 10.123");
        if (!Ip4Text.TryParse(syntax.Address, out uint address, out int bits))
            return BadIp4Address(syntax.Address);
        return Host(address, Ip4Text.Mask(bits), qualifiers);
    }

    private Condition Ip4Network(string text, uint? mask, FilterQualifiers qualifiers, string written)
    {
        if (qualifiers.AddressType != FilterAddressType.Net)
            return Fail(FilterBindId.BadQualifier, $"{written} is a network", $"net {written}");
        if (!Ip4Text.TryParse(text, out uint address, out _))
            return BadIp4Address(text);
        if (mask is not { } bits)
            return Fail(FilterBindId.BadAddress, $"{written} has no mask of at most 32 bits");
        if ((address & ~bits) != 0)
            return Fail(FilterBindId.BadAddress, $"{written} is no network: bits are set that its mask leaves out", $"net {Ip4Text.Print(address & bits)}, or host {text}");
        return Host(address, bits, qualifiers);
    }

    private Condition BadIp4Address(string text) =>
        Fail(FilterBindId.BadAddress, $"{text} is no IPv4 address", "the numbers of an IPv4 address are decimal and at most 255");

    private Condition Ip6(Ip6Syntax syntax)
    {
        bool isHost = syntax.Qualifiers.AddressType is FilterAddressType.Default or FilterAddressType.Host;
        if (!isHost && syntax.Qualifiers.AddressType != FilterAddressType.Net)
            return Fail(FilterBindId.BadQualifier, $"{syntax.Span.Text} is an IPv6 address", $"host {syntax.Span.Text}");
        if (syntax.Length > Ip6Address.Bits)
            return Fail(FilterBindId.BadAddress, $"the prefix of an IPv6 network has at most {Ip6Address.Bits} bits");
        Ip6Address mask = Ip6Address.Mask((int)syntax.Length);
        if (!syntax.Address.IsNetworkOf(mask))
            return Fail(FilterBindId.BadAddress, $"{syntax.Span.Text} is no network: bits are set behind its prefix");
        if (isHost && syntax.Length != Ip6Address.Bits)
            return Fail(FilterBindId.BadQualifier, $"{syntax.Span.Text} is a network", $"net {syntax.Span.Text}");
        return Ip6Host(syntax.Address, mask, syntax.Qualifiers);
    }

    // The transport protocol of port qualifiers; null for any.
    private static bool TryTransport(FilterQualifiers qualifiers, out uint? protocol)
    {
        protocol = qualifiers.Protocol switch
        {
            FilterProtocol.Tcp => IpProtocol.Tcp,
            FilterProtocol.Udp => IpProtocol.Udp,
            FilterProtocol.Sctp => IpProtocol.Sctp,
            _ => null,
        };
        return protocol is not null || qualifiers.Protocol == FilterProtocol.Default;
    }

    private Condition BadPortQualifier(FilterQualifiers qualifiers) =>
        Fail(FilterBindId.BadQualifier, $"'{FilterKeywords.NameOf(qualifiers.Protocol)}' has no ports", "tcp, udp and sctp have");
}
