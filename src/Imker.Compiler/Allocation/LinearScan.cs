using Imker.Compiler.Lir;

namespace Imker.Compiler.Allocation;

/// <summary>
/// Gives each part of each value's life a register or memory, in the order in which the parts start. Follows C. Wimmer and M. Franz,
/// "Linear Scan Register Allocation on SSA Form", CGO 2010.
/// </summary>
internal sealed partial class LinearScan
{
    // Where nothing speaks for another: first those that a call takes anyway, and of these last the ones that arguments want.
    private static ReadOnlySpan<int> Order => [0, 5, 4, 3, 2, 1, 6, 7, 8, 9];

    // Chains of arithmetic are followed so far.
    private const int MaxHeirs = 4;

    private readonly LirFunction function;
    private readonly Positions positions;
    private readonly int[] calls;
    private readonly PriorityQueue<LiveInterval, (int Start, int Sequence)> unhandled = new();
    private readonly LiveInterval?[] active = new LiveInterval?[LirRegister.Allocatable];

    // In a hole of their ranges now; their register is free for what fits into the hole.
    private readonly List<LiveInterval> inactive = [];
    private int sequence;

    private LinearScan(LirFunction function, Positions positions, int[] calls)
    {
        this.function = function;
        this.positions = positions;
        this.calls = calls;
    }

    public static void Allocate(LirFunction function, Positions positions, Liveness liveness)
    {
        var scan = new LinearScan(function, positions, liveness.Calls);
        foreach (LiveValue? value in liveness.Values)
        {
            if (value is not null)
                scan.Enqueue(value.Parts[0]);
        }
        scan.Run();
    }

    private void Run()
    {
        while (unhandled.TryDequeue(out LiveInterval? current, out _))
        {
            Advance(current.Start);
            if (!TryAllocateFree(current))
                AllocateBlocked(current);
            if (current.Register != LirRegister.None)
                active[current.Register] = current;
        }
    }

    private void Enqueue(LiveInterval interval) => unhandled.Enqueue(interval, (interval.Start, sequence++));

    private void Advance(int position)
    {
        for (int i = inactive.Count - 1; i >= 0; i--)
        {
            LiveInterval interval = inactive[i];
            bool covers = interval.Covers(position);
            if (interval.End > position && !covers)
                continue;
            inactive[i] = inactive[^1];
            inactive.RemoveAt(inactive.Count - 1);
            if (covers)
                Activate(interval, position);
        }
        for (int register = 0; register < active.Length; register++)
        {
            if (active[register] is not { } interval || interval.Covers(position))
                continue;
            active[register] = null;
            if (interval.End > position)
                inactive.Add(interval);
        }
    }

    // The holder of the register has ended or fell into a hole at the same position.
    private void Activate(LiveInterval interval, int position)
    {
        LiveInterval? holder = active[interval.Register];
        active[interval.Register] = interval;
        if (holder is not null && holder.End > position)
            inactive.Add(holder);
    }

    private bool TryAllocateFree(LiveInterval current)
    {
        Span<int> freeUntil = stackalloc int[LirRegister.Allocatable];
        FindFree(current, freeUntil);
        int register = Choose(current, freeUntil);
        int end = freeUntil[register];
        if (end <= current.Start || (end < current.End && current.NextRegisterUse(current.Start) >= end))
            return false;
        current.Register = register;
        if (end < current.End)
            Enqueue(current.SplitAt(end));
        return true;
    }

    private void FindFree(LiveInterval current, Span<int> freeUntil)
    {
        freeUntil.Fill(int.MaxValue);
        freeUntil[..LirRegister.CallClobbered].Fill(current.FirstCovered(calls));
        for (int register = 0; register < active.Length; register++)
        {
            if (active[register] is not null)
                freeUntil[register] = 0;
        }
        foreach (LiveInterval interval in inactive)
        {
            int register = interval.Register;
            if (freeUntil[register] > current.Start)
                freeUntil[register] = Math.Min(freeUntil[register], interval.Intersection(current));
        }
    }

    private int Choose(LiveInterval current, ReadOnlySpan<int> freeUntil)
    {
        LiveValue value = current.Value;
        int before = value.PartAt(current.Start - 1).Register;
        if (before != LirRegister.None && freeUntil[before] >= current.End)
            return before;
        if (value.Preferred != LirRegister.None && freeUntil[value.Preferred] >= current.End)
            return value.Preferred;
        foreach (LiveValue related in value.Related)
        {
            if (RegisterOf(related, current.Start) is var register and not LirRegister.None && freeUntil[register] >= current.End)
                return register;
        }
        int best = Order[0];
        int fitting = LirRegister.None;
        bool survivesCalls = OutlivesCall(value.Heir);
        foreach (int register in Order)
        {
            if (freeUntil[register] > freeUntil[best])
                best = register;
            if (freeUntil[register] < current.End)
                continue;
            bool isGood = !IsAvoided(value, register, current.Start) && (!survivesCalls || register >= LirRegister.CallClobbered);
            if (isGood)
                return register;
            if (fitting == LirRegister.None)
                fitting = register;
        }
        if (fitting != LirRegister.None)
            return fitting;
        return value.Preferred != LirRegister.None && freeUntil[value.Preferred] == freeUntil[best] ? value.Preferred : best;
    }

    // The heirs of a value take over its register, if they can live in it.
    private bool OutlivesCall(LiveValue? heir)
    {
        for (int i = 0; i < MaxHeirs && heir is not null; i++, heir = heir.Heir)
        {
            if (heir.Parts[0].FirstCovered(calls) != int.MaxValue)
                return true;
        }
        return false;
    }

    private static bool IsAvoided(LiveValue value, int register, int position)
    {
        foreach (LiveValue avoided in value.Avoided)
        {
            if (avoided.PartAt(position - 1).Register == register)
                return true;
        }
        return false;
    }

    // A phi that comes later has no register yet, but another of its inputs may have one.
    private static int RegisterOf(LiveValue value, int position)
    {
        int register = value.PartAt(position - 1).Register;
        for (int i = 0; register == LirRegister.None && i < value.Related.Count; i++)
            register = value.Related[i].Parts[0].Register;
        return register;
    }
}
