using Imker.Bytecode;

namespace Imker.Verifier.Code;

/// <summary>The shape of a program: that it has no holes, which instructions paths meet at, which registers are still needed where.</summary>
internal sealed class ControlFlow
{
    private readonly ProgramCode code;

    private ControlFlow(ProgramCode code)
    {
        this.code = code;
        MeetingPoints = new bool[code.SlotCount];
        ForcedPoints = new bool[code.SlotCount];
        Live = [];
    }

    /// <summary>Instructions where a state is compared with those that were there before.</summary>
    public bool[] MeetingPoints { get; }

    /// <summary>Instructions where a state is always stored: the next element of an iterator, callbacks, <c>may_goto</c>.</summary>
    public bool[] ForcedPoints { get; }

    /// <summary>For each slot the registers whose values some path from there reads, a bit each.</summary>
    public ushort[] Live { get; private set; }

    /// <summary>Checks the shape and finds the meeting points (kernel: <c>check_subprogs</c>, <c>check_cfg</c>).</summary>
    /// <exception cref="RefusalException">The shape is not that of a program.</exception>
    public static ControlFlow Analyze(ProgramCode code, VerifierTarget target)
    {
        var flow = new ControlFlow(code);
        if (code.Functions.Length > VerifierLimits.Subprograms)
            throw new RefusalException(VerifierDiagnosticId.TooLarge, -1, $"too many functions: {code.Functions.Length}, the most are {VerifierLimits.Subprograms}");
        foreach (Subprogram function in code.Functions)
            flow.CheckFunction(function);
        flow.Reach(target);
        flow.Live = RegisterLiveness.Compute(code);
        FunctionTraits.Spread(code);
        return flow;
    }

    private void CheckFunction(Subprogram function)
    {
        int last = function.Start;
        for (int slot = function.Start; slot < function.End; slot += code[slot].SlotCount)
        {
            last = slot;
            Instruction instruction = code[slot];
            if (!instruction.IsJump)
                continue;
            int to = code.JumpTarget(slot);
            if (to < function.Start || to >= function.End)
                throw Refuse(slot, $"jump out of range from instruction {slot} to {to}: the function '{function.Name}' has {function.Start}..{function.End - 1}");
            if (code.IsSecondHalf(to))
                throw Refuse(slot, $"jump from instruction {slot} into the middle of the wide load at {to - 1}");
        }
        if (code[last].FallsThrough && !(code[last].IsCall && function.Spec.Instructions.Length > 1 && code.OperandAt(last) is KfuncReference { Name: "bpf_throw" }))
            throw Refuse(last, $"the function '{function.Name}' ends with '{code[last]}': the last instruction has to be an exit or a jump");
    }

    // A walk in depth over jumps and calls, with a stack of its own: programs have up to a million instructions.
    private void Reach(VerifierTarget target)
    {
        const byte Open = 1, Done = 2;
        byte[] seen = new byte[code.SlotCount];
        var path = new Stack<(int Slot, int Edge)>();
        path.Push((0, 0));
        seen[0] = Open;
        MeetingPoints[0] = true;
        foreach (Subprogram function in code.Functions)
            MeetingPoints[function.Start] = true;
        while (path.TryPop(out (int Slot, int Edge) at))
        {
            int next = Successor(at.Slot, at.Edge);
            if (next < 0)
            {
                seen[at.Slot] = Done;
                continue;
            }
            path.Push((at.Slot, at.Edge + 1));
            if (seen[next] == 0)
            {
                seen[next] = Open;
                path.Push((next, 0));
            }
            else if (seen[next] == Open && !target.AllowsLoops && code.FunctionAt(next) == code.FunctionAt(at.Slot))
                throw new RefusalException(VerifierDiagnosticId.EndlessLoop, at.Slot, $"back edge from instruction {at.Slot} to {next}: loops are not allowed here");
        }
        for (int slot = 0; slot < seen.Length; slot += code[slot].SlotCount)
        {
            if (seen[slot] == 0)
                throw Refuse(slot, $"unreachable instruction {slot}: '{code[slot]}' cannot be reached from the entry");
        }
    }

    private int Successor(int slot, int edge)
    {
        Instruction instruction = code[slot];
        int following = slot + instruction.SlotCount;
        if (instruction.IsExit)
            return -1;
        if (instruction.IsUnconditionalJump)
            return edge == 0 ? Meet(code.JumpTarget(slot)) : -1;
        if (instruction.IsJump)
        {
            MeetingPoints[slot] = true;
            ForcedPoints[slot] |= instruction.IsMayGoto;
            return edge == 0 ? following : edge == 1 ? Meet(code.JumpTarget(slot)) : -1;
        }
        if (edge == 0)
        {
            if (following >= code.SlotCount || code.FunctionAt(following) != code.FunctionAt(slot))
            {
                MarkCall(slot, instruction);
                return code.OperandAt(slot) is Subprogram { } direct ? direct.Start : -1;
            }
            MarkCall(slot, instruction);
            return following;
        }
        return edge == 1 && code.OperandAt(slot) is Subprogram { } called ? called.Start : -1;
    }

    private void MarkCall(int slot, in Instruction instruction)
    {
        if (!instruction.IsCall)
            return;
        int following = slot + 1;
        if (code.OperandAt(slot) is Subprogram && following < code.SlotCount)
            MeetingPoints[following] = true;
        bool runsCallback = instruction.CallKind == CallKind.Helper && HelperTable.TryGet(instruction.Constant, out HelperPrototype? helper) && helper.TakesCallback;
        bool steps = code.OperandAt(slot) is KfuncReference kfunc && (kfunc.Name.StartsWith("bpf_iter_", StringComparison.Ordinal) && kfunc.Name.EndsWith("_next", StringComparison.Ordinal)
            || kfunc.Name.StartsWith("bpf_rbtree_add", StringComparison.Ordinal));
        if (runsCallback || steps)
            MeetingPoints[slot] = ForcedPoints[slot] = true;
    }

    private int Meet(int slot)
    {
        MeetingPoints[slot] = true;
        return slot;
    }

    private static RefusalException Refuse(int slot, string message) => new(VerifierDiagnosticId.ControlFlow, slot, message);
}
