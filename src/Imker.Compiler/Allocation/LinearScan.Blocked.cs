using Imker.Compiler.Lir;

namespace Imker.Compiler.Allocation;

// No register is free: the one whose holder needs it last is taken, or the value itself waits in memory.
internal sealed partial class LinearScan
{
    private void AllocateBlocked(LiveInterval current)
    {
        int firstUse = current.NextRegisterUse(current.Start);
        if (firstUse == int.MaxValue)
        {
            Spill(current);
            return;
        }
        Span<int> nextUse = stackalloc int[LirRegister.Allocatable];
        int call = current.FirstCovered(calls);
        FindNextUses(current, call, nextUse);
        int register = Furthest(nextUse);
        if (nextUse[register] <= firstUse && firstUse > current.Start)
        {
            SpillUntil(current, firstUse);
            return;
        }
        if (nextUse[register] <= current.Start)
            throw new InvalidOperationException($"{function.Name}: an instruction needs more registers than there are.");
        current.Register = register;
        if (register < LirRegister.CallClobbered && call < current.End)
            Enqueue(current.SplitAt(call));
        Evict(current);
    }

    private void FindNextUses(LiveInterval current, int call, Span<int> nextUse)
    {
        nextUse.Fill(int.MaxValue);
        nextUse[..LirRegister.CallClobbered].Fill(call);
        for (int register = 0; register < active.Length; register++)
        {
            if (active[register] is { } interval)
                nextUse[register] = Math.Min(nextUse[register], Urgency(interval, current.Start));
        }
        foreach (LiveInterval interval in inactive)
        {
            if (interval.Intersection(current) != int.MaxValue)
                nextUse[interval.Register] = Math.Min(nextUse[interval.Register], Urgency(interval, current.Start));
        }
    }

    // Values whose bounds would be forgotten in memory seem to be used sooner than they are.
    private static int Urgency(LiveInterval interval, int position)
    {
        int use = interval.NextRegisterUse(position);
        return interval.Value.IsBounded && use > position && use != int.MaxValue ? position + 1 + (use - position) / 8 : use;
    }

    // Among equals one whose holder costs no store.
    private int Furthest(ReadOnlySpan<int> nextUse)
    {
        int best = Order[0];
        foreach (int register in Order)
        {
            if (nextUse[register] > nextUse[best] || (nextUse[register] == nextUse[best] && IsFreeToSpill(register) && !IsFreeToSpill(best)))
                best = register;
        }
        return best;
    }

    private bool IsFreeToSpill(int register) => active[register] is { Value: { IsSpilled: true } or { Repeatable: not null } };

    private void Evict(LiveInterval current)
    {
        if (active[current.Register] is { } holder)
        {
            active[current.Register] = null;
            SpillFrom(holder, current.Start);
        }
        for (int i = inactive.Count - 1; i >= 0; i--)
        {
            LiveInterval interval = inactive[i];
            if (interval.Register != current.Register || interval.Intersection(current) == int.MaxValue)
                continue;
            inactive.RemoveAt(i);
            SpillFrom(interval, current.Start);
        }
    }

    private void SpillFrom(LiveInterval interval, int position)
    {
        LiveInterval tail = interval.Start < position ? interval.SplitAt(position) : interval;
        tail.Register = LirRegister.None;
        int use = tail.NextRegisterUse(tail.Start);
        if (use == int.MaxValue)
            Spill(tail);
        else if (use <= tail.Start)
            Enqueue(tail);
        else
            SpillUntil(tail, use);
    }

    // In memory up to a use, then again in line for a register.
    private void SpillUntil(LiveInterval interval, int use)
    {
        int reload = ReloadPosition(interval.Start, use);
        Enqueue(interval.SplitAt(reload));
        Spill(interval);
    }

    private static void Spill(LiveInterval interval)
    {
        if (interval.Value.Repeatable is null)
            interval.Value.IsSpilled = true;
    }

    // As late as possible, but not inside a loop that was entered meanwhile.
    private int ReloadPosition(int after, int use)
    {
        int first = positions.BlockAt(after);
        int last = positions.BlockAt(use);
        int best = last;
        for (int block = last - 1; block > first; block--)
        {
            if (function.Blocks[block].LoopDepth < function.Blocks[best].LoopDepth)
                best = block;
        }
        return best == last ? use - use % Positions.PerInstruction : positions.StartOf(best + 1);
    }
}
