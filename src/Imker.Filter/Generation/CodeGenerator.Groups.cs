using Imker.Bytecode.Classic;
using Imker.Filter.Protocols;
using Imker.Filter.Syntax;

namespace Imker.Filter.Generation;

internal sealed partial class CodeGenerator
{
    private const byte ArcnetBroadcast = 0;
    private const uint FirstMulticastByte = 224, Ip6MulticastByte = 255;

    private Condition Broadcast(FilterProtocol protocol)
    {
        switch (protocol)
        {
            case FilterProtocol.Default or FilterProtocol.Link:
                return link == LinkType.Arcnet || link == LinkType.ArcnetLinux
                    ? ArcnetHost(ArcnetBroadcast, FilterDirection.Destination)
                    : LinkHost(EtherAddress.Broadcast, FilterDirection.Destination);
            case FilterProtocol.Ip:
                return Ip4Broadcast();
            default:
                return Fail(FilterBindId.BadQualifier, $"'{FilterKeywords.NameOf(protocol)}' has no broadcasts", "broadcast, ether broadcast, ip broadcast");
        }
    }

    // All zeros and all ones behind the network's mask.
    private Condition Ip4Broadcast()
    {
        if (options.Netmask is not { } netmask)
            return Fail(FilterBindId.NotHere, "'ip broadcast' needs the mask of the network, which is not known here");
        Condition ip = LinkProtocol(EtherType.Ip4);
        Condition zeros = Masked(OffsetBase.Network, 16, LoadSize.Word, 0, ~netmask);
        return Condition.And(ip, Condition.Or(zeros, Masked(OffsetBase.Network, 16, LoadSize.Word, ~netmask, ~netmask)));
    }

    private Condition Multicast(FilterProtocol protocol)
    {
        switch (protocol)
        {
            case FilterProtocol.Default or FilterProtocol.Link:
                return LinkMulticast();
            case FilterProtocol.Ip:
                Condition ip = LinkProtocol(EtherType.Ip4);
                return Condition.And(ip, Compare(OffsetBase.Network, 16, LoadSize.Byte, uint.MaxValue, ClassicOpcode.JumpGreaterOrEqual, FirstMulticastByte));
            case FilterProtocol.Ip6:
                Condition ip6 = LinkProtocol(EtherType.Ip6);
                return Condition.And(ip6, Equal(OffsetBase.Network, 24, LoadSize.Byte, Ip6MulticastByte));
            default:
                return Fail(FilterBindId.BadQualifier, $"'{FilterKeywords.NameOf(protocol)}' has no multicasts", "multicast, ether multicast, ip multicast, ip6 multicast");
        }
    }

    // The low bit of the first byte of the destination.
    private Condition LinkMulticast()
    {
        switch (link.Name)
        {
            case "ARCNET" or "ARCNET_LINUX":
                return ArcnetHost(ArcnetBroadcast, FilterDirection.Destination);
            case "EN10MB" or "NETANALYZER" or "NETANALYZER_TRANSPARENT":
                Condition? check = OuterHeaderCheck();
                return Both(check, GroupBitAt(0));
            case "FDDI":
                return GroupBitAt(1);
            case "IEEE802" or "IP_OVER_FC":
                return GroupBitAt(2);
            case var _ when IsWlan(link):
                return WlanDestination(GroupBitAt);
            default:
                return NotForLink("'multicast'", LinkLayersWithAddresses);
        }
    }

    private Condition GroupBitAt(uint offset) => HasBits(OffsetBase.LinkHeader, offset, 1);
}
