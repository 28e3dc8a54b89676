using Imker.Bytecode;
using Imker.Verifier.Calls;
using Imker.Verifier.Code;
using Imker.Verifier.State;
using Imker.Verifier.Tables;

namespace Imker.Verifier.Transfer;

internal sealed partial class Analysis
{
    private int Call(in Instruction instruction)
    {
        if (instruction.Opcode != 0x85)
            throw Refuse(VerifierDiagnosticId.BadInstruction, $"'{instruction}': calls through registers are not supported");
        if (code.OperandAt(slot) is Subprogram called)
            return called.IsGlobal ? CallGlobal(called) : CallStatic(called);
        if (code.OperandAt(slot) is KfuncReference kfunc)
        {
            if (state.LockId != 0 && !LockRules.MayCallUnderLock(kfunc.Name))
                Fail(VerifierDiagnosticId.Lock, $"function calls are not allowed while holding a lock: {kfunc.Name}");
            return CallKfunc(kfunc);
        }
        if (state.LockId != 0 && instruction.Constant != (long)HelperId.SpinUnlock)
            Fail(VerifierDiagnosticId.Lock, $"function calls are not allowed while holding a lock: call {HelperName(instruction.Constant)} after bpf_spin_unlock");
        return CallHelper((int)instruction.Constant);
    }

    private static string HelperName(long id) => HelperTable.TryGet(id, out HelperPrototype? helper) ? helper.Name : $"helper {id}";

    // Kernel: check_func_call, setup_func_entry.
    private int CallStatic(Subprogram called)
    {
        FrameState callee = PushFrame(called, slot);
        for (int i = 1; i <= 5; i++)
            callee.Registers[i] = state.Frames[state.Current - 1].Registers[i];
        FrameState caller = state.Frames[state.Current - 1];
        for (int i = 0; i <= 5; i++)
            caller.Registers[i] = RegisterState.Unset;
        registers = callee.Registers;
        return called.Start;
    }

    private FrameState PushFrame(Subprogram called, int callSite)
    {
        if (state.Current + 1 >= ProgramState.MaxFrames)
            Fail(VerifierDiagnosticId.StackDepth, $"the call stack of {state.Current + 2} frames is too deep: {CallChain()} > {called.Name}");
        state.Current++;
        FrameState callee = state.Frames[state.Current] ??= new FrameState();
        InitializeFrame(callee, called, state.Current, callSite);
        callee.ReferencesAtEntry = state.References.Count;
        return callee;
    }

    private string CallChain() => string.Join(" > ", state.Frames.Take(state.Current + 1).Select(frame => frame.Function.Name));

    private void PopFrame()
    {
        state.Current--;
        registers = state.Registers;
    }

    private void ForgetCallerSaved()
    {
        for (int i = 0; i <= 5; i++)
            registers[i] = RegisterState.Unset;
    }

    private int Exit()
    {
        FrameState frame = state.Frame;
        if (state.Current > 0)
            return frame.IsCallback ? ReturnFromCallback(frame) : ReturnFromFunction(frame);
        CheckSections("BPF_EXIT instruction in main prog ");
        CheckReferenceLeak("BPF_EXIT instruction in main prog", mayReturn: true);
        CheckReturnValue();
        return -1;
    }

    private int ReturnFromFunction(FrameState frame)
    {
        RegisterState result = frame.Registers[0];
        if (result.Kind == RegisterKind.Stack)
            Fail(VerifierDiagnosticId.StackAccess, "cannot return stack pointer to the caller: the function's stack ends with it");
        int callSite = frame.CallSite;
        PopFrame();
        registers[0] = result;
        return callSite + 1;
    }

    /// <summary>What must be ended before the program ends or something runs that may not return.</summary>
    private void CheckSections(string what)
    {
        if (state.LockId != 0)
            Fail(VerifierDiagnosticId.Lock, $"{what}cannot be used inside bpf_spin_lock-ed region: call bpf_spin_unlock first");
        if (state.IrqId != 0)
            Fail(VerifierDiagnosticId.CriticalSection, $"{what}cannot be used inside bpf_local_irq_save-ed region");
        if (state.RcuDepth > 0)
            Fail(VerifierDiagnosticId.CriticalSection, $"{what}cannot be used inside bpf_rcu_read_lock-ed region");
        if (state.PreemptDepth > 0)
            Fail(VerifierDiagnosticId.CriticalSection, $"{what}cannot be used inside bpf_preempt_disable-ed region");
    }

    private void CheckReferenceLeak(string what, bool mayReturn = false)
    {
        foreach (AcquiredReference reference in state.References)
        {
            bool isReturned = mayReturn && program.Type == Bytecode.ProgramType.StructOps && registers[0].ReferenceId == reference.Id && registers[0].Kind == RegisterKind.Btf;
            if (isReturned)
                continue;
            Fail(VerifierDiagnosticId.Reference,
                $"{what} would lead to reference leak: Unreleased reference id={reference.Id} alloc_insn={reference.Slot}: what {reference.What} took there has not been given back on this path");
        }
    }

    // Kernel: check_return_code.
    private void CheckReturnValue()
    {
        Subprogram function = state.Frame.Function;
        bool isMain = function.Index == 0;
        if (!isMain && function.Signature is { ReturnsVoid: true })
            return;
        if (isMain && IsVoidOperation())
            return;
        ref RegisterState result = ref Read(Register.R0);
        if (state.Frame.IsAsync)
        {
            CheckAsyncReturn(state.Frame, result);
            return;
        }
        if (!isMain)
        {
            if (!result.IsScalar)
                Fail(VerifierDiagnosticId.ReturnValue, $"At subprogram exit the register R0 is not a scalar value: it is {Describe(result)}");
            return;
        }
        RefuseLeak(result, Register.R0, "leaks addr as return value");
        if (ReturnRange.Of(program, target, HookReturnType()) is not { } range)
            return;
        if (!result.IsScalar)
        {
            if (program.Type == ProgramType.StructOps)
                return;
            Fail(VerifierDiagnosticId.ReturnValue, $"At program exit the register R0 is not a known value ({Naming.KernelName(result)}): it should have been in [{range.Min}, {range.Max}]");
        }
        precision.MarkRegister(state, 0);
        long min = range.IsWhole ? result.Number.Whole.SMin : result.Number.Low.SMin, max = range.IsWhole ? result.Number.Whole.SMax : result.Number.Low.SMax;
        if (min < range.Min || max > range.Max)
            Fail(VerifierDiagnosticId.ReturnValue,
                $"At program exit the register R0 has smin={min} smax={max} should have been in [{range.Min}, {range.Max}]: programs of type {KernelConstants.ProgramTypes.NameOf(program.Type)} may return only that");
    }

    private void CheckAsyncReturn(FrameState frame, in RegisterState result)
    {
        precision.MarkRegister(state, 0);
        if (!result.IsScalar || result.Number.Whole.SMin < frame.ReturnMin || result.Number.Whole.SMax > frame.ReturnMax)
            Fail(VerifierDiagnosticId.ReturnValue, $"At async callback return the register R0 is {Describe(result)}, should have been in [{frame.ReturnMin}, {frame.ReturnMax}]");
    }

    private bool IsVoidOperation() =>
        program.Type is ProgramType.StructOps or ProgramType.Lsm && HookReturnType() is { } type && type.IsVoid;

    private Btf.BtfType? HookReturnType() => program.Type is ProgramType.StructOps or ProgramType.Lsm && ContextPrototype.Prototype is { } prototype ? prototype.Target.SkipModifiers() : null;

    private int MayGoto()
    {
        if (!target.Has(6, 9))
            Fail(VerifierDiagnosticId.NotInTarget, "may_goto came with kernel 6.9");
        ProgramState round = SetAside(slot + 1);
        round.Steps.Add(new Step(slot, 0, 0));
        round.MayGotoDepth++;
        // What nothing relied on in the round before may be anything in the next.
        if (FindPrevious(slot) is { } previous)
            Widening.Widen(previous, round);
        return code.JumpTarget(slot);
    }

    // The state of the round before; the nearest is that of this round.
    private ProgramState? FindPrevious(int at)
    {
        for (ProgramState? parent = state.Parent?.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent.At == at && parent.Current == state.Current)
                return parent;
        }
        return null;
    }
}
