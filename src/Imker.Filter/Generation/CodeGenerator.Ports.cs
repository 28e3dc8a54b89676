using Imker.Bytecode.Classic;
using Imker.Filter.Protocols;
using Imker.Filter.Syntax;

namespace Imker.Filter.Generation;

internal sealed partial class CodeGenerator
{
    private const uint FragmentOffsetMask = 0x1fff;

    /// <summary>Ports from a first to a last, of one protocol or of TCP, UDP and SCTP.</summary>
    /// <param name="protocol">Null for any of the three.</param>
    /// <param name="isRange">Whether they were written as a range: a range of one is tested as such.</param>
    private Condition Ports(ushort first, ushort last, uint? protocol, FilterDirection direction, bool isRange)
    {
        if (IsWlanDirection(direction))
            return Fail(FilterBindId.BadQualifier, $"'{WordOf(direction)}' is a field for MAC addresses of IEEE 802.11, and no port");
        (first, last) = first <= last ? (first, last) : (last, first);
        Condition ip4 = Over(EtherType.Ip4);
        return Condition.Or(Over(EtherType.Ip6), ip4);

        Condition Over(uint network)
        {
            Condition carried = LinkProtocol(network);
            bool isIp6 = network == EtherType.Ip6;
            return Condition.And(carried, protocol is { } one ? OfProtocol(one, isIp6) : OfAnyProtocol(isIp6));
        }

        Condition OfAnyProtocol(bool isIp6)
        {
            Condition tcp = OfProtocol(IpProtocol.Tcp, isIp6);
            Condition udp = Condition.Or(tcp, OfProtocol(IpProtocol.Udp, isIp6));
            return Condition.Or(OfProtocol(IpProtocol.Sctp, isIp6), udp);
        }

        Condition OfProtocol(uint number, bool isIp6)
        {
            OffsetBase transport = isIp6 ? OffsetBase.TransportOverIp6 : OffsetBase.TransportOverIp4;
            Condition header = Equal(OffsetBase.Network, isIp6 ? 6u : 9u, LoadSize.Byte, number);
            if (!isIp6)
                header = Condition.And(header, IsFirstFragment());
            return Condition.And(header, InDirection(direction, isSource => Port(transport, isSource ? 0u : 2u)));
        }

        Condition Port(OffsetBase transport, uint offset)
        {
            if (!isRange)
                return Equal(transport, offset, LoadSize.Half, first);
            Condition atLeast = Compare(transport, offset, LoadSize.Half, uint.MaxValue, ClassicOpcode.JumpGreaterOrEqual, first);
            return Condition.And(atLeast, Greater(transport, offset, LoadSize.Half, last).Not());
        }
    }

    private Condition IsFirstFragment() => Test(Load(OffsetBase.Network, 6, LoadSize.Half), ClassicOpcode.JumpSet, FragmentOffsetMask).Not();
}
