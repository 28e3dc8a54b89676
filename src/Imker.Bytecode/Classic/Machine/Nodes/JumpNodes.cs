namespace Imker.Bytecode.Classic;

internal sealed class JumpEqualNode(uint k, MachineNode yes, MachineNode no) : MachineNode
{
    internal override uint Run(ReadOnlySpan<byte> packet, uint a, uint x, uint length) =>
        a == k ? yes.Run(packet, a, x, length) : no.Run(packet, a, x, length);
}

internal sealed class JumpGreaterNode(uint k, MachineNode yes, MachineNode no) : MachineNode
{
    internal override uint Run(ReadOnlySpan<byte> packet, uint a, uint x, uint length) =>
        a > k ? yes.Run(packet, a, x, length) : no.Run(packet, a, x, length);
}

internal sealed class JumpGreaterOrEqualNode(uint k, MachineNode yes, MachineNode no) : MachineNode
{
    internal override uint Run(ReadOnlySpan<byte> packet, uint a, uint x, uint length) =>
        a >= k ? yes.Run(packet, a, x, length) : no.Run(packet, a, x, length);
}

internal sealed class JumpSetNode(uint k, MachineNode yes, MachineNode no) : MachineNode
{
    internal override uint Run(ReadOnlySpan<byte> packet, uint a, uint x, uint length) =>
        (a & k) != 0 ? yes.Run(packet, a, x, length) : no.Run(packet, a, x, length);
}

/// <summary>A jump on both registers, of which filters seldom have any.</summary>
internal sealed class JumpIndexNode(MachineOperation operation, MachineNode yes, MachineNode no) : MachineNode
{
    internal override uint Run(ReadOnlySpan<byte> packet, uint a, uint x, uint length)
    {
        bool holds = operation switch
        {
            MachineOperation.JumpEqualIndex => a == x,
            MachineOperation.JumpGreaterIndex => a > x,
            MachineOperation.JumpGreaterOrEqualIndex => a >= x,
            _ => (a & x) != 0,
        };
        return holds ? yes.Run(packet, a, x, length) : no.Run(packet, a, x, length);
    }
}

internal sealed class ReturnNode(uint k) : MachineNode
{
    internal override uint Run(ReadOnlySpan<byte> packet, uint a, uint x, uint length) => k;
}

internal sealed class ReturnAccumulatorNode : MachineNode
{
    internal override uint Run(ReadOnlySpan<byte> packet, uint a, uint x, uint length) => a;
}
