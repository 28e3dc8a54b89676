using Imker.Bytecode.Classic;

namespace Imker.Filter.Optimization;

/// <summary>Rewrites a few statements in a row, and the last ones with the branch behind them.</summary>
internal static class PeepholePass
{
    private const uint Accumulator = 1u << Atom.Accumulator, Index = 1u << Atom.Index;

    public static void Run(OptimizerGraph graph, ValueTable table, int number)
    {
        FilterBlock block = graph.Blocks[number];
        if (block.Statements.Count == 0)
            return;
        FilterStatement last = RewriteNeighbours(graph, number, block.Statements);
        if (block.IsReturn)
            return;
        if (block.Branch.Code == ClassicOpcode.JumpEqual && (graph.UsedBehind[number] & Accumulator) == 0)
            JoinWithBranch(graph, table, number, last, block.Branch);
        // A test of no bits never holds.
        if (block.Branch is { Code: ClassicOpcode.JumpSet, K: 0 })
            graph.SetBoth(number, graph.FalseOf(number));
        UseConstants(graph, table, number, block.Branch);
    }

    // Gives the last statement that was looked at.
    private static FilterStatement RewriteNeighbours(OptimizerGraph graph, int number, List<FilterStatement> statements)
    {
        FilterStatement last = statements[0];
        int current = Skip(statements, 0);
        while (current < statements.Count)
        {
            int next = Skip(statements, current + 1);
            if (next == statements.Count)
                break;
            last = statements[next];
            Rewrite(graph, statements[current], last);
            if (statements[current].Code == ClassicOpcode.LoadImmediate && (graph.UsedBehind[number] & Index) == 0)
                JoinConstantOffset(graph, statements, current, next);
            current = Skip(statements, next);
        }
        return last;
    }

    private static int Skip(List<FilterStatement> statements, int index)
    {
        while (index < statements.Count && statements[index].IsNop)
            index++;
        return index;
    }

    private static void Rewrite(OptimizerGraph graph, FilterStatement statement, FilterStatement next)
    {
        if (statement.Code == ClassicOpcode.Store && next.Code == ClassicOpcode.LoadIndexCell && statement.K == next.K)
        {
            next.Code = ClassicOpcode.IndexFromAccumulator;
            graph.MarkSimplified();
        }
        if (statement.Code == ClassicOpcode.LoadImmediate && next.Code == ClassicOpcode.IndexFromAccumulator)
        {
            statement.Code = ClassicOpcode.LoadIndexImmediate;
            next.Code = ClassicOpcode.AccumulatorFromIndex;
            graph.MarkSimplified();
        }
    }

    // "ld #2; ldxb 4*([14]&0xf); add x; tax; ld [x + 0]" is "ldxb 4*([14]&0xf); ld [x + 2]"; the ldxb may be missing.
    private static void JoinConstantOffset(OptimizerGraph graph, List<FilterStatement> statements, int constant, int next)
    {
        int add = statements[next].Code == ClassicOpcode.LoadIndexHeaderLength ? Skip(statements, next + 1) : next;
        if (!Is(statements, add, ClassicOpcode.AddX))
            return;
        int transfer = Skip(statements, add + 1);
        if (!Is(statements, transfer, ClassicOpcode.IndexFromAccumulator))
            return;
        int load = Skip(statements, transfer + 1);
        if (load == statements.Count || !IsIndirectLoad(statements[load].Code))
            return;
        statements[load].K += statements[constant].K;
        statements[constant].Remove();
        statements[add].Remove();
        statements[transfer].Remove();
        graph.MarkSimplified();
    }

    private static bool Is(List<FilterStatement> statements, int index, ushort code) => index < statements.Count && statements[index].Code == code;

    private static bool IsIndirectLoad(ushort code) =>
        code is ClassicOpcode.LoadIndirectWord or ClassicOpcode.LoadIndirectHalf or ClassicOpcode.LoadIndirectByte;

    // A test for equality takes over a subtraction before it, and a mask when it compares with zero.
    private static void JoinWithBranch(OptimizerGraph graph, ValueTable table, int number, FilterStatement last, FilterStatement branch)
    {
        switch (last.Code)
        {
            case ClassicOpcode.SubX when table.TryGetConstant(graph.ValuesOf(number)[Atom.Index], out uint constant):
                branch.K += constant;
                break;
            case ClassicOpcode.SubX when branch.K == 0:
                branch.Code = ClassicOpcode.JumpEqualX;
                break;
            case ClassicOpcode.Sub:
                branch.K += last.K;
                break;
            case ClassicOpcode.And when branch.K == 0:
                branch.K = last.K;
                branch.Code = ClassicOpcode.JumpSet;
                (int whenTrue, int whenFalse) = (graph.TrueOf(number), graph.FalseOf(number));
                graph.Successors[number] = whenFalse;
                graph.Successors[graph.Count + number] = whenTrue;
                break;
            default:
                return;
        }
        last.Remove();
        graph.MarkSimplified();
    }

    private static void UseConstants(OptimizerGraph graph, ValueTable table, int number, FilterStatement branch)
    {
        Span<int> values = graph.ValuesOf(number);
        if ((branch.Code & ClassicOpcode.IndexSource) != 0 && table.TryGetConstant(values[Atom.Index], out uint operand))
        {
            branch.Code = (ushort)(branch.Code & ~ClassicOpcode.IndexSource);
            branch.K = operand;
        }
        if ((branch.Code & ClassicOpcode.IndexSource) != 0 || !table.TryGetConstant(values[Atom.Accumulator], out uint value))
            return;
        bool holds = branch.Code switch
        {
            ClassicOpcode.JumpEqual => value == branch.K,
            ClassicOpcode.JumpGreater => value > branch.K,
            ClassicOpcode.JumpGreaterOrEqual => value >= branch.K,
            _ => (value & branch.K) != 0,
        };
        if (graph.TrueOf(number) != graph.FalseOf(number))
            graph.MarkSimplified();
        graph.SetBoth(number, holds ? graph.TrueOf(number) : graph.FalseOf(number));
    }
}
