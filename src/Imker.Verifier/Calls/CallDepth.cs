using Imker.Bytecode;
using Imker.Objects;
using Imker.Verifier.Code;

namespace Imker.Verifier.Calls;

/// <summary>How much stack the deepest chain of calls takes (kernel: <c>check_max_stack_depth</c>).</summary>
internal static class CallDepth
{
    private const int Most = 512;
    private const int MostWithTailCall = 256;
    private const int PrivateFrom = 64;

    /// <returns>Bytes of the deepest chain.</returns>
    /// <exception cref="RefusalException">A chain takes too much, or calls itself.</exception>
    public static int Check(ProgramCode code, ProgramSpec program, VerifierTarget target)
    {
        bool hasPrivateStacks = target.Has(6, 13) && !target.IsMachine
            && program.Type is ProgramType.Kprobe or ProgramType.Tracepoint or ProgramType.PerfEvent or ProgramType.RawTracepoint or ProgramType.Tracing
            && !code.Functions.Any(function => function.HasTailCall);
        int deepest = Walk(code, code.Functions[0], target, hasPrivateStacks, [], 0);
        foreach (Subprogram function in code.Functions)
        {
            if (function.IsAsync)
                deepest = Math.Max(deepest, Walk(code, function, target, hasPrivateStacks, [], 0));
        }
        return deepest;
    }

    private static int Walk(ProgramCode code, Subprogram function, VerifierTarget target, bool hasPrivateStacks, List<Subprogram> chain, int above)
    {
        if (chain.Contains(function))
            throw Refuse(function.Start, $"recursive call: {string.Join(" > ", chain.Select(f => f.Name))} > {function.Name}");
        if (chain.Count >= State.ProgramState.MaxFrames)
            throw Refuse(function.Start, $"the call stack of {chain.Count + 1} frames is too deep: {string.Join(" > ", chain.Select(f => f.Name))} > {function.Name}");
        int own = Round(function.StackDepth, target);
        bool isPrivate = hasPrivateStacks && own >= PrivateFrom;
        int depth = isPrivate ? above : above + own;
        chain.Add(function);
        if (depth > Most || own > Most)
            throw Refuse(function.Start, $"combined stack size of {chain.Count} calls is {Math.Max(depth, own)}. Too large: {string.Join(" + ", chain.Select(f => $"{f.Name} {Round(f.StackDepth, target)}"))}, the most are {Most}");
        if (function.HasTailCall && chain.Count > 1 && above >= MostWithTailCall)
            throw Refuse(function.Start, $"tail_calls are not allowed when call stack of previous frames is {above} bytes. Too large: the most are {MostWithTailCall}");
        int deepest = Math.Max(depth, own);
        for (int slot = function.Start; slot < function.End; slot += code[slot].SlotCount)
        {
            if (code.OperandAt(slot) is Subprogram called && (code[slot].IsCall || !called.IsAsync))
                deepest = Math.Max(deepest, Walk(code, called, target, hasPrivateStacks, chain, depth));
        }
        chain.RemoveAt(chain.Count - 1);
        return deepest;
    }

    private static int Round(int depth, VerifierTarget target)
    {
        int grain = target.Has(6, 8) ? 16 : 32;
        return (Math.Max(depth, target.Has(6, 8) ? 0 : 1) + grain - 1) / grain * grain;
    }

    private static RefusalException Refuse(int slot, string message) => new(VerifierDiagnosticId.StackDepth, slot, message);
}
