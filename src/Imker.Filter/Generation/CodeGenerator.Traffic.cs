using System.Text;
using Imker.Bytecode.Classic;
using Imker.Filter.Syntax;

namespace Imker.Filter.Generation;

internal sealed partial class CodeGenerator
{
    // What Linux knows of a packet is loaded from offsets that no packet has (SKF_AD_OFF of linux/filter.h).
    private const uint AncillaryBase = unchecked((uint)-0x1000);
    private const uint PacketType = AncillaryBase + 4, InterfaceIndexField = AncillaryBase + 8, VlanTag = AncillaryBase + 44, VlanTagPresent = AncillaryBase + 48;

    // PACKET_OUTGOING of linux/if_packet.h; cooked headers have it too.
    private const uint OutgoingPacket = 4;

    private const uint FirewallNameLength = 16;

    private Condition ByteTest(ByteTestSyntax test)
    {
        switch (test.Operation)
        {
            case FilterTokenKind.Equal:
                return Equal(OffsetBase.LinkHeader, test.Offset, LoadSize.Byte, test.Value);
            case FilterTokenKind.LessThan:
                return Compare(OffsetBase.LinkHeader, test.Offset, LoadSize.Byte, uint.MaxValue, ClassicOpcode.JumpGreaterOrEqual, test.Value).Not();
            case FilterTokenKind.GreaterThan:
                return Greater(OffsetBase.LinkHeader, test.Offset, LoadSize.Byte, test.Value);
            default:
                StatementList code = Load(OffsetBase.LinkHeader, test.Offset, LoadSize.Byte)
                    .Then(test.Operation == FilterTokenKind.Bar ? ClassicOpcode.Or : ClassicOpcode.And, test.Value);
                return Test(code, ClassicOpcode.JumpEqual, 0).Not();
        }
    }

    private Condition InterfaceIndex(uint index)
    {
        if (link == LinkType.LinuxSll2)
            return Equal(OffsetBase.LinkHeader, 4, LoadSize.Word, index);
        return options.Source == PacketSource.File
            ? NotInFiles("ifindex")
            : Equal(OffsetBase.LinkHeader, InterfaceIndexField, LoadSize.Word, index);
    }

    private Condition NotInFiles(string word) => Fail(FilterBindId.NotHere,
        $"'{word}' cannot be asked of packets of a capture file of the link-layer type {link.Name} ({link.Description}), which do not tell it");

    private Condition TrafficDirection(bool isOutbound)
    {
        switch (link.Name)
        {
            case "SLIP":
                return SlipDirection(isOutbound);
            case "IPNET":
                return Equal(OffsetBase.LinkHeader, 2, LoadSize.Half, isOutbound ? 1u : 2u);
            case "LINUX_SLL":
                return Unless(!isOutbound, Equal(OffsetBase.LinkHeader, 0, LoadSize.Half, OutgoingPacket));
            case "LINUX_SLL2":
                return Unless(!isOutbound, Equal(OffsetBase.LinkHeader, 10, LoadSize.Byte, OutgoingPacket));
            case "PFLOG":
                return Equal(OffsetBase.LinkHeader, 60, LoadSize.Byte, isOutbound ? 2u : 1u);
            case "PPP_PPPD":
                return Equal(OffsetBase.LinkHeader, 0, LoadSize.Byte, isOutbound ? 1u : 0u);
            case var _ when IsJuniper(link):
                return Masked(OffsetBase.LinkHeader, 3, LoadSize.Byte, isOutbound ? 0u : 1u, 0x01);
            default:
                return options.Source == PacketSource.File
                    ? NotInFiles(isOutbound ? "outbound" : "inbound")
                    : Unless(!isOutbound, Equal(OffsetBase.LinkHeader, PacketType, LoadSize.Half, OutgoingPacket));
        }
    }

    private static Condition Unless(bool isNegated, Condition condition) => isNegated ? condition.Not() : condition;

    // The first byte is 0 in packets that came in. libpcap computes it as a relation, whose right side comes first.
    private Condition SlipDirection(bool isOutbound)
    {
        var firstByte = new PacketBytesSyntax(current!.Span, FilterProtocol.Link, new NumberSyntax(current.Span, 0), 1);
        Number zero = Constant(0);
        return Relation(Compute(firstByte), isOutbound ? Comparison.NotEqual : Comparison.Equal, zero);
    }

    private Condition FirewallName(FirewallNameSyntax syntax)
    {
        if (link != LinkType.Pflog)
            return NotForLink("what a firewall logs");
        byte[] name = Encoding.UTF8.GetBytes(syntax.Name);
        bool isInterface = syntax.Field == FirewallField.Interface;
        return name.Length < FirewallNameLength
            ? EqualBytes(OffsetBase.LinkHeader, isInterface ? 4u : 20u, name)
            : Fail(FilterBindId.OutOfRange, $"the name of {(isInterface ? "an interface" : "a rule set")} has at most {FirewallNameLength - 1} characters");
    }

    private Condition FirewallNumber(FirewallNumberSyntax syntax)
    {
        if (link != LinkType.Pflog)
            return NotForLink("what a firewall logs");
        return syntax.Field switch
        {
            FirewallField.RuleNumber => Equal(OffsetBase.LinkHeader, 36, LoadSize.Word, syntax.Number),
            FirewallField.SubRuleNumber => Equal(OffsetBase.LinkHeader, 40, LoadSize.Word, syntax.Number),
            FirewallField.Reason => Equal(OffsetBase.LinkHeader, 3, LoadSize.Byte, syntax.Number),
            _ => Equal(OffsetBase.LinkHeader, 2, LoadSize.Byte, syntax.Number),
        };
    }
}
