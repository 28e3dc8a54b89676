using Imker.Bytecode.Classic;
using Imker.Filter.Protocols;

namespace Imker.Filter.Generation;

internal sealed partial class CodeGenerator
{
    private const uint VlanTagLength = 4, MaxVlan = 0x0fff;

    private Condition Vlan(uint? tag)
    {
        if (mplsDepth > 0)
            return Fail(FilterBindId.NotForLinkType, "there is no VLAN tag behind an MPLS label");
        if (tag > MaxVlan)
            return FailAtNumber($"{tag} is no VLAN: the largest is {MaxVlan}");
        if (!IsEthernet(link) && (!IsWlan(link) || link == LinkType.Ppi))
            return NotForLink("'vlan'");
        bool isOutermost = vlanDepth++ == 0 && IsEthernet(link) && !linkHeader.IsVariable && linkHeader.Constant == outermostLinkHeader.Constant;
        return isOutermost && options.Source == PacketSource.Live ? VlanOfLivePacket(tag) : VlanInPacket(tag);
    }

    private Condition VlanInPacket(uint? tag)
    {
        Condition isTagged = HasVlanType();
        if (tag is { } wanted)
            isTagged = Condition.And(isTagged, HasVlanTag(wanted));
        linkPayload.Constant += VlanTagLength;
        linkTypeField.Constant += VlanTagLength;
        return isTagged;
    }

    private Condition HasVlanType()
    {
        Condition vlan = LinkProtocol(EtherType.Vlan);
        Condition service = Condition.Or(vlan, LinkProtocol(EtherType.ServiceVlan));
        return Condition.Or(service, LinkProtocol(EtherType.Vlan9100));
    }

    private Condition HasVlanTag(uint tag) => Masked(OffsetBase.Network, 0, LoadSize.Half, tag, MaxVlan);

    /// <summary>
    /// The kernel may have taken the tag out of the packet, and then knows it; or it stands in the packet still, which moves what follows. Which
    /// it is shows only at run time, so the shift is kept in cells. All is asked before those are changed.
    /// </summary>
    private Condition VlanOfLivePacket(uint? tag)
    {
        Condition isTakenOut = Test(new StatementList(ClassicOpcode.LoadAbsoluteByte, VlanTagPresent), ClassicOpcode.JumpEqual, 1);
        Condition isInPacket = HasVlanType();
        Condition? hasTag = tag is { } wanted ? HasVlanTag(wanted) : null;
        hasVlanShift = true;
        isInPacket.Head.Statements.InsertRange(0, Shift(ref linkPayload).Then(Shift(ref linkTypeField)));
        Condition isTagged = Condition.Or(isTakenOut, isInPacket);
        if (hasTag is null)
            return isTagged;
        LoadTagOfKernel(hasTag.Head);
        return Condition.And(isTagged, hasTag);
    }

    private StatementList Shift(ref AbsoluteOffset offset)
    {
        offset.IsVariable = true;
        if (offset.Cell < 0)
            offset.Cell = TakeCell();
        return new StatementList(ClassicOpcode.LoadCell, (uint)offset.Cell)
            .Then(ClassicOpcode.Add, VlanTagLength)
            .Then(ClassicOpcode.Store, (uint)offset.Cell);
    }

    // In place of the load from the packet, before the mask.
    private static void LoadTagOfKernel(FilterBlock block)
    {
        var code = new StatementList(ClassicOpcode.LoadAbsoluteByte, VlanTagPresent);
        FilterStatement isTakenOut = code.Append(ClassicOpcode.JumpEqual, 1);
        isTakenOut.JumpTrue = code.Append(ClassicOpcode.LoadAbsoluteByte, VlanTag);
        isTakenOut.JumpFalse = block.Statements[0];
        code.Append(ClassicOpcode.Jump, (uint)block.Statements.Count - 1).JumpAlways = block.Statements[^1];
        block.Statements.InsertRange(0, code);
    }
}
