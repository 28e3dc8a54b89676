using Imker.Compiler.Ir;

namespace Imker.Compiler.Passes;

/// <summary>
/// The lattice walk of sparse conditional constant propagation: a value is unknown until a way to it is found, then a constant,
/// then varying; each goes down at most twice.
/// </summary>
internal sealed class ConstantAnalysis
{
    // A value that is missing is unknown; null is varying.
    private readonly Dictionary<IrInstruction, IrConstant?> known;
    private readonly Dictionary<IrBlock, bool[]> reachedEdges;

    // Of each block's edges, the places among the predecessors of the blocks that they go to.
    private readonly Dictionary<IrBlock, int[]> places;
    private readonly HashSet<IrBlock> reached;
    private readonly Dictionary<IrValue, List<IrInstruction>> uses;
    private readonly Queue<(IrBlock From, int Edge)> edges = [];
    private readonly Stack<IrInstruction> changed = [];

    public ConstantAnalysis(IrFunction function)
    {
        uses = function.Uses();
        known = new Dictionary<IrInstruction, IrConstant?>(function.CountInstructions());
        reachedEdges = new Dictionary<IrBlock, bool[]>(function.Blocks.Count);
        places = new Dictionary<IrBlock, int[]>(function.Blocks.Count);
        reached = new HashSet<IrBlock>(function.Blocks.Count);
        foreach (IrBlock block in function.Blocks)
        {
            reachedEdges[block] = new bool[block.Predecessors.Count];
            places[block] = new int[block.Successors.Count];
        }
        foreach (IrBlock block in function.Blocks)
            PlaceEdgesTo(block);
        Enter(function.Entry);
        Solve();
    }

    public bool IsReached(IrBlock block) => reached.Contains(block);

    /// <summary>The constant that a value always is; null when it varies or is never computed.</summary>
    public IrConstant? ConstantOf(IrValue value) =>
        value as IrConstant ?? (value is IrInstruction i && known.TryGetValue(i, out IrConstant? constant) ? constant : null);

    // All at once, as thousands of edges may go to one block; those that come from the same block stand in their order (IrBlock.PredecessorIndex).
    private void PlaceEdgesTo(IrBlock target)
    {
        var next = new Dictionary<IrBlock, int>(target.Predecessors.Count);
        foreach ((int place, IrBlock from) in target.Predecessors.Index())
        {
            int edge = next.GetValueOrDefault(from);
            while (from.Successors[edge] != target)
                edge++;
            places[from][edge] = place;
            next[from] = edge + 1;
        }
    }

    private void Solve()
    {
        while (true)
        {
            if (changed.TryPop(out IrInstruction? instruction))
            {
                if (!uses.TryGetValue(instruction, out List<IrInstruction>? users))
                    continue;
                foreach (IrInstruction user in users)
                {
                    if (reached.Contains(user.Block!))
                        Visit(user);
                }
            }
            else if (edges.TryDequeue(out var edge))
                Follow(edge.From, edge.Edge);
            else
                return;
        }
    }

    private void Follow(IrBlock from, int edge)
    {
        IrBlock target = from.Successors[edge];
        ref bool isReached = ref reachedEdges[target][places[from][edge]];
        if (isReached)
            return;
        isReached = true;
        if (!reached.Contains(target))
            Enter(target);
        else
            VisitAll(target.Phis);
    }

    private void Enter(IrBlock block)
    {
        reached.Add(block);
        VisitAll(block.Phis);
        VisitAll(block.Instructions);
        Visit(block.Terminator!);
    }

    private void VisitAll<T>(List<T> instructions)
        where T : IrInstruction
    {
        foreach (T instruction in instructions)
            Visit(instruction);
    }

    private void Visit(IrInstruction instruction)
    {
        if (instruction is TerminatorInstruction terminator)
            VisitTerminator(terminator);
        else if (TryEvaluate(instruction, out IrConstant? value))
            Lower(instruction, value);
    }

    private void VisitTerminator(TerminatorInstruction terminator)
    {
        IrBlock block = terminator.Block!;
        if (terminator is BranchInstruction branch)
        {
            if (IsUnknown(branch.Condition))
                return;
            if (ConstantOf(branch.Condition) is { } condition)
            {
                edges.Enqueue((block, condition.Value != 0 ? 0 : 1));
                return;
            }
        }
        for (int edge = 0; edge < terminator.Targets.Count; edge++)
            edges.Enqueue((block, edge));
    }

    private void Lower(IrInstruction instruction, IrConstant? value)
    {
        if (known.TryGetValue(instruction, out IrConstant? before) && (before is null || before.Value == value?.Value))
            return;
        // A constant that turned into another one varies.
        known[instruction] = before is null ? value : null;
        changed.Push(instruction);
    }

    private bool IsUnknown(IrValue value) => value is IrInstruction i && !known.ContainsKey(i);

    /// <summary>False while operands are unknown that decide; else the constant, or null.</summary>
    private bool TryEvaluate(IrInstruction instruction, out IrConstant? value)
    {
        value = null;
        switch (instruction)
        {
            case PhiInstruction phi:
                return TryMeet(phi, out value);
            case SelectInstruction select:
                return TryEvaluate(select, out value);
            case CompareInstruction { Left.Type.IsPointer: true } compare:
                value = PointerComparison.Result(compare);
                return true;
            case BinaryInstruction or CompareInstruction or ConvertInstruction or AssumeInstruction { Type.IsInteger: true }:
                foreach (IrValue operand in instruction.Operands)
                {
                    if (IsUnknown(operand))
                        return false;
                }
                value = Fold(instruction);
                return true;
            default:
                return true;
        }
    }

    private IrConstant? Fold(IrInstruction instruction) => instruction switch
    {
        BinaryInstruction i when ConstantOf(i.Left) is { } left && ConstantOf(i.Right) is { } right =>
            ConstantFolding.Binary(i.Operator, left, right),
        CompareInstruction i when ConstantOf(i.Left) is { } left && ConstantOf(i.Right) is { } right =>
            ConstantFolding.Compare(i.Operator, left, right),
        ConvertInstruction i when ConstantOf(i.Value) is { } operand => ConstantFolding.Convert(i.Operator, i.Type, operand),
        AssumeInstruction i => ConstantOf(i.Value),
        _ => null,
    };

    private bool TryMeet(PhiInstruction phi, out IrConstant? value)
    {
        value = null;
        bool[] isReached = reachedEdges[phi.Block!];
        for (int i = 0; i < isReached.Length; i++)
        {
            if (!isReached[i] || IsUnknown(phi.Operands[i]))
                continue;
            IrConstant? operand = ConstantOf(phi.Operands[i]);
            if (operand is null || (value is not null && value.Value != operand.Value))
            {
                value = null;
                return true;
            }
            value = operand;
        }
        return value is not null;
    }

    private bool TryEvaluate(SelectInstruction select, out IrConstant? value)
    {
        value = null;
        if (IsUnknown(select.Condition))
            return false;
        if (ConstantOf(select.Condition) is { } condition)
        {
            IrValue taken = condition.Value != 0 ? select.IfTrue : select.IfFalse;
            value = ConstantOf(taken);
            return !IsUnknown(taken);
        }
        if (IsUnknown(select.IfTrue) || IsUnknown(select.IfFalse))
            return false;
        IrConstant? ifTrue = ConstantOf(select.IfTrue), ifFalse = ConstantOf(select.IfFalse);
        value = ifTrue is not null && ifTrue.Value == ifFalse?.Value ? ifTrue : null;
        return true;
    }
}
