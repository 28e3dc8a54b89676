using Imker.Bytecode.Classic;
using Imker.Filter.Protocols;
using Imker.Filter.Syntax;

namespace Imker.Filter.Generation;

internal sealed partial class CodeGenerator
{
    private const ushort GenevePort = 6081, VxlanPort = 4789;
    private const uint UdpHeaderLength = 8, TunnelHeaderLength = 8, MaxNetworkId = 0xff_ffff;

    // The version of Geneve must be 0; the flag of VXLAN that says that there is a network id must be set (RFC 8926, RFC 7348).
    private const uint GeneveVersionMask = 0xc0, VxlanIdFlag = 0x08;

    private Condition Geneve(uint? network)
    {
        Condition geneve = Tunnel(network, GenevePort, 0, GeneveVersionMask);
        if (hasFailed)
            return geneve;
        Condition entered = EnterTunnel(geneve, BehindGeneve());
        isInTunnel = true;
        return entered;
    }

    private Condition Vxlan(uint? network)
    {
        Condition vxlan = Tunnel(network, VxlanPort, VxlanIdFlag, VxlanIdFlag);
        if (hasFailed)
            return vxlan;
        return EnterTunnel(vxlan, BehindVxlan());
    }

    // Computes the new offsets when the packet is of the tunnel.
    private Condition EnterTunnel(Condition isTunnelled, StatementList offsets)
    {
        Condition always = Always();
        always.Head.Statements.InsertRange(0, offsets);
        return Condition.And(isTunnelled, always);
    }

    /// <summary>UDP to a port, the first byte of the header, and the network id in it. Leaves the offset of the UDP header from the constant part of the payload in A.</summary>
    private Condition Tunnel(uint? network, ushort port, uint firstByte, uint firstByteMask)
    {
        if (network > MaxNetworkId)
            return FailAtNumber($"{network} is no network of a tunnel: the largest is {MaxNetworkId}");
        Condition over4 = Over(OffsetBase.TransportOverIp4);
        over4 = AndThen(over4, LoadHeaderLengthIntoX().Then(ClassicOpcode.AccumulatorFromIndex));
        Condition over6 = Over(OffsetBase.TransportOverIp6);
        StatementList length = LoadVariablePartIntoX(ref linkPayload) is { } variable
            ? variable.Then(ClassicOpcode.LoadImmediate, Ip6HeaderLength).Then(ClassicOpcode.AddX)
            : new StatementList(ClassicOpcode.LoadImmediate, Ip6HeaderLength);
        over6 = AndThen(over6, length.Then(ClassicOpcode.IndexFromAccumulator));
        return Condition.Or(over4, over6);

        Condition Over(OffsetBase transport)
        {
            Condition header = Condition.And(TunnelPort(port, transport), Masked(transport, UdpHeaderLength, LoadSize.Byte, firstByte, firstByteMask));
            return network is { } wanted ? Condition.And(header, Masked(transport, UdpHeaderLength + 4, LoadSize.Word, wanted << 8, MaxNetworkId << 8)) : header;
        }

        // A and X are equal, so the block is always left on one side.
        Condition AndThen(Condition condition, StatementList code) => Condition.And(condition, Test(code, ClassicOpcode.JumpEqualX, 0));
    }

    private Condition TunnelPort(ushort port, OffsetBase transport)
    {
        bool isIp6 = transport == OffsetBase.TransportOverIp6;
        Condition carried = LinkProtocol(isIp6 ? EtherType.Ip6 : EtherType.Ip4);
        Condition header = Equal(OffsetBase.Network, isIp6 ? 6u : 9u, LoadSize.Byte, IpProtocol.Udp);
        if (!isIp6)
            header = Condition.And(header, IsFirstFragment());
        return Condition.And(carried, Condition.And(header, Equal(transport, 2, LoadSize.Half, port)));
    }

    /// <summary>
    /// The header of Geneve has options, and behind it stands an Ethernet frame or a network packet; its type tells. Three offsets are computed:
    /// of the type, of the link-layer header, and of the network header, which is the same as the second when there is no Ethernet header.
    /// </summary>
    private StatementList BehindGeneve()
    {
        StatementList code = new StatementList(ClassicOpcode.Add, linkPayload.Constant + networkOffset + UdpHeaderLength)
            .Then(ClassicOpcode.IndexFromAccumulator)
            .Then(ClassicOpcode.Add, 2);
        linkTypeField = new AbsoluteOffset(0, true, TakeCell());
        code.Then(ClassicOpcode.Store, (uint)linkTypeField.Cell)
            .Then(ClassicOpcode.LoadIndirectByte)
            .Then(ClassicOpcode.And, 0x3f)
            .Then(ClassicOpcode.Mul, 4)
            .Then(ClassicOpcode.Add, TunnelHeaderLength)
            .Then(ClassicOpcode.AddX);
        PushLinkHeader(LinkType.Ethernet, new AbsoluteOffset(0, true, TakeCell()));
        code.Then(ClassicOpcode.Store, (uint)linkHeader.Cell);
        isOptimizable = false;
        code.Then(ClassicOpcode.LoadIndirectHalf, 2).Then(ClassicOpcode.LoadIndexCell, (uint)linkHeader.Cell);
        FilterStatement isEthernet = code.Append(ClassicOpcode.JumpEqual, EtherType.TransparentBridging);
        isEthernet.JumpTrue = code.Append(ClassicOpcode.AccumulatorFromIndex);
        code.Then(ClassicOpcode.Add, EtherTypeOffset)
            .Then(ClassicOpcode.Store, (uint)linkTypeField.Cell)
            .Then(ClassicOpcode.Add, EtherHeaderLength - EtherTypeOffset)
            .Then(ClassicOpcode.IndexFromAccumulator);
        linkPayload = new AbsoluteOffset(0, true, TakeCell());
        isEthernet.JumpFalse = code.Append(ClassicOpcode.StoreIndex, (uint)linkPayload.Cell);
        networkOffset = 0;
        return code;
    }

    // Behind VXLAN there is always an Ethernet frame.
    private StatementList BehindVxlan()
    {
        StatementList code = new(ClassicOpcode.Add, linkPayload.Constant + networkOffset + UdpHeaderLength + TunnelHeaderLength);
        PushLinkHeader(LinkType.Ethernet, new AbsoluteOffset(0, true, TakeCell()));
        code.Then(ClassicOpcode.Store, (uint)linkHeader.Cell).Then(ClassicOpcode.Add, EtherTypeOffset);
        linkTypeField = new AbsoluteOffset(0, true, TakeCell());
        code.Then(ClassicOpcode.Store, (uint)linkTypeField.Cell).Then(ClassicOpcode.Add, EtherHeaderLength - EtherTypeOffset);
        linkPayload = new AbsoluteOffset(0, true, TakeCell());
        code.Then(ClassicOpcode.Store, (uint)linkPayload.Cell);
        networkOffset = 0;
        return code;
    }

    private Condition HasTunnelledLinkHeader() => Test(
        new StatementList(ClassicOpcode.LoadCell, (uint)linkHeader.Cell).Then(ClassicOpcode.LoadIndexCell, (uint)linkPayload.Cell),
        ClassicOpcode.JumpEqualX, 0).Not();
}
