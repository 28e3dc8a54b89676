namespace Imker.Bytecode.Classic;

/// <summary>Makes nodes of steps.</summary>
internal static class MachineNodes
{
    /// <summary>
    /// The first step of a program as a node; null where it uses what nodes have not: scratch cells, what the kernel tells of a packet,
    /// jumps backward. Few filters do.
    /// </summary>
    internal static MachineNode? TryBuild(ClassicMachine machine, ReadOnlySpan<MachineStep> steps)
    {
        // Backward, since a step only leads to later ones.
        var nodes = new MachineNode?[steps.Length];
        for (int i = steps.Length - 1; i >= 0; i--)
            nodes[i] = TryBuild(machine, steps[i], i + 1 < nodes.Length ? nodes[i + 1] : null, NodeAt(nodes, i, steps[i].True), NodeAt(nodes, i, steps[i].False));
        return nodes[0];
    }

    private static MachineNode? NodeAt(MachineNode?[] nodes, int from, int index) => index > from && index < nodes.Length ? nodes[index] : null;

    private static MachineNode? TryBuild(ClassicMachine machine, in MachineStep step, MachineNode? next, MachineNode? yes, MachineNode? no)
    {
        switch (step.Operation)
        {
            case MachineOperation.Return:
                return new ReturnNode(step.K);
            case MachineOperation.ReturnAccumulator:
                return new ReturnAccumulatorNode();
            case MachineOperation.Jump:
                return yes;
        }
        if (yes is not null && no is not null)
            return TryBuildJump(machine, step, yes, no);
        return next is null ? null : TryBuildStep(machine, step, next);
    }

    private static MachineNode? TryBuildJump(ClassicMachine machine, in MachineStep step, MachineNode yes, MachineNode no) => step.Operation switch
    {
        MachineOperation.LoadWordJumpEqual => new LoadWordJumpEqualNode(step, yes, no),
        MachineOperation.LoadHalfJumpEqual => new LoadHalfJumpEqualNode(step, yes, no),
        MachineOperation.LoadByteJumpEqual => new LoadByteJumpEqualNode(step, yes, no),
        MachineOperation.LoadHalfJumpSet => new LoadHalfJumpSetNode(step, yes, no),
        MachineOperation.LoadByteJumpSet => new LoadByteJumpSetNode(step, yes, no),
        MachineOperation.LoadHalfIndirectJumpEqual => new LoadHalfIndirectJumpEqualNode(machine, step, yes, no),
        MachineOperation.JumpEqual => new JumpEqualNode(step.K, yes, no),
        MachineOperation.JumpGreater => new JumpGreaterNode(step.K, yes, no),
        MachineOperation.JumpGreaterOrEqual => new JumpGreaterOrEqualNode(step.K, yes, no),
        MachineOperation.JumpSet => new JumpSetNode(step.K, yes, no),
        MachineOperation.JumpEqualIndex or MachineOperation.JumpGreaterIndex or MachineOperation.JumpGreaterOrEqualIndex or MachineOperation.JumpSetIndex =>
            new JumpIndexNode(step.Operation, yes, no),
        _ => null,
    };

    private static MachineNode? TryBuildStep(ClassicMachine machine, in MachineStep step, MachineNode next) => step.Operation switch
    {
        MachineOperation.LoadWord => new LoadWordNode(step.Offset, next),
        MachineOperation.LoadHalf => new LoadHalfNode(step.Offset, next),
        MachineOperation.LoadByte => new LoadByteNode(step.Offset, next),
        MachineOperation.LoadWordIndirect => new LoadIndirectNode(machine, step.K, 4, next),
        MachineOperation.LoadHalfIndirect => new LoadIndirectNode(machine, step.K, 2, next),
        MachineOperation.LoadByteIndirect => new LoadIndirectNode(machine, step.K, 1, next),
        MachineOperation.LoadIndexHeaderLength => new LoadHeaderLengthNode(step.K, next),
        MachineOperation.LoadImmediate or MachineOperation.LoadLength or MachineOperation.LoadIndexImmediate or MachineOperation.LoadIndexLength
            or MachineOperation.IndexFromAccumulator or MachineOperation.AccumulatorFromIndex
            or (>= MachineOperation.Add and <= MachineOperation.Negate) => new RegisterNode(step.Operation, step.K, next),
        _ => null,
    };
}
