using System.Collections.Immutable;
using Imker.Btf;
using Imker.Bytecode;
using Imker.Verifier.Calls;
using Imker.Verifier.Code;
using Imker.Verifier.State;
using Imker.Verifier.Tables;

namespace Imker.Verifier.Transfer;

internal sealed partial class Analysis
{
    // What needs rules of ownership that are not here: refused, so that nothing wrong is accepted.
    private const KfuncFlags WithoutRules = KfuncFlags.IrqSave | KfuncFlags.IrqRestore | KfuncFlags.ListPush | KfuncFlags.ListPop | KfuncFlags.TreeAdd
        | KfuncFlags.TreeRemove | KfuncFlags.TreeFirst | KfuncFlags.Refcount;

    // Kernel: check_kfunc_call.
    private int CallKfunc(KfuncReference reference)
    {
        (Kfunc kfunc, BtfType prototype) = FindKfunc(reference);
        ImmutableArray<BtfParameter> parameters = prototype.Parameters;
        if (RunSectionKfunc(kfunc))
        {
            ForgetCallerSaved();
            registers[0] = kfunc.Has(KfuncFlags.RcuLock | KfuncFlags.RcuUnlock | KfuncFlags.PreemptDisable | KfuncFlags.PreemptEnable)
                ? RegisterState.Unset : RegisterState.UnknownScalar;
            return slot + 1;
        }
        if (kfunc.Has(KfuncFlags.Throw))
            return Throw();
        var facts = new CallFacts();
        for (int i = 0; i < parameters.Length && i < 5; i++)
            CheckKfuncArgument(kfunc, parameters, i, facts);
        if (kfunc.Has(KfuncFlags.NeedsRcu) && state.IsInSleepable && state.RcuDepth == 0)
            Fail(VerifierDiagnosticId.CriticalSection, $"expected an RCU CS when using {kfunc.Name}");
        if (kfunc.Has(KfuncFlags.IterNew))
            NewIterator(kfunc);
        if (kfunc.Has(KfuncFlags.IterNext))
        {
            NextOfIterator(kfunc, IteratorElement(kfunc, prototype));
            return slot + 1;
        }
        if (kfunc.Has(KfuncFlags.IterDestroy))
            DestroyIterator(kfunc);
        FillStack(facts);
        if (kfunc.Has(KfuncFlags.DynptrSkb | KfuncFlags.DynptrXdp))
            MakePacketDynptr(kfunc);
        RegisterState result = KfuncResult(kfunc, prototype, facts);
        if (kfunc.Has(KfuncFlags.Release))
            ReleaseKfuncArgument(kfunc, facts);
        ForgetCallerSaved();
        registers[0] = result;
        return slot + 1;
    }

    private (Kfunc Kfunc, BtfType Prototype) FindKfunc(KfuncReference reference)
    {
        if (!target.Has(5, 13) || target.IsMachine)
            throw Refuse(VerifierDiagnosticId.NotCallable, $"calling kernel function {reference.Name} is not supported by {target.Name}");
        if (target.Types is not { } types)
            throw Refuse(VerifierDiagnosticId.NotInTarget, $"calling kernel function {reference.Name}: its signature is not known without the kernel's types");
        if (!types.TryFind(BtfKind.Function, reference.Name, out BtfType function))
            throw Refuse(VerifierDiagnosticId.NotCallable, $"calling kernel function {reference.Name}: the kernel has no such function");
        if (!KfuncTable.TryGet(reference.Name, out Kfunc? kfunc) || !MayCall(kfunc))
            throw Refuse(VerifierDiagnosticId.NotCallable, $"calling kernel function {reference.Name} is not allowed: not for programs of type {KernelConstants.ProgramTypes.NameOf(program.Type)}");
        if (kfunc.Has(WithoutRules))
            throw Refuse(VerifierDiagnosticId.NotCallable, $"calling kernel function {reference.Name}: its rules of ownership are not known here, so no program that calls it is accepted");
        if (!Licenses.IsCompatible(source.License))
            throw Refuse(VerifierDiagnosticId.License, $"cannot call kernel function {reference.Name} from non-GPL compatible program");
        if (kfunc.Has(KfuncFlags.Sleeps) && !state.IsInSleepable)
            throw Refuse(VerifierDiagnosticId.NotCallable, $"program must be sleepable to call sleepable kfunc {reference.Name}");
        return (kfunc, function.Target);
    }

    private bool MayCall(Kfunc kfunc)
    {
        KfuncPrograms mine = program.Type switch
        {
            ProgramType.Tracing or ProgramType.Tracepoint or ProgramType.PerfEvent => KfuncPrograms.Tracing,
            ProgramType.Lsm => KfuncPrograms.Tracing | KfuncPrograms.Lsm,
            ProgramType.StructOps => KfuncPrograms.Tracing | KfuncPrograms.StructOps,
            ProgramType.Syscall => KfuncPrograms.Tracing | KfuncPrograms.Packet,
            ProgramType.SchedCls or ProgramType.SchedAct or ProgramType.CgroupSkb or ProgramType.SocketFilter or ProgramType.SkSkb or ProgramType.LwtIn
                or ProgramType.LwtOut or ProgramType.LwtXmit or ProgramType.LwtSeg6Local or ProgramType.Netfilter => KfuncPrograms.Packet,
            ProgramType.Xdp => KfuncPrograms.Xdp,
            ProgramType.Kprobe => KfuncPrograms.Kprobe | KfuncPrograms.Tracing,
            _ => KfuncPrograms.None,
        };
        return (kfunc.Programs & (mine | KfuncPrograms.Common)) != 0;
    }

    private bool RunSectionKfunc(Kfunc kfunc)
    {
        if (kfunc.Has(KfuncFlags.RcuLock))
        {
            if (state.RcuDepth > 0 && !target.Has(6, 18))
                Fail(VerifierDiagnosticId.CriticalSection, "nested rcu read lock (kernel function bpf_rcu_read_lock)");
            state.RcuDepth++;
            return true;
        }
        if (kfunc.Has(KfuncFlags.RcuUnlock))
        {
            if (state.RcuDepth == 0)
                Fail(VerifierDiagnosticId.CriticalSection, "unmatched rcu read unlock (kernel function bpf_rcu_read_unlock)");
            state.RcuDepth--;
            if (state.RcuDepth == 0)
                DistrustRcu();
            return true;
        }
        if (kfunc.Has(KfuncFlags.PreemptDisable))
        {
            state.PreemptDepth++;
            return true;
        }
        if (kfunc.Has(KfuncFlags.PreemptEnable))
        {
            if (state.PreemptDepth == 0)
                Fail(VerifierDiagnosticId.CriticalSection, "unmatched attempt to enable preemption (kernel function bpf_preempt_enable)");
            state.PreemptDepth--;
            return true;
        }
        return false;
    }

    // What RCU protected may be gone after its section.
    private void DistrustRcu()
    {
        for (int i = 0; i <= state.Current; i++)
        {
            foreach (ref RegisterState register in state.Frames[i].Registers.AsSpan(0, 10))
            {
                if (register.IsPointer && register.Has(PointerFlags.Rcu))
                    register.Flags = register.Flags & ~(PointerFlags.Rcu | PointerFlags.MayBeNull) | PointerFlags.Untrusted;
            }
        }
    }

    private int Throw()
    {
        CheckSections("bpf_throw ");
        CheckReferenceLeak("bpf_throw");
        return -1;
    }

    private void CheckKfuncArgument(Kfunc kfunc, ImmutableArray<BtfParameter> parameters, int index, CallFacts facts)
    {
        var name = (Register)(index + 1);
        BtfParameter parameter = parameters[index];
        BtfType type = parameter.Type.SkipModifiers();
        if (parameter.Name.EndsWith("__ign", StringComparison.Ordinal))
            return;
        ref RegisterState passed = ref Read(name);
        if (type.Kind != BtfKind.Pointer)
        {
            if (!passed.IsScalar)
                Fail(VerifierDiagnosticId.Argument, $"{Name(name)} is not a scalar: argument '{parameter.Name}' of {kfunc.Name} is {Describe(passed)}");
            if (parameter.Name.EndsWith("__k", StringComparison.Ordinal) || parameter.Name.EndsWith("__szk", StringComparison.Ordinal))
            {
                if (!passed.Number.IsConstant)
                    Fail(VerifierDiagnosticId.Argument, $"{Name(name)} must be a known constant: argument '{parameter.Name}' of {kfunc.Name}");
                precision.MarkRegister(state, (int)name);
                facts.Size = (int)Math.Min(passed.Number.Known.Value, int.MaxValue);
            }
            return;
        }
        CheckKfuncPointer(kfunc, parameters, index, type.Target, name, passed, facts);
    }

    private void CheckKfuncPointer(Kfunc kfunc, ImmutableArray<BtfParameter> parameters, int index, BtfType pointee, Register name, in RegisterState passed, CallFacts facts)
    {
        BtfParameter parameter = parameters[index];
        BtfType bare = pointee.SkipModifiers();
        bool isNullable = parameter.Name.EndsWith("__nullable", StringComparison.Ordinal) || parameter.Name.EndsWith("__opt", StringComparison.Ordinal);
        bool isNull = passed.IsScalar && passed.Number.IsZero;
        if (isNull && isNullable)
            return;
        if (passed.MayBeNull && !isNullable && kfunc.Has(KfuncFlags.RcuArguments | KfuncFlags.TrustedArguments | KfuncFlags.Release))
            Fail(VerifierDiagnosticId.MaybeNull, $"Possibly NULL pointer passed to trusted arg{index}: '{parameter.Name}' of {kfunc.Name} is {Describe(passed)}");
        if (isNull && kfunc.Has(KfuncFlags.RcuArguments | KfuncFlags.TrustedArguments))
            Fail(VerifierDiagnosticId.MaybeNull, $"Possibly NULL pointer passed to trusted arg{index}: '{parameter.Name}' of {kfunc.Name}");
        if (passed.ReferenceId != 0 && passed.IsPointer)
            facts.ReferenceId = passed.ReferenceId;
        if (bare.Kind == BtfKind.Struct && bare.Name.StartsWith("bpf_iter_", StringComparison.Ordinal) && index == 0 && kfunc.Has(KfuncFlags.IterNew | KfuncFlags.IterNext | KfuncFlags.IterDestroy))
            return;
        if (bare.Kind == BtfKind.Struct && bare.Name is "bpf_dynptr" or "bpf_dynptr_kern")
        {
            PassDynptr(kfunc, index, parameter, name, passed, facts);
            return;
        }
        if (passed.Kind == RegisterKind.Context)
        {
            if (passed.Offset != 0 || !passed.Number.IsZero)
                CheckStartOf(name, passed);
            return;
        }
        BtfParameter? size = index + 1 < parameters.Length && (parameters[index + 1].Name.EndsWith("__sz", StringComparison.Ordinal) || parameters[index + 1].Name.EndsWith("__szk", StringComparison.Ordinal))
            ? parameters[index + 1] : null;
        if (size is not null)
        {
            PassMemory(kfunc, index, name, facts);
            return;
        }
        if (parameter.Name.EndsWith("__map", StringComparison.Ordinal))
        {
            PassMap(kfunc, index, name, passed, facts);
            return;
        }
        if (passed.Kind == RegisterKind.Btf)
        {
            CheckKernelArgument(kfunc, index, bare, name, passed, facts);
            return;
        }
        if (passed.IsScalar && bare.IsVoid)
            return;
        if (parameter.Name.EndsWith("__str", StringComparison.Ordinal) && passed.Kind == RegisterKind.MapValue)
        {
            CheckConstantString(name, passed);
            return;
        }
        if (!passed.IsPointer)
            Fail(VerifierDiagnosticId.Argument, $"{Name(name)} is not a pointer: argument '{parameter.Name}' of {kfunc.Name} is {Describe(passed)}");
        if (bare.Kind is BtfKind.Struct or BtfKind.Union && !IsPlainData(bare))
            Fail(VerifierDiagnosticId.Argument, $"arg#{index} pointer type STRUCT {bare.Name} must point to scalar, or struct with scalar: {kfunc.Name} takes the kernel's own, not {Describe(passed)}");
        if (bare.Owner.TryGetSize(bare, out ulong bytes))
            CheckMemory(kfunc.Name, name, (int)Math.Min(bytes, 4096), MemoryAccess.Update, isZeroAllowed: false, facts);
    }

    // A map of the program, or one of the kernel that an iterator shows.
    private void PassMap(Kfunc kfunc, int index, Register name, in RegisterState passed, CallFacts facts)
    {
        if (passed.Kind == RegisterKind.Map)
        {
            facts.Map = (MapInfo)passed.Target!;
            if (kfunc.Has(KfuncFlags.ArenaAlloc | KfuncFlags.ArenaFree) && facts.Map.Type != MapType.Arena)
                Fail(VerifierDiagnosticId.MapUse, $"{kfunc.Name} takes an arena: '{facts.Map}' is none");
            return;
        }
        if (passed.Kind != RegisterKind.Btf || !KernelTypes.StartsWith(passed, "bpf_map"))
            Fail(VerifierDiagnosticId.Argument, $"kernel function {kfunc.Name} args#{index} expected pointer to STRUCT bpf_map but {Name(name)} is {Describe(passed)}");
        if (!passed.Has(PointerFlags.Trusted))
            Fail(VerifierDiagnosticId.KernelObject, $"{Name(name)} must be referenced or trusted: argument {index} of {kfunc.Name} is {Describe(passed)}");
    }

    private static bool IsPlainData(BtfType type) => type.Kind != BtfKind.Struct || type.Members.All(member => member.Type.SkipModifiers().Kind is not BtfKind.Pointer);

    private void CheckKernelArgument(Kfunc kfunc, int index, BtfType expected, Register name, in RegisterState passed, CallFacts facts)
    {
        bool isTrusted = passed.ReferenceId != 0 || passed.Has(PointerFlags.Trusted);
        if (kfunc.Has(KfuncFlags.Release) && passed.ReferenceId == 0)
            Fail(VerifierDiagnosticId.Reference, $"release kernel function {kfunc.Name} expects refcounted PTR_TO_BTF_ID: {Name(name)} is {Describe(passed)}");
        if (kfunc.Has(KfuncFlags.TrustedArguments) && !isTrusted)
            Fail(VerifierDiagnosticId.KernelObject, $"{Name(name)} must be referenced or trusted: argument {index} of {kfunc.Name}");
        if (kfunc.Has(KfuncFlags.RcuArguments) && !isTrusted && !passed.Has(PointerFlags.Rcu))
            Fail(VerifierDiagnosticId.KernelObject, $"{Name(name)} must be a rcu pointer: argument {index} of {kfunc.Name} is {Describe(passed)}");
        if (kfunc.Has(KfuncFlags.Release) && passed.Offset != 0)
            Fail(VerifierDiagnosticId.Reference, $"{Name(name)} must have zero offset when passed to release func or trusted arg to kfunc");
        if (expected.Kind == BtfKind.Struct && !KernelTypes.StartsWith(passed, expected.Name) && expected.Name is not ("bpf_cpumask" or "__sk_buff"))
            Fail(VerifierDiagnosticId.Argument, $"kernel function {kfunc.Name} args#{index} expected pointer to STRUCT {expected.Name} but {Name(name)} has a pointer to {Naming.TypeName(passed)}");
        facts.Object = passed;
    }

    private void PassMemory(Kfunc kfunc, int index, Register name, CallFacts facts)
    {
        ref RegisterState size = ref Read((Register)(index + 2));
        if (!size.IsScalar || size.Number.Whole.SMin < 0 || size.Number.Whole.UMax >= FarthestOffset)
            Fail(VerifierDiagnosticId.Argument, $"arg#{index + 1} memory, len pair leads to invalid memory access: the length for {kfunc.Name} is {Describe(size)}");
        precision.MarkRegister(state, index + 2);
        CheckMemory(kfunc.Name, name, (int)size.Number.Whole.UMax, MemoryAccess.Update, isZeroAllowed: true, facts);
    }

    private void PassDynptr(Kfunc kfunc, int index, BtfParameter parameter, Register name, in RegisterState passed, CallFacts facts)
    {
        if (parameter.Name.EndsWith("__uninit", StringComparison.Ordinal))
        {
            facts.FilledRegister = 0;
            dynptrPlace = (passed.Frame, NewDynptrPlace(name, passed));
            return;
        }
        if (passed.Kind == RegisterKind.Dynptr)
        {
            facts.DynptrId = passed.Id;
            return;
        }
        SlotObject dynptr = FindDynptr(name, passed);
        (facts.DynptrKind, facts.DynptrId, facts.ReferenceId) = (dynptr.Kind, dynptr.Id, dynptr.ReferenceId);
        if (kfunc.Has(KfuncFlags.Writes) && dynptr.IsReadOnly)
            Fail(VerifierDiagnosticId.Dynptr, $"the prog does not allow writes to packet data: {kfunc.Name}");
        _ = index;
    }

    private (int Frame, int First) dynptrPlace;

    private void MakePacketDynptr(Kfunc kfunc)
    {
        bool isXdp = kfunc.Has(KfuncFlags.DynptrXdp);
        MakeDynptr(state.Frames[dynptrPlace.Frame], dynptrPlace.First, isXdp ? SlotObjectKind.XdpDynptr : SlotObjectKind.PacketDynptr, !MayWritePacket(), reference: 0);
    }

    private void ReleaseKfuncArgument(Kfunc kfunc, CallFacts facts)
    {
        if (facts.ReferenceId == 0)
            Fail(VerifierDiagnosticId.Reference, $"release kernel function {kfunc.Name} expects refcounted PTR_TO_BTF_ID");
        Release(facts.ReferenceId);
    }

    private RegisterState IteratorElement(Kfunc kfunc, BtfType prototype)
    {
        BtfType type = prototype.Target.SkipModifiers();
        if (type.Kind != BtfKind.Pointer)
            return RegisterState.UnknownScalar;
        BtfType pointee = type.Target.SkipModifiers();
        if (pointee.Kind is BtfKind.Struct or BtfKind.Union)
            return RegisterState.Pointer(RegisterKind.Btf, kfunc.Name == "bpf_iter_css_next" || kfunc.Name == "bpf_iter_task_next" ? PointerFlags.Rcu : PointerFlags.Trusted)
                with { Target = pointee.Owner, TypeId = pointee.Id };
        return RegisterState.Pointer(RegisterKind.Memory, PointerFlags.ReadOnly) with { Range = pointee.Owner.TryGetSize(pointee, out ulong size) ? (int)size : 0 };
    }

    private RegisterState KfuncResult(Kfunc kfunc, BtfType prototype, CallFacts facts)
    {
        BtfType type = prototype.Target.SkipModifiers();
        if (type.IsVoid)
            return RegisterState.Unset;
        if (type.Kind != BtfKind.Pointer)
            return RegisterState.UnknownScalar;
        PointerFlags flags = kfunc.Has(KfuncFlags.ReturnsNull) ? PointerFlags.MayBeNull : PointerFlags.None;
        RegisterState result = kfunc switch
        {
            _ when kfunc.Has(KfuncFlags.DynptrSlice) => RegisterState.Pointer(RegisterKind.Memory,
                flags | PointerFlags.DynptrSlice | (facts.DynptrKind is SlotObjectKind.PacketDynptr or SlotObjectKind.XdpDynptr ? PointerFlags.PacketSlice : 0)
                    | (kfunc.Has(KfuncFlags.Writes) ? 0 : PointerFlags.ReadOnly)) with { Range = facts.Size, TypeId = (uint)facts.DynptrId },
            _ when kfunc.Has(KfuncFlags.Cast) => CastByConstant(),
            _ when kfunc.Has(KfuncFlags.CastCtx) => KernelPointer(program.Type == ProgramType.Xdp ? "xdp_buff" : "sk_buff", PointerFlags.Trusted),
            _ when kfunc.Has(KfuncFlags.ArenaAlloc) => RegisterState.Pointer(RegisterKind.Arena),
            _ when kfunc.Has(KfuncFlags.ObjNew) => NewObject(kfunc, flags),
            _ => PointerResult(type.Target.SkipModifiers(), flags, kfunc),
        };
        if (kfunc.Has(KfuncFlags.Acquire) && result.IsPointer)
            result.Id = result.ReferenceId = Acquire(kfunc.Name);
        else if (result.MayBeNull && result.Id == 0)
            result.Id = NewId();
        return result;
    }

    private static RegisterState PointerResult(BtfType pointee, PointerFlags flags, Kfunc kfunc)
    {
        if (pointee.Kind is BtfKind.Struct or BtfKind.Union)
            return RegisterState.Pointer(RegisterKind.Btf, flags | (kfunc.Has(KfuncFlags.Acquire) ? PointerFlags.Trusted : 0)) with { Target = pointee.Owner, TypeId = pointee.Id };
        if (pointee.IsVoid || !pointee.Owner.TryGetSize(pointee, out ulong size))
            return RegisterState.UnknownScalar;
        return RegisterState.Pointer(RegisterKind.Memory, flags | PointerFlags.ReadOnly) with { Range = (int)size };
    }

    private RegisterState CastByConstant()
    {
        if (!registers[2].IsConstant || target.Types is not { } types || registers[2].Number.Value < 0 || registers[2].Number.Value >= types.Count)
            throw Refuse(VerifierDiagnosticId.Argument, "kfunc bpf_rdonly_cast type ID argument must be of a struct");
        BtfType type = types[(uint)registers[2].Number.Value];
        return type.IsVoid
            ? RegisterState.Pointer(RegisterKind.Memory, PointerFlags.ReadOnly | PointerFlags.Untrusted)
            : RegisterState.Pointer(RegisterKind.Btf, PointerFlags.Untrusted) with { Target = types, TypeId = type.Id };
    }

    private RegisterState NewObject(Kfunc kfunc, PointerFlags flags)
    {
        if (!registers[1].IsConstant || code.Types is not { } types || registers[1].Number.Value <= 0 || registers[1].Number.Value >= types.Count
            || types[(uint)registers[1].Number.Value].Kind != BtfKind.Struct)
            throw Refuse(VerifierDiagnosticId.Argument, $"{kfunc.Name} type ID argument must be of a struct");
        return RegisterState.Pointer(RegisterKind.Btf, flags | PointerFlags.Allocated | (kfunc.Has(KfuncFlags.Percpu) ? PointerFlags.PerCpu : 0))
            with { Target = types, TypeId = (uint)registers[1].Number.Value };
    }
}
