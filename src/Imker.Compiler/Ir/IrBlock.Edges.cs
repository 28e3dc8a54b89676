using Imker.Diagnostics;

namespace Imker.Compiler.Ir;

// Changes of the graph that keep predecessors, and the phi operands that stand in their order, in step. An edge is named by
// the block that it leaves and its index among that block's targets: a branch may have two edges to the same block.
public sealed partial class IrBlock
{
    /// <summary>The place of an edge among the predecessors, and phi operands, of the block that it goes to.</summary>
    public int PredecessorIndex(int edge)
    {
        IrBlock target = Successors[edge];
        int index = target.Predecessors.IndexOf(this);
        for (int earlier = 0; earlier < edge; earlier++)
        {
            if (Successors[earlier] == target)
                index = target.Predecessors.IndexOf(this, index + 1);
        }
        return index;
    }

    /// <summary>Leads an edge to another block.</summary>
    /// <param name="edge">The index of the target.</param>
    /// <param name="target">Where it goes now.</param>
    /// <param name="phiOperands">What each phi of the new target gets by this edge, in the phis' order.</param>
    public void Redirect(int edge, IrBlock target, IReadOnlyList<IrValue> phiOperands)
    {
        Successors[edge].RemoveIncoming(PredecessorIndex(edge));
        IrBlock[] targets = [.. Successors];
        targets[edge] = target;
        int later = Enumerable.Range(edge + 1, targets.Length - edge - 1).FirstOrDefault(i => targets[i] == target, -1);
        int place = later < 0 ? target.Predecessors.Count : target.Predecessors.IndexOf(this);
        target.Predecessors.Insert(place, this);
        for (int i = 0; i < target.Phis.Count; i++)
            target.Phis[i].SetOperands([.. target.Phis[i].Operands[..place], phiOperands[i], .. target.Phis[i].Operands[place..]]);
        Replace(Terminator!.WithTargets(targets));
    }

    /// <summary>Ends the block with a jump along one of its edges; the others are gone.</summary>
    public void KeepOnly(int edge)
    {
        IrBlock target = Successors[edge];
        SourceSpan span = Terminator!.Span;
        for (int other = Successors.Count - 1; other >= 0; other--)
        {
            if (other != edge)
                Successors[other].RemoveIncoming(PredecessorIndex(other));
        }
        Replace(new JumpInstruction(target) { Span = span });
    }

    /// <summary>Takes the block's edges away, before it is thrown away itself.</summary>
    public void RemoveOutgoing()
    {
        for (int edge = Successors.Count - 1; edge >= 0; edge--)
            Successors[edge].RemoveIncoming(PredecessorIndex(edge));
        Terminator = null;
    }

    /// <summary>Appends the only successor, whose only predecessor this is and which has no phis; that block is left empty.</summary>
    public void Absorb(IrBlock next)
    {
        foreach (IrInstruction instruction in next.Instructions)
            Add(instruction);
        next.Instructions.Clear();
        MoveTerminator(next, this);
    }

    /// <summary>Cuts the block: the instructions from an index on, and the end, go to a new block, to which this one jumps.</summary>
    public IrBlock SplitAt(int index, string name)
    {
        IrBlock rest = Function.NewBlock(name);
        for (int i = index; i < Instructions.Count; i++)
            rest.Add(Instructions[i]);
        Instructions.RemoveRange(index, Instructions.Count - index);
        MoveTerminator(this, rest);
        SetTerminator(new JumpInstruction(rest) { Span = rest.Terminator!.Span });
        return rest;
    }

    private static void MoveTerminator(IrBlock from, IrBlock to)
    {
        TerminatorInstruction terminator = from.Terminator!;
        foreach (IrBlock target in terminator.Targets.Distinct())
        {
            for (int i = 0; i < target.Predecessors.Count; i++)
            {
                if (target.Predecessors[i] == from)
                    target.Predecessors[i] = to;
            }
        }
        from.Terminator = null;
        to.Replace(terminator);
    }

    /// <summary>Gives the block another end with the same targets, none of them twice.</summary>
    public void ReplaceTerminator(TerminatorInstruction terminator)
    {
        if (!terminator.Targets.ToHashSet().SetEquals(Successors) || terminator.Targets.Count != Successors.Count)
            throw new ArgumentException($"The new end of block {this} goes elsewhere.", nameof(terminator));
        Replace(terminator);
    }

    private void Replace(TerminatorInstruction terminator)
    {
        terminator.Block = this;
        Terminator = terminator;
    }

    private void RemoveIncoming(int index)
    {
        Predecessors.RemoveAt(index);
        foreach (PhiInstruction phi in Phis)
            phi.SetOperands([.. phi.Operands[..index], .. phi.Operands[(index + 1)..]]);
    }
}
