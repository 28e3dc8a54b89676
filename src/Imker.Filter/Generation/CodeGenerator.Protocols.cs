using Imker.Filter.Protocols;
using Imker.Filter.Syntax;

namespace Imker.Filter.Generation;

internal sealed partial class CodeGenerator
{
    /// <summary>A protocol word alone.</summary>
    private Condition ProtocolAlone(FilterProtocol protocol) => protocol switch
    {
        FilterProtocol.Sctp => OverBothIps(IpProtocol.Sctp),
        FilterProtocol.Tcp => OverBothIps(IpProtocol.Tcp),
        FilterProtocol.Udp => OverBothIps(IpProtocol.Udp),
        FilterProtocol.Pim => OverBothIps(IpProtocol.Pim),
        FilterProtocol.Ah => OverBothIps(IpProtocol.Ah),
        FilterProtocol.Esp => OverBothIps(IpProtocol.Esp),
        FilterProtocol.Icmp => OverIp4(IpProtocol.Icmp),
        FilterProtocol.Igmp => OverIp4(IpProtocol.Igmp),
        FilterProtocol.Igrp => OverIp4(IpProtocol.Igrp),
        FilterProtocol.Vrrp or FilterProtocol.Carp => OverIp4(IpProtocol.Vrrp),
        FilterProtocol.Icmp6 => OverIp6(IpProtocol.Icmp6),
        FilterProtocol.Ip => LinkProtocol(EtherType.Ip4),
        FilterProtocol.Ip6 => LinkProtocol(EtherType.Ip6),
        FilterProtocol.Arp => LinkProtocol(EtherType.Arp),
        FilterProtocol.Rarp => LinkProtocol(EtherType.ReverseArp),
        FilterProtocol.AppleTalk => LinkProtocol(EtherType.AppleTalk),
        FilterProtocol.Aarp => LinkProtocol(EtherType.Aarp),
        FilterProtocol.Decnet => LinkProtocol(EtherType.Decnet),
        FilterProtocol.Sca => LinkProtocol(EtherType.Sca),
        FilterProtocol.Lat => LinkProtocol(EtherType.Lat),
        FilterProtocol.Mopdl => LinkProtocol(EtherType.MopDl),
        FilterProtocol.Moprc => LinkProtocol(EtherType.MopRc),
        FilterProtocol.Iso => LinkProtocol(LlcAddress.Iso),
        FilterProtocol.Stp => LinkProtocol(LlcAddress.SpanningTree),
        FilterProtocol.Ipx => LinkProtocol(LlcAddress.Ipx),
        FilterProtocol.Netbeui => LinkProtocol(LlcAddress.Netbeui),
        FilterProtocol.Clnp => OverIso(IsoProtocol.Clnp),
        FilterProtocol.Esis => OverIso(IsoProtocol.Esis),
        FilterProtocol.Isis => OverIso(IsoProtocol.Isis),
        FilterProtocol.IsisL1 => AnyIsis(IsoProtocol.L1PartialSequence, IsoProtocol.L1CompleteSequence, IsoProtocol.L1LinkState, IsoProtocol.L1LanHello, IsoProtocol.PointToPointHello),
        FilterProtocol.IsisL2 => AnyIsis(IsoProtocol.L2PartialSequence, IsoProtocol.L2CompleteSequence, IsoProtocol.L2LinkState, IsoProtocol.L2LanHello, IsoProtocol.PointToPointHello),
        FilterProtocol.IsisIih => AnyIsis(IsoProtocol.PointToPointHello, IsoProtocol.L1LanHello, IsoProtocol.L2LanHello),
        FilterProtocol.IsisLsp => AnyIsis(IsoProtocol.L1LinkState, IsoProtocol.L2LinkState),
        FilterProtocol.IsisSnp => AnyIsis(IsoProtocol.L2PartialSequence, IsoProtocol.L1PartialSequence, IsoProtocol.L1CompleteSequence, IsoProtocol.L2CompleteSequence),
        FilterProtocol.IsisCsnp => AnyIsis(IsoProtocol.L1CompleteSequence, IsoProtocol.L2CompleteSequence),
        FilterProtocol.IsisPsnp => AnyIsis(IsoProtocol.L1PartialSequence, IsoProtocol.L2PartialSequence),
        _ => Fail(FilterBindId.BadQualifier, $"'{FilterKeywords.NameOf(protocol)}' alone is no condition", $"{FilterKeywords.NameOf(protocol)} host …, {FilterKeywords.NameOf(protocol)}[0] = …"),
    };

    private Condition AnyIsis(params ReadOnlySpan<uint> types)
    {
        Condition any = OverIsis(types[^1]);
        for (int i = types.Length - 2; i >= 0; i--)
            any = Condition.Or(OverIsis(types[i]), any);
        return any;
    }

    private Condition OverBothIps(uint protocol)
    {
        Condition ip4 = OverIp4(protocol);
        return Condition.Or(ip4, OverIp6(protocol));
    }

    /// <summary>A number in the header of a protocol that carries others.</summary>
    private Condition CarriedProtocol(uint number, FilterProtocol carrier)
    {
        switch (carrier)
        {
            case FilterProtocol.Default:
                return OverBothIps(number);
            case FilterProtocol.Link:
                return LinkProtocol(number);
            case FilterProtocol.Ip:
                return OverIp4(number);
            case FilterProtocol.Ip6:
                return OverIp6(number);
            case FilterProtocol.Iso:
                return OverIso(number);
            case FilterProtocol.Isis:
                return OverIsis(number);
            default:
                return Fail(FilterBindId.BadQualifier, $"'{FilterKeywords.NameOf(carrier)}' does not carry protocols", "ether proto, ip proto, ip6 proto, iso proto, isis proto");
        }
    }

    private Condition OverIp4(uint number)
    {
        Condition ip = LinkProtocol(EtherType.Ip4);
        return Condition.And(ip, Equal(OffsetBase.Network, 9, LoadSize.Byte, number));
    }

    // A fragment header may stand between.
    private Condition OverIp6(uint number)
    {
        Condition ip6 = LinkProtocol(EtherType.Ip6);
        Condition isFragment = Equal(OffsetBase.Network, 6, LoadSize.Byte, IpProtocol.Fragment);
        Condition behind = Condition.And(isFragment, Equal(OffsetBase.Network, Ip6HeaderLength, LoadSize.Byte, number));
        return Condition.And(ip6, Condition.Or(Equal(OffsetBase.Network, 6, LoadSize.Byte, number), behind));
    }

    private Condition OverIso(uint number)
    {
        if (link == LinkType.FrameRelay)
            return Equal(OffsetBase.LinkHeader, 2, LoadSize.Half, FrameRelayUnnumbered | number);
        // Cisco writes a type that looks as Ethernet's, and a byte more before the packet.
        if (link == LinkType.CiscoHdlc)
        {
            Condition cisco = LinkProtocol(LlcAddress.Iso << 8 | LlcAddress.Iso);
            return Condition.And(cisco, Equal(OffsetBase.NetworkWithoutSnap, 1, LoadSize.Byte, number));
        }
        Condition iso = LinkProtocol(LlcAddress.Iso);
        return Condition.And(iso, Equal(OffsetBase.NetworkWithoutSnap, 0, LoadSize.Byte, number));
    }

    private Condition OverIsis(uint type)
    {
        Condition isis = OverIso(IsoProtocol.Isis);
        return Condition.And(isis, Equal(OffsetBase.NetworkWithoutSnap, 4, LoadSize.Byte, type));
    }
}
