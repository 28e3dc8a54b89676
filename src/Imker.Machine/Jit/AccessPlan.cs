using Imker.Bytecode;

namespace Imker.Machine.Jit;

/// <summary>
/// Decides where a program's memory accesses are checked. Accesses in the function's own frame by a known distance from R10 need no
/// check; accesses through the same value of a register, with nothing between them that another path leads to, share the first one's.
/// </summary>
/// <remarks>
/// A shared check may fail where the first of its accesses alone would not, so the code behind it exists twice: when the check fails,
/// the run goes on in a careful copy in which each access has a check of its own, up to the end of the <em>cluster</em>: the first place
/// where no shared check is relied on.
/// </remarks>
internal sealed class AccessPlan
{
    /// <summary>How far ahead accesses are looked for, in instructions.</summary>
    private const int Reach = 48;

    /// <summary>The widest range that is checked at once.</summary>
    private const int MaxRange = 4096;

    private readonly ProgramShape shape;
    private readonly AccessKind[] kinds;
    private readonly int[] checkNumbers;
    private readonly List<AccessCheck> checks = [];
    private readonly List<(int First, int Last)> clusters = [];
    private FrameFacts facts;

    public AccessPlan(ProgramShape shape)
    {
        this.shape = shape;
        kinds = new AccessKind[shape.Instructions.Length];
        checkNumbers = new int[shape.Instructions.Length];
        foreach (FunctionShape function in shape.Functions)
            Plan(function);
    }

    /// <summary>The stretches of code that have a careful copy, ascending; both ends belong to them.</summary>
    public IReadOnlyList<(int First, int Last)> Clusters => clusters;

    /// <summary>How many instructions have a check before them.</summary>
    public int CheckCount => checks.Count;

    public AccessKind KindOf(int index) => kinds[index];

    /// <summary>What is checked before an instruction whose kind is <see cref="AccessKind.Checked"/>.</summary>
    public AccessCheck CheckOf(int index) => checks[checkNumbers[index]];

    private void Plan(FunctionShape function)
    {
        ReadOnlySpan<Instruction> instructions = shape.Instructions;
        int clusterStart = -1, clusterEnd = -1;
        for (int i = function.Start; i < function.End; i++)
        {
            if (shape.IsLeader(i))
                facts.Reset();
            if (kinds[i] == AccessKind.None && TryGetAccess(i, out MemoryAccess access))
            {
                PlanAccess(i, access, function.End);
                if (kinds[i] == AccessKind.Checked && CheckOf(i).Last > i)
                {
                    if (clusterStart < 0)
                        clusterStart = i;
                    clusterEnd = Math.Max(clusterEnd, CheckOf(i).Last);
                }
            }
            facts.Apply(instructions[i]);
            if (clusterStart >= 0 && i == clusterEnd)
            {
                clusters.Add((clusterStart, clusterEnd));
                clusterStart = clusterEnd = -1;
            }
        }
    }

    // A lookup reads its key.
    private bool TryGetAccess(int index, out MemoryAccess access)
    {
        if (shape.LookupAt(index) is not { } map)
            return MemoryAccess.TryGet(shape.Instructions[index], out access);
        access = MemoryAccess.OfKey(map);
        return true;
    }

    private void PlanAccess(int index, MemoryAccess access, int end)
    {
        if (facts.IsInFrame(access))
        {
            kinds[index] = AccessKind.InFrame;
            return;
        }
        var check = new AccessCheck(access.Offset, access.Offset + access.Size, access.Writes, index);
        kinds[index] = AccessKind.Checked;
        checkNumbers[index] = checks.Count;
        checks.Add(access.IsAtomic || shape.LookupAt(index) is not null ? check : Extend(check, access.Base, index, end));
    }

    private AccessCheck Extend(AccessCheck check, Register @base, int index, int end)
    {
        ReadOnlySpan<Instruction> instructions = shape.Instructions;
        int baseBit = 1 << (int)@base;
        end = Math.Min(end, index + Reach);
        for (int i = index; (RegisterEffects.Written(instructions[i]) & baseBit) == 0 && ++i < end;)
        {
            ref readonly Instruction instruction = ref instructions[i];
            if (shape.IsLeader(i) || instruction.IsCall || !instruction.FallsThrough)
                break;
            if (!MemoryAccess.TryGet(instruction, out MemoryAccess access) || access.Base != @base || access.IsAtomic)
                continue;
            var wider = new AccessCheck(
                Math.Min(check.Low, access.Offset), Math.Max(check.High, access.Offset + access.Size), check.Writes | access.Writes, i);
            if (wider.Size > MaxRange)
                continue;
            kinds[i] = AccessKind.Covered;
            check = wider;
        }
        return check;
    }
}
