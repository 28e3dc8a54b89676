using Imker.Bytecode;

namespace Imker.Machine.Jit;

internal abstract partial class CodeGenerator
{
    private readonly AccessPlan? plan;
    private readonly List<FaultExit> faults = [];
    private readonly List<SlowCheck> slowChecks = [];
    private readonly Dictionary<int, int> carefulPositions = [];
    private int checkCount;

    /// <summary>Whether a careful copy is being written, in which accesses share no checks.</summary>
    protected bool IsCareful { get; private set; }

    /// <summary>How many places for remembered regions the code uses.</summary>
    protected int RememberedRegions => Math.Min(plan?.CheckCount ?? 0, ExecutionState.RememberedRegions);

    /// <summary>What has to be checked before an access; false for nothing.</summary>
    protected bool TryGetCheck(int index, MemoryAccess access, out AccessCheck check)
    {
        check = new AccessCheck(access.Offset, access.Offset + access.Size, access.Writes, index);
        AccessKind kind = plan?.KindOf(index) ?? AccessKind.None;
        if (kind is AccessKind.None or AccessKind.InFrame)
            return false;
        if (Options.MasksAddresses)
            return true;
        if (IsCareful)
        {
            carefulPositions.TryAdd(index, buffer.Position);
            return true;
        }
        if (kind == AccessKind.Checked)
            check = plan!.CheckOf(index);
        return kind == AccessKind.Checked;
    }

    /// <summary>Where the next check remembers its region: a distance in the state. The sites share what there is.</summary>
    protected int NextRemembered() =>
        ExecutionState.RememberedOffset + checkCount++ % ExecutionState.RememberedRegions * sizeof(int);

    protected void AddSlowCheck(SlowCheck slow) => slowChecks.Add(slow);

    protected void AddFault(int reference, FaultKind kind, int index) => faults.Add(new FaultExit(reference, kind, index));

    /// <summary>Writes what a check does when the remembered region is not the right one.</summary>
    /// <param name="slow">The check.</param>
    /// <param name="careful">Where to go on when a shared check fails.</param>
    protected abstract void EmitSlowCheck(SlowCheck slow, int careful);

    /// <summary>Writes where a fault leaves the code; without a kind it was noted by what was called.</summary>
    protected abstract void EmitFault(FaultExit fault);

    /// <summary>Writes a jump to a place that is known.</summary>
    protected abstract void EmitGoto(int position);

    /// <summary>The stretches whose shared checks may fail, with a check for each access.</summary>
    private void EmitCarefulCopies()
    {
        if (plan is null || Options.MasksAddresses)
            return;
        IsCareful = true;
        foreach ((int first, int last) in plan.Clusters)
        {
            function = Shape.FunctionAt(first);
            EmitRange(first, last + 1);
            buffer.Reserve(LongestInstruction);
            EmitGoto(positions[last + 1]);
        }
        IsCareful = false;
    }

    private void EmitSlowChecks()
    {
        foreach (SlowCheck slow in slowChecks)
        {
            buffer.Reserve(LongestInstruction);
            EmitSlowCheck(slow, slow.IsShared ? carefulPositions[slow.Index] : 0);
        }
    }

    private void EmitFaults()
    {
        foreach (FaultExit fault in faults)
        {
            buffer.Reserve(LongestInstruction);
            EmitFault(fault);
        }
    }

    /// <summary>A jump to where a run ends.</summary>
    protected readonly record struct FaultExit(int Reference, FaultKind Kind, int Index);

    /// <summary>What is left to write for a check: where it goes when the remembered region is not the right one, and comes back.</summary>
    /// <param name="Index">Of the instruction.</param>
    /// <param name="Base">Its address register.</param>
    /// <param name="Check">What is checked.</param>
    /// <param name="Remembered">Where the state remembers the region.</param>
    /// <param name="Wraps">A jump that leads there; 0 for none.</param>
    /// <param name="Outside">Another.</param>
    /// <param name="ReadOnly">Another; 0 for none.</param>
    /// <param name="Back">The place behind the check.</param>
    protected readonly record struct SlowCheck(
        int Index, Register Base, AccessCheck Check, int Remembered, int Wraps, int Outside, int ReadOnly, int Back)
    {
        /// <summary>Whether more accesses than this one rely on it.</summary>
        public bool IsShared => Check.Last > Index;
    }
}
