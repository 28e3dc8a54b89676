using Imker.Compiler.Lir;

namespace Imker.Compiler.Allocation;

/// <summary>
/// Where each virtual register is live: from each use, the control flow is followed backwards to the definition. The time is that of
/// the answer's size.
/// </summary>
internal sealed class Liveness
{
    private readonly record struct Use(int Register, int Block, int Position, int End, bool NeedsRegister);

    private readonly LirFunction function;
    private readonly Positions positions;
    private readonly List<Use> uses = [];
    private readonly int[] definitionBlock;
    private readonly int[] definitionPosition;
    private readonly List<int> calls = [];
    private readonly Stack<int> pending = [];

    // For each block, the register that it was last seen to be live in or out of, and how far.
    private readonly int[] liveIn;
    private readonly int[] liveOut;
    private readonly int[] lastEnd;
    private readonly int[] touchedBy;

    // The blocks where the register at hand is live.
    private readonly int[] touched;

    private Liveness(LirFunction function, Positions positions)
    {
        this.function = function;
        this.positions = positions;
        definitionBlock = new int[function.RegisterEnd];
        definitionPosition = new int[function.RegisterEnd];
        Array.Fill(definitionBlock, -1);
        int count = function.Blocks.Count;
        (liveIn, liveOut, lastEnd) = (new int[count], new int[count], new int[count]);
        (touchedBy, touched) = (new int[count], new int[count]);
        LiveInto = new List<LiveValue>[count];
        for (int i = 0; i < count; i++)
            LiveInto[i] = [];
        Values = new LiveValue?[function.RegisterEnd];
    }

    /// <summary>By virtual register; null for those that are never written.</summary>
    public LiveValue?[] Values { get; }

    /// <summary>The values that are live at the start of each block, its phis not among them.</summary>
    public List<LiveValue>[] LiveInto { get; }

    /// <summary>Where R0 to R5 are lost, ascending.</summary>
    public int[] Calls { get; private set; } = [];

    public static Liveness Of(LirFunction function, Positions positions)
    {
        var liveness = new Liveness(function, positions);
        liveness.CollectUses();
        liveness.Calls = [.. liveness.calls];
        liveness.BuildIntervals();
        return liveness;
    }

    private void CollectUses()
    {
        foreach (int parameter in function.Parameters)
            Define(parameter, function.Blocks[0], 0);
        foreach (LirBlock block in function.Blocks)
        {
            foreach (LirPhi phi in block.Phis)
                CollectPhi(block, phi);
            for (int i = 0; i < block.Instructions.Count; i++)
                Collect(block, block.Instructions[i], positions.Of(block, i));
            int end = positions.OfTerminator(block);
            if (block.Test is { } test)
                Collect(block, test, end);
            if (block.End == LirEnd.Return)
                Add(block.Result, block, end);
        }
    }

    private void CollectPhi(LirBlock block, LirPhi phi)
    {
        Define(phi.Definition, block, positions.StartOf(block));
        for (int i = 0; i < phi.Inputs.Length; i++)
        {
            if (phi.Inputs[i].IsRegister)
            {
                LirBlock predecessor = block.Predecessors[i];
                int end = positions.EndOf(predecessor);
                uses.Add(new Use(phi.Inputs[i].Register, predecessor.Index, end - 1, end, false));
            }
        }
    }

    private void Collect(LirBlock block, LirInstruction instruction, int position)
    {
        if (instruction.Form == LirForm.Call)
            calls.Add(position + Positions.Clobber);
        Add(instruction.First, block, position, position + 1);
        Add(instruction.Second, block, position, position + 1);
        if (instruction.ReadsSecondLate)
            Add(instruction.Second, block, position + Positions.Write, position + Positions.Write + 1);
        foreach (LirSource argument in instruction.Arguments)
            Add(argument, block, position);
        Define(instruction.Definition, block, position + Positions.Write);
    }

    private void Add(LirSource source, LirBlock block, int position)
    {
        if (source.IsRegister)
            uses.Add(new Use(source.Register, block.Index, position, position + 1, false));
    }

    private void Add(int register, LirBlock block, int position, int end)
    {
        if (LirRegister.IsVirtual(register))
            uses.Add(new Use(register, block.Index, position, end, true));
    }

    private void Define(int register, LirBlock block, int position)
    {
        if (register == LirRegister.None)
            return;
        definitionBlock[register] = block.Index;
        definitionPosition[register] = position;
    }

    private void BuildIntervals()
    {
        Use[] sorted = UsesByRegister(out int[] starts);
        for (int register = LirRegister.FirstVirtual; register < function.RegisterEnd; register++)
        {
            Span<Use> own = sorted.AsSpan(starts[register]..starts[register + 1]);
            own.Sort((a, b) => a.Position.CompareTo(b.Position));
            if (definitionBlock[register] >= 0)
                Build(register, own);
        }
    }

    private Use[] UsesByRegister(out int[] starts)
    {
        starts = new int[function.RegisterEnd + 1];
        foreach (Use use in uses)
            starts[use.Register + 1]++;
        for (int i = 0; i < function.RegisterEnd; i++)
            starts[i + 1] += starts[i];
        int[] next = [.. starts];
        var sorted = new Use[uses.Count];
        foreach (Use use in uses)
            sorted[next[use.Register]++] = use;
        return sorted;
    }

    private void Build(int register, ReadOnlySpan<Use> registerUses)
    {
        var value = new LiveValue(register);
        Values[register] = value;
        int count = Trace(value, registerUses);
        LiveRange[] ranges = Ranges(register, touched.AsSpan(0, count));
        var usePositions = new List<UsePosition>(registerUses.Length + 1);
        int definition = definitionPosition[register];
        if (definition != positions.StartOf(definitionBlock[register]))
            usePositions.Add(new UsePosition(definition, true));
        foreach (Use use in registerUses)
            usePositions.Add(new UsePosition(use.Position, use.NeedsRegister));
        value.Parts.Add(new LiveInterval(value, ranges, [.. usePositions]));
    }

    // Marks the blocks where the value is live, and gives their number.
    private int Trace(LiveValue value, ReadOnlySpan<Use> registerUses)
    {
        int register = value.VirtualRegister;
        int home = definitionBlock[register];
        int count = 0;
        Touch(home, register, ref count);
        lastEnd[home] = definitionPosition[register] + 1;
        foreach (Use use in registerUses)
        {
            Touch(use.Block, register, ref count);
            lastEnd[use.Block] = Math.Max(lastEnd[use.Block], use.End);
            if (use.Block != home && liveIn[use.Block] != register)
                pending.Push(use.Block);
            while (pending.TryPop(out int block))
            {
                if (liveIn[block] == register)
                    continue;
                liveIn[block] = register;
                LiveInto[block].Add(value);
                foreach (LirBlock predecessor in function.Blocks[block].Predecessors)
                {
                    int index = predecessor.Index;
                    Touch(index, register, ref count);
                    liveOut[index] = register;
                    if (index != home && liveIn[index] != register)
                        pending.Push(index);
                }
            }
        }
        return count;
    }

    private void Touch(int block, int register, ref int count)
    {
        if (touchedBy[block] == register)
            return;
        touchedBy[block] = register;
        touched[count++] = block;
        lastEnd[block] = 0;
    }

    private LiveRange[] Ranges(int register, Span<int> blocks)
    {
        blocks.Sort();
        var ranges = new List<LiveRange>(blocks.Length);
        foreach (int block in blocks)
        {
            int start = block == definitionBlock[register] ? definitionPosition[register] : positions.StartOf(block);
            int end = liveOut[block] == register ? positions.StartOf(block + 1) : lastEnd[block];
            if (ranges.Count > 0 && ranges[^1].End == start)
                ranges[^1] = new LiveRange(ranges[^1].Start, end);
            else
                ranges.Add(new LiveRange(start, end));
        }
        return [.. ranges];
    }
}
