using Imker.Bytecode;
using Imker.Verifier.Calls;
using Imker.Verifier.Code;
using Imker.Verifier.Domain;
using Imker.Verifier.State;
using Imker.Verifier.Tables;

namespace Imker.Verifier.Transfer;

internal sealed partial class Analysis
{
    // Kernel: check_helper_call.
    private int CallHelper(int number)
    {
        HelperPrototype helper = FindHelper(number);
        var facts = new CallFacts();
        // What the format of bpf_trace_printk asks for is its own affair.
        int count = helper.Id == HelperId.TracePrintk ? 2 : helper.Arguments.Length;
        for (int i = 0; i < count; i++)
            CheckArgument(helper, i, facts);
        CheckHelperRules(helper, facts);
        if (facts.Map is { } map && HelperMaps.ProblemOf(program, helper.Id, map.Type) is { } problem)
            Fail(VerifierDiagnosticId.MapUse, $"cannot pass map_type {(int)map.Type} into func {helper.Name}#{number}: {problem}");
        FillStack(facts);
        if (facts.ReleasedRegister != 0)
            ReleaseArgument(helper, facts);
        PushCallbacks(helper, facts);
        RegisterState result = ResultOf(helper, facts);
        if (HelperTraits.ChangesPacket(helper.Id) && helper.Id != HelperId.TailCall)
        {
            ForgetCallerSaved();
            ForgetPacket();
        }
        ForgetCallerSaved();
        registers[0] = result;
        return slot + 1;
    }

    private HelperPrototype FindHelper(int number)
    {
        if (!HelperTable.TryGet(number, out HelperPrototype? helper))
            throw Refuse(VerifierDiagnosticId.NotCallable, number == 0xbad2310
                ? $"invalid func unknown#{number}: a field or type that the program asks for does not exist in the target (CO-RE); ask first whether it does"
                : $"invalid func unknown#{number}: there is no helper of this number");
        string kind = KernelConstants.ProgramTypes.NameOf(program.Type);
        if (helper.Since > target.Kernel)
            throw Refuse(VerifierDiagnosticId.NotCallable, $"unknown func {helper.Name}#{number}: it came with kernel {helper.Since.ToString(2)}");
        if (!HelperAvailability.Offers(target, program, number))
            throw Refuse(VerifierDiagnosticId.NotCallable, $"program of this type cannot use helper {helper.Name}#{number}: it is not offered to programs of type {kind}");
        if (helper.GplOnly && !Licenses.IsCompatible(source.License))
            throw Refuse(VerifierDiagnosticId.License, $"cannot call GPL-restricted function {helper.Name} from non-GPL compatible program: its licence is '{source.License}'");
        if (helper.MaySleep && !state.IsInSleepable)
            throw Refuse(VerifierDiagnosticId.NotCallable, $"helper call {helper.Name} might sleep in a non-sleepable prog");
        if (helper.MaySleep && (state.RcuDepth > 0 || state.PreemptDepth > 0 || state.IrqId != 0))
            throw Refuse(VerifierDiagnosticId.CriticalSection, $"sleepable helper {helper.Name}#{number} in {(state.RcuDepth > 0 ? "rcu_read_lock" : state.PreemptDepth > 0 ? "non-preemptible" : "IRQ-disabled")} region");
        return helper;
    }

    private void CheckHelperRules(HelperPrototype helper, CallFacts facts)
    {
        switch (helper.Id)
        {
            case HelperId.TailCall:
                CheckSections("tail_call ");
                CheckReferenceLeak("tail_call");
                break;
            case HelperId.GetLocalStorage:
                if (!registers[2].IsConstant || !registers[2].Number.IsZero)
                    Fail(VerifierDiagnosticId.Argument, "get_local_storage() doesn't support non-zero flags");
                break;
            case HelperId.SpinLock or HelperId.SpinUnlock:
                SpinLock(facts, helper.Id == HelperId.SpinLock);
                break;
            case HelperId.DynptrWrite when facts.DynptrKind is SlotObjectKind.PacketDynptr:
                ForgetPacket();
                break;
            case HelperId.Setsockopt or HelperId.Getsockopt or HelperId.PerfEventOutput:
                break;
        }
    }

    // The bytes of a buffer that the helper fills are data then.
    private void FillStack(CallFacts facts)
    {
        if (facts.FilledRegister == 0 || facts.FilledSize == 0)
            return;
        RegisterState buffer = registers[facts.FilledRegister];
        FrameState of = state.Frames[buffer.Frame];
        int at = buffer.Offset + (int)buffer.Number.Value;
        of.Grow(at);
        DestroyObjects(of, at, facts.FilledSize);
        for (int b = at; b < at + facts.FilledSize; b++)
        {
            int touched = FrameState.SlotOf(b);
            if (of.IsSpill(touched))
                ForgetSpill(of, touched);
            of.Bytes[-b - 1] = (byte)SlotKind.Data;
        }
    }

    private void ReleaseArgument(HelperPrototype helper, CallFacts facts)
    {
        ref RegisterState released = ref registers[facts.ReleasedRegister];
        if (helper.Id is HelperId.RingbufSubmitDynptr or HelperId.RingbufDiscardDynptr)
        {
            ReleaseDynptr(released);
            return;
        }
        if (facts.ReferenceId != 0)
        {
            Release(facts.ReferenceId);
            return;
        }
        bool isNull = released.IsScalar && released.Number.IsZero;
        if (!isNull)
            Fail(VerifierDiagnosticId.Reference, $"{Name(facts.ReleasedRegister)} must be referenced when passed to release function {helper.Name}: {Describe(released)} is not owned here");
    }

    private void PushCallbacks(HelperPrototype helper, CallFacts facts)
    {
        if (facts.Callback is not { } called)
            return;
        if (helper.Id == HelperId.TimerSetCallback)
            PushAsyncCallback(called, facts.Map!, maySleep: false);
        else if (HelperTraits.RunsCallback(helper.Id))
            PushCallback(helper.Id, called, facts.Map);
    }

    private RegisterState ResultOf(HelperPrototype helper, CallFacts facts)
    {
        PointerFlags flags = helper.Return.MayBeNull ? PointerFlags.MayBeNull : PointerFlags.None;
        RegisterState result = helper.Return.Kind switch
        {
            HelperReturnKind.Integer => IntegerResult(helper, facts),
            HelperReturnKind.Void => RegisterState.Unset,
            HelperReturnKind.MapValue => MapValueResult(facts, flags),
            HelperReturnKind.Socket => RegisterState.Pointer(RegisterKind.Socket, flags),
            HelperReturnKind.SocketCommon => RegisterState.Pointer(RegisterKind.SocketCommon, flags),
            HelperReturnKind.TcpSocket => RegisterState.Pointer(RegisterKind.TcpSocket, flags),
            HelperReturnKind.RingBufferRecord => RegisterState.Pointer(RegisterKind.Memory, flags | PointerFlags.RingBuffer) with { Range = facts.Size },
            HelperReturnKind.DynptrData => RegisterState.Pointer(RegisterKind.Memory, flags | PointerFlags.DynptrSlice) with { Range = facts.Size, TypeId = (uint)facts.DynptrId },
            HelperReturnKind.PerCpuVariable => PerCpuResult(facts, flags),
            _ => BtfResult(helper, facts, flags),
        };
        if (result.MayBeNull && result.Id == 0)
            result.Id = NewId();
        if (HelperTraits.Casts(helper.Id))
            result.ReferenceId = facts.ReferenceId;
        else if (HelperTraits.Acquires(helper.Id))
            result.Id = result.ReferenceId = Acquire(helper.Name);
        else if (helper.Id == HelperId.DynptrData)
            result.ReferenceId = facts.ReferenceId;
        return result;
    }

    private RegisterState IntegerResult(HelperPrototype helper, CallFacts facts)
    {
        const int MaxError = 4095;
        bool isLength = helper.Id is HelperId.GetStack or HelperId.GetTaskStack or HelperId.ProbeReadStr or HelperId.ProbeReadKernelStr or HelperId.ProbeReadUserStr;
        if (isLength && facts.LargestSize <= int.MaxValue)
        {
            // At most the size, or an error.
            Scalar length = Scalar.BetweenSigned(-MaxError, (long)facts.LargestSize);
            return RegisterState.OfScalar(length);
        }
        if (helper.Id == HelperId.GetSmpProcessorId && target.Has(6, 9))
            return RegisterState.OfScalar(Scalar.UpTo(8191));
        return RegisterState.UnknownScalar;
    }

    private RegisterState MapValueResult(CallFacts facts, PointerFlags flags)
    {
        MapInfo map = facts.Map!;
        // Elements of an array are always there (kernel 6.14).
        if (map.IsArray && facts.ConstantKey is { } key && key >= 0 && key < map.Spec.MaxEntries && target.Has(6, 14))
            flags &= ~PointerFlags.MayBeNull;
        RegisterState value = map.Type switch
        {
            MapType.Xskmap => RegisterState.Pointer(RegisterKind.XdpSocket, flags),
            MapType.Sockmap or MapType.Sockhash => RegisterState.Pointer(RegisterKind.Socket, flags),
            _ => RegisterState.Pointer(RegisterKind.MapValue, flags) with { Target = map },
        };
        if (map.Type is MapType.Sockmap or MapType.Sockhash)
            value.Id = value.ReferenceId = Acquire("bpf_map_lookup_elem");
        if (!value.MayBeNull && HasLock(value))
            value.Id = NewId();
        return value;
    }

    private RegisterState PerCpuResult(CallFacts facts, PointerFlags flags)
    {
        RegisterState variable = facts.Object;
        if (variable.Kind == RegisterKind.Btf)
        {
            PointerFlags kept = variable.Has(PointerFlags.Allocated) ? PointerFlags.Allocated | PointerFlags.Rcu : PointerFlags.None;
            return RegisterState.Pointer(RegisterKind.Btf, flags | kept) with { Target = variable.Target, TypeId = variable.TypeId };
        }
        return RegisterState.Pointer(RegisterKind.Memory, flags | PointerFlags.ReadOnly) with { Range = variable.Range };
    }

    private RegisterState BtfResult(HelperPrototype helper, CallFacts facts, PointerFlags flags)
    {
        if (helper.Id == HelperId.KptrXchg)
            return facts.Field is { } field ? OfPointee(field, flags) with { Range = 0 } : RegisterState.UnknownScalar;
        if (helper.Return.BtfType is not { } type)
            return RegisterState.UnknownScalar;
        if (helper.Id == HelperId.GetCurrentTaskBtf)
            flags |= PointerFlags.Trusted;
        return KernelPointer(type, flags);
    }
}
