using Imker.Bytecode.Classic;

namespace Imker.Filter.Ebpf;

/// <summary>Cuts the blocks of a graph at the jumps in their lists, and puts all in an order in which each comes behind those that lead to it.</summary>
internal sealed class GraphFlattening
{
    private readonly Dictionary<FilterBlock, FlatBlock> heads = new(ReferenceEqualityComparer.Instance);
    private readonly Queue<(FilterBlock Source, FlatBlock Head)> open = new();

    /// <summary>The blocks that can be reached, the root first.</summary>
    public static List<FlatBlock> Run(FilterGraph graph)
    {
        var flattening = new GraphFlattening();
        FlatBlock root = flattening.HeadOf(graph.Root);
        while (flattening.open.TryDequeue(out (FilterBlock Source, FlatBlock Head) next))
            flattening.Flatten(next.Source, next.Head);
        return Order(root);
    }

    private FlatBlock HeadOf(FilterBlock block)
    {
        if (!heads.TryGetValue(block, out FlatBlock? head))
        {
            heads.Add(block, head = new FlatBlock());
            open.Enqueue((block, head));
        }
        return head;
    }

    private void Flatten(FilterBlock block, FlatBlock head)
    {
        List<FilterStatement> statements = block.Statements;
        Dictionary<FilterStatement, FlatBlock> pieces = CutAtTargets(statements);
        FlatBlock? current = head;
        for (int i = 0; i < statements.Count; i++)
        {
            FilterStatement statement = statements[i];
            if (pieces.TryGetValue(statement, out FlatBlock? piece))
            {
                if (current is not null)
                    current.WhenTrue = piece;
                current = piece;
            }
            if (current is null || statement.IsNop)
                continue;
            if ((ClassicClass)(statement.Code & 7) != ClassicClass.Jump)
            {
                current.Statements.Add(statement);
                continue;
            }
            FlatBlock next = i + 1 < statements.Count ? PieceAt(statements[i + 1], pieces) : new FlatBlock();
            EndWithJump(current, statement, next, pieces);
            current = i + 1 < statements.Count ? null : next;
        }
        EndWithBranch(current ?? throw new InvalidOperationException("A block's statements end before its branch."), block);
    }

    private static Dictionary<FilterStatement, FlatBlock> CutAtTargets(List<FilterStatement> statements)
    {
        var pieces = new Dictionary<FilterStatement, FlatBlock>(ReferenceEqualityComparer.Instance);
        foreach (FilterStatement statement in statements)
        {
            foreach (FilterStatement? target in (ReadOnlySpan<FilterStatement?>)[statement.JumpTrue, statement.JumpFalse, statement.JumpAlways])
            {
                if (target is not null)
                    PieceAt(target, pieces);
            }
        }
        return pieces;
    }

    private static FlatBlock PieceAt(FilterStatement statement, Dictionary<FilterStatement, FlatBlock> pieces)
    {
        if (!pieces.TryGetValue(statement, out FlatBlock? piece))
            pieces.Add(statement, piece = new FlatBlock());
        return piece;
    }

    private static void EndWithJump(FlatBlock current, FilterStatement jump, FlatBlock next, Dictionary<FilterStatement, FlatBlock> pieces)
    {
        if (jump.Code == ClassicOpcode.Jump)
        {
            current.WhenTrue = jump.JumpAlways is { } target ? pieces[target] : next;
            return;
        }
        current.Condition = jump;
        current.WhenTrue = jump.JumpTrue is { } whenTrue ? pieces[whenTrue] : next;
        current.WhenFalse = jump.JumpFalse is { } whenFalse ? pieces[whenFalse] : next;
    }

    private void EndWithBranch(FlatBlock current, FilterBlock block)
    {
        if (block.IsReturn)
        {
            current.Result = block.Branch.K;
            return;
        }
        current.Condition = block.Branch;
        current.WhenTrue = HeadOf(block.TrueTarget!);
        current.WhenFalse = HeadOf(block.FalseTarget!);
    }

    private static List<FlatBlock> Order(FlatBlock root)
    {
        var order = new List<FlatBlock>();
        var seen = new HashSet<FlatBlock> { root };
        var path = new Stack<(FlatBlock Block, int Step)>();
        path.Push((root, 0));
        while (path.TryPop(out (FlatBlock Block, int Step) top))
        {
            FlatBlock? next = top.Step switch
            {
                0 => top.Block.WhenFalse ?? top.Block.WhenTrue,
                1 when top.Block.WhenFalse is not null => top.Block.WhenTrue,
                _ => null,
            };
            if (next is null)
            {
                order.Add(top.Block);
                continue;
            }
            path.Push((top.Block, top.Step + 1));
            next.EdgeCount++;
            if (seen.Add(next))
                path.Push((next, 0));
        }
        order.Reverse();
        for (int i = 0; i < order.Count; i++)
            order[i].Order = i;
        return order;
    }
}
