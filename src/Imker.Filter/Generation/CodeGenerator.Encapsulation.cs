using Imker.Filter.Protocols;
using Imker.Filter.Syntax;

namespace Imker.Filter.Generation;

internal sealed partial class CodeGenerator
{
    private const uint MplsLabelLength = 4, MaxMplsLabel = 0xf_ffff, PppoeHeaderLength = 6, MaxPppoeSession = 0xffff;

    private Condition Encapsulation(EncapsulationSyntax syntax) => syntax.Kind switch
    {
        EncapsulationKind.Vlan => Vlan(syntax.Number),
        EncapsulationKind.Mpls => Mpls(syntax.Number),
        EncapsulationKind.PppoeDiscovery => LinkProtocol(EtherType.PppoeDiscovery),
        EncapsulationKind.PppoeSession => PppoeSession(syntax.Number),
        EncapsulationKind.Geneve => Geneve(syntax.Number),
        _ => Vxlan(syntax.Number),
    };

    /// <summary>Looks for a new link-layer header behind the present one.</summary>
    private void PushLinkHeader(LinkType inner, AbsoluteOffset header)
    {
        (outerLink, outerLinkHeader) = (link, linkHeader);
        (link, linkHeader) = (inner, header);
        isInTunnel = false;
    }

    private Condition Mpls(uint? label)
    {
        if (label > MaxMplsLabel)
            return FailAtNumber($"{label} is no MPLS label: the largest is {MaxMplsLabel}");
        Condition isLabelled;
        // Behind a label comes another when the first has not the bit that ends the stack.
        if (mplsDepth > 0)
            isLabelled = Masked(OffsetBase.OuterMpls, 2, LoadSize.Byte, 0, 0x01);
        else if (link == LinkType.CiscoHdlc || IsEthernet(link))
            isLabelled = LinkProtocol(EtherType.Mpls);
        else if (link == LinkType.Ppp)
            isLabelled = LinkProtocol(PppProtocol.Mpls);
        else
            return NotForLink("'mpls'");
        if (label is { } wanted)
            isLabelled = Condition.And(isLabelled, Masked(OffsetBase.Network, 0, LoadSize.Word, wanted << 12, 0xfffff000));
        networkOffsetWithoutSnap += MplsLabelLength;
        networkOffset += MplsLabelLength;
        mplsDepth++;
        return isLabelled;
    }

    // Labels do not tell what they carry: it is IP if it looks so behind the last.
    private Condition ProtocolUnderMpls(uint protocol)
    {
        if (protocol is not (EtherType.Ip4 or EtherType.Ip6))
            return Fail(FilterBindId.NotForLinkType, "behind an MPLS label only IP can be asked for");
        Condition isLast = Masked(OffsetBase.Network, unchecked((uint)-2), LoadSize.Byte, 0x01, 0x01);
        return Condition.And(isLast, Masked(OffsetBase.Network, 0, LoadSize.Byte, protocol == EtherType.Ip4 ? 0x40u : 0x60, 0xf0));
    }

    /// <summary>With a type that carries frames, what follows is asked of the Ethernet frame within.</summary>
    private Condition Batman(BatmanSyntax syntax)
    {
        Condition isBatman = LinkProtocol(EtherType.Batman);
        if (syntax.Version is not { } version)
            return isBatman;
        if (version > byte.MaxValue)
            return Fail(FilterBindId.OutOfRange, $"{version} is no version of batadv: the largest is {byte.MaxValue}");
        isBatman = Condition.And(isBatman, Equal(OffsetBase.Network, 1, LoadSize.Byte, version));
        if (syntax.Type is not { } type)
            return isBatman;
        if (version is not (14 or 15) || type > byte.MaxValue)
            return Fail(FilterBindId.OutOfRange, version is 14 or 15 ? $"{type} is no type of packet: the largest is {byte.MaxValue}" : $"the types of packets of batadv {version} are not known", "batadv 14 and batadv 15 have types");
        isBatman = Condition.And(isBatman, Equal(OffsetBase.Network, 0, LoadSize.Byte, type));
        if (BatmanHeaderLength(version, type) is { } length)
        {
            PushLinkHeader(LinkType.Ethernet, linkPayload with { Constant = linkPayload.Constant + networkOffset + length });
            linkTypeField = linkHeader with { Constant = linkHeader.Constant + EtherTypeOffset };
            linkPayload = linkHeader with { Constant = linkHeader.Constant + EtherHeaderLength };
            (networkOffset, networkOffsetWithoutSnap) = (0, 3);
        }
        return isBatman;
    }

    // What stands before the frame (linux/batadv_packet.h); null for types that carry none, or behind parts of any length.
    private static uint? BatmanHeaderLength(uint version, uint type) => (version, type) switch
    {
        (14, 0x03) or (15, 0x40) => 10,
        (14, 0x04) or (15, 0x01) => 14,
        (14, 0x06) or (15, 0x41) => 20,
        (14, 0x09) or (15, 0x42) => 18,
        (14, 0x0a) or (15, 0x02) => 46,
        _ => null,
    };

    private Condition PppoeSession(uint? session)
    {
        if (session > MaxPppoeSession)
            return FailAtNumber($"{session} is no PPPoE session: the largest is {MaxPppoeSession}");
        Condition isSession = LinkProtocol(EtherType.PppoeSession);
        if (session is { } wanted)
            isSession = Condition.And(isSession, Masked(OffsetBase.Network, 0, LoadSize.Word, wanted, MaxPppoeSession));
        PushLinkHeader(LinkType.Ppp, linkPayload with { Constant = linkPayload.Constant + networkOffset + PppoeHeaderLength });
        linkTypeField = linkHeader;
        linkPayload.Constant = linkHeader.Constant + 2;
        networkOffset = networkOffsetWithoutSnap = 0;
        return isSession;
    }
}
