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
            return Fail(FilterBindId.OutOfRange, $"{label} is no MPLS label: the largest is {MaxMplsLabel}");
        Condition isLabelled;
        // Behind a label comes another when the first has not the bit that ends the stack.
        if (mplsDepth > 0)
            isLabelled = Masked(OffsetBase.OuterMpls, 2, LoadSize.Byte, 0, 0x01);
        else if (link == LinkType.CiscoHdlc || IsEthernet(link))
            isLabelled = LinkProtocol(EtherType.Mpls);
        else if (link == LinkType.Ppp)
            isLabelled = LinkProtocol(PppProtocol.MplsUnicast);
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
        if (protocol is not (EtherType.Ip or EtherType.Ip6))
            return Fail(FilterBindId.NotForLinkType, "behind an MPLS label only IP can be asked for");
        Condition isLast = Masked(OffsetBase.Network, unchecked((uint)-2), LoadSize.Byte, 0x01, 0x01);
        return Condition.And(isLast, Masked(OffsetBase.Network, 0, LoadSize.Byte, protocol == EtherType.Ip ? 0x40u : 0x60, 0xf0));
    }

    private Condition PppoeSession(uint? session)
    {
        if (session > MaxPppoeSession)
            return Fail(FilterBindId.OutOfRange, $"{session} is no PPPoE session: the largest is {MaxPppoeSession}");
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
