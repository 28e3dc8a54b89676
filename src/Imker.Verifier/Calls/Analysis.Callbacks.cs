using Imker.Bytecode;
using Imker.Verifier.Calls;
using Imker.Verifier.Code;
using Imker.Verifier.Domain;
using Imker.Verifier.State;

namespace Imker.Verifier.Transfer;

internal sealed partial class Analysis
{
    /// <summary>
    /// The callback of a helper that runs it before it returns, perhaps never, perhaps often: its walk is set aside, and the path goes on
    /// behind the call (kernel: <c>push_callback_call</c>).
    /// </summary>
    private void PushCallback(HelperId helper, Subprogram called, MapInfo? map)
    {
        if (called.Signature is null && called.IsGlobal)
            Fail(VerifierDiagnosticId.GlobalFunction, $"callback function not static: '{called.Name}'");
        called.IsCallback = true;
        bool isDone = helper == HelperId.Loop && registers[1].Number.Whole.UMax <= (ulong)state.Frame.CallbackDepth;
        if (helper == HelperId.Loop)
            precision.MarkRegister(state, 1);
        if (isDone)
            return;
        ProgramState other = SetAside(called.Start);
        other.Steps.Add(new Step(slot, 0, 0));
        ProgramState current = state;
        (state, registers) = (other, other.Registers);
        RegisterState[] arguments = [.. registers];
        FrameState callee = PushFrame(called, slot);
        callee.IsCallback = true;
        (callee.HasReturnRange, callee.ReturnMin, callee.ReturnMax) = (true, 0, 1);
        SetCallbackArguments(helper, callee, arguments, map);
        other.CallbackUnrollDepth++;
        FrameState caller = other.Frames[other.Current - 1];
        caller.CallbackDepth++;
        if (caller.CallbackDepth > 1 && FindPreviousCall(other) is { } previous)
            WidenCaller(previous, other);
        (state, registers) = (current, current.Registers);
        state.Frame.CallbackDepth = 0;
    }

    private static void WidenCaller(ProgramState previous, ProgramState of)
    {
        of.Current--;
        Widening.Widen(previous, of);
        of.Current++;
    }

    private ProgramState? FindPreviousCall(ProgramState of)
    {
        for (ProgramState? parent = of.Parent?.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent.At == slot && parent.Current == of.Current - 1)
                return parent;
        }
        return null;
    }

    private void SetCallbackArguments(HelperId helper, FrameState callee, RegisterState[] arguments, MapInfo? map)
    {
        RegisterState number = RegisterState.UnknownScalar;
        switch (helper)
        {
            case HelperId.Loop:
                // callback(u32 or u64 index, void *context)
                callee.Registers[1] = number;
                callee.Registers[2] = arguments[3];
                break;
            case HelperId.ForEachMapElem:
                callee.Registers[1] = RegisterState.Pointer(RegisterKind.Map) with { Target = map };
                callee.Registers[2] = RegisterState.Pointer(RegisterKind.MapKey) with { Target = map };
                callee.Registers[3] = RegisterState.Pointer(RegisterKind.MapValue) with { Target = map };
                callee.Registers[4] = arguments[3];
                break;
            case HelperId.FindVma:
                callee.Registers[1] = arguments[1];
                callee.Registers[2] = KernelPointer("vm_area_struct", PointerFlags.Trusted);
                callee.Registers[3] = arguments[4];
                break;
            case HelperId.UserRingbufDrain:
                callee.Registers[1] = RegisterState.Pointer(RegisterKind.Dynptr) with { Id = NewId() };
                callee.Registers[2] = arguments[3];
                break;
        }
    }

    /// <summary>A callback that runs later, on a stack of its own, is walked by itself.</summary>
    private void PushAsyncCallback(Subprogram called, MapInfo map, bool maySleep)
    {
        called.IsCallback = called.IsAsync = true;
        if (called.IsWalkedAsync)
            return;
        called.IsWalkedAsync = true;
        ProgramState fresh = NewState(called);
        fresh.Frames[0].IsCallback = fresh.Frames[0].IsAsync = true;
        (fresh.Frames[0].HasReturnRange, fresh.Frames[0].ReturnMin, fresh.Frames[0].ReturnMax) = (true, 0, 0);
        fresh.IsInSleepable = maySleep;
        RegisterState[] own = fresh.Frames[0].Registers;
        own[1] = RegisterState.Pointer(RegisterKind.Map) with { Target = map };
        own[2] = RegisterState.Pointer(RegisterKind.MapKey) with { Target = map };
        own[3] = RegisterState.Pointer(RegisterKind.MapValue) with { Target = map };
        pending.Push((called.Start, fresh));
    }

    private int ReturnFromCallback(FrameState frame)
    {
        RegisterState result = Read(Register.R0);
        if (!result.IsScalar)
            Fail(VerifierDiagnosticId.ReturnValue, $"R0 not a scalar value: a callback returns a number, not {Describe(result)}");
        precision.MarkRegister(state, 0);
        if (frame.HasReturnRange && (result.Number.Whole.SMin < frame.ReturnMin || result.Number.Whole.SMax > frame.ReturnMax))
            Fail(VerifierDiagnosticId.ReturnValue, $"At callback return the register R0 has smin={result.Number.Whole.SMin} smax={result.Number.Whole.SMax} should have been in [{frame.ReturnMin}, {frame.ReturnMax}]");
        if (state.References.Count > frame.ReferencesAtEntry)
            CheckReferenceLeak("callback return");
        int callSite = frame.CallSite;
        PopFrame();
        // The helper decides again whether it runs the callback: the caller's registers are as they were.
        return callSite;
    }
}
