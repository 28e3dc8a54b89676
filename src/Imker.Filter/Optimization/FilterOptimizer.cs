using Imker.Bytecode.Classic;

namespace Imker.Filter.Optimization;

/// <summary>
/// Makes a filter's graph smaller, by the passes of libpcap's optimizer in their order, so that what it leaves is what libpcap 1.10.3
/// leaves. Two things differ: <c>jset #0xffffffff</c> is no test that always holds, and sets of dominators are trees.
/// </summary>
public static class FilterOptimizer
{
    // Pulling tests up and threading jumps can undo each other for ever.
    private const int MaxRoundsOfMoves = 100;

    /// <summary>Optimizes a graph. Its blocks are changed.</summary>
    /// <param name="graph">As the generator made it.</param>
    /// <param name="optimized">The same blocks, perhaps from another root; the graph itself when it may not be optimized, or has more than sixteen cells.</param>
    /// <returns>Why there is no such filter; <see cref="OptimizationFault.None"/> when there is.</returns>
    public static OptimizationFault Optimize(FilterGraph graph, out FilterGraph optimized)
    {
        ArgumentNullException.ThrowIfNull(graph);
        optimized = graph;
        if (!graph.IsOptimizable || graph.ScratchCells > ClassicProgram.CellCount)
            return OptimizationFault.None;
        var state = new OptimizerGraph(graph.Root);
        OptimizationFault fault = RunRounds(state, rewrite: false);
        if (fault == OptimizationFault.None)
            fault = RunRounds(state, rewrite: true);
        if (fault != OptimizationFault.None)
            return fault;
        InterningPass.Run(state);
        RootPass.Run(state);
        state.WriteBack();
        optimized = graph with { Root = state.Blocks[state.Root] };
        return optimized.Root is { IsReturn: true, Branch.K: 0 } ? OptimizationFault.RejectsAll : OptimizationFault.None;
    }

    private static OptimizationFault RunRounds(OptimizerGraph graph, bool rewrite)
    {
        var blocks = new BlockPass(graph);
        int moves = 0;
        do
        {
            graph.StartRound();
            LevelPass.Run(graph);
            UsePass.Run(graph);
            DominatorTree? dominators = rewrite ? null : DominatorPass.OfBlocks(graph);
            DominatorTree? edges = rewrite ? null : DominatorPass.OfEdges(graph);
            OptimizationFault fault = blocks.Run(rewrite);
            if (fault != OptimizationFault.None)
                return fault;
            if (!rewrite)
            {
                JumpThreadingPass.Run(graph, edges!);
                PullUpPass.Run(graph, dominators!);
            }
            moves = graph.Simplified ? 0 : moves + 1;
        }
        while (graph.Changed && moves < MaxRoundsOfMoves);
        return OptimizationFault.None;
    }
}
