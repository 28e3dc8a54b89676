using Imker.Bytecode;
using Imker.Verifier.Calls;
using Imker.Verifier.Code;
using Imker.Verifier.Domain;
using Imker.Verifier.State;
using Imker.Verifier.Tables;

namespace Imker.Verifier.Transfer;

internal sealed partial class Analysis
{
    // Kernel: check_func_arg.
    private void CheckArgument(HelperPrototype helper, int index, CallFacts facts)
    {
        HelperArgument argument = helper.Arguments[index];
        var name = (Register)(index + 1);
        ref RegisterState passed = ref Read(name);
        // What a map of sockets holds are sockets.
        if (argument.Kind == HelperArgumentKind.MapValue && facts.Map is { Type: MapType.Sockmap or MapType.Sockhash } && helper.Id == HelperId.MapUpdateElem)
            argument = HelperTable.Get(HelperId.SkcToTcpSock).Arguments[0];
        if (argument.Kind == HelperArgumentKind.Anything)
        {
            RefuseLeak(passed, name, "leaks addr into helper function");
            return;
        }
        if (passed.IsPacket && !(HelperTraits.TakesPacket(helper.Id) && MayReadPacketFromHelper()))
            Fail(VerifierDiagnosticId.Argument, $"helper access to the packet is not allowed: {helper.Name} does not take packet memory as '{argument.Name}'");
        bool isNull = passed.IsScalar && passed.IsConstant && passed.Number.IsZero;
        bool isNullPassed = isNull && argument.MayBeNull;
        if (!isNullPassed)
            CheckArgumentKind(helper, argument, name, passed, facts);
        if (argument.Releases)
            MarkReleased(helper, name, passed, facts);
        if (passed.ReferenceId != 0 && passed.IsPointer)
        {
            if (facts.ReferenceId != 0 && facts.ReferenceId != passed.ReferenceId)
                Fail(VerifierDiagnosticId.Reference, $"verifier sees two references passed to {helper.Name}");
            facts.ReferenceId = passed.ReferenceId;
        }
        UseArgument(helper, index, argument, name, isNullPassed, facts);
    }

    private bool MayReadPacketFromHelper() => program.Type is not (ProgramType.SocketFilter or ProgramType.CgroupSock or ProgramType.Tracing);

    private void MarkReleased(HelperPrototype helper, Register name, in RegisterState passed, CallFacts facts)
    {
        facts.ReleasedRegister = (int)name;
        if (passed.Kind == RegisterKind.Stack)
            return;
        bool isNull = passed.IsScalar && passed.Number.IsZero;
        if (!isNull && passed.ReferenceId == 0)
            Fail(VerifierDiagnosticId.Reference, $"{Name(name)} must be referenced when passed to release function {helper.Name}: {Describe(passed)} is not owned here");
        if (!isNull && (passed.Offset != 0 || !passed.Number.IsZero))
            Fail(VerifierDiagnosticId.Reference, $"{Name(name)} must have zero offset when passed to release func or trusted arg to kfunc: it is {Describe(passed)}");
    }

    private void CheckArgumentKind(HelperPrototype helper, HelperArgument argument, Register name, in RegisterState passed, CallFacts facts)
    {
        bool isTaken = ArgumentKinds.Takes(argument.Kind, passed, argument.Access) && !(passed.MayBeNull && !argument.MayBeNull);
        if (!isTaken)
            Fail(VerifierDiagnosticId.Argument,
                $"{Name(name)} type={Naming.KernelName(passed)} expected={ArgumentKinds.KernelNames(argument.Kind)}: argument '{argument.Name}' of {helper.Name} is {Describe(passed)}");
        bool needsStart = passed.Kind is not (RegisterKind.Scalar or RegisterKind.Stack or RegisterKind.Packet or RegisterKind.PacketMeta or RegisterKind.MapKey
            or RegisterKind.MapValue or RegisterKind.Memory or RegisterKind.Buffer or RegisterKind.Arena or RegisterKind.Function or RegisterKind.Btf);
        if (needsStart)
            CheckStartOf(name, passed);
        if (argument.Kind == HelperArgumentKind.RingBufferRecord && (passed.Offset != 0 || !passed.Number.IsZero))
            CheckStartOf(name, passed);
        if (argument.Kind is HelperArgumentKind.BtfPointer or HelperArgumentKind.BtfSocketCommon && passed.Kind == RegisterKind.Btf)
            CheckBtfArgument(helper, argument, name, passed);
        _ = facts;
    }

    // Kernel: __check_ptr_off_reg.
    private void CheckStartOf(Register name, in RegisterState passed)
    {
        string kind = Naming.KernelName(passed);
        if (passed.Offset < 0)
            Fail(VerifierDiagnosticId.Argument, $"negative offset {kind} ptr {Name(name)} off={passed.Offset} disallowed");
        if (passed.Offset != 0)
            Fail(VerifierDiagnosticId.Argument, $"dereference of modified {kind} ptr {Name(name)} off={passed.Offset} disallowed: the call takes the start of it");
        if (!passed.Number.IsConstant || passed.Number.Value != 0)
            Fail(VerifierDiagnosticId.Argument, $"variable {kind} access var_off={passed.Number.Known} disallowed");
    }

    private void CheckBtfArgument(HelperPrototype helper, HelperArgument argument, Register name, in RegisterState passed)
    {
        if (passed.Has(PointerFlags.Untrusted | PointerFlags.User | PointerFlags.PerCpu))
            Fail(VerifierDiagnosticId.Argument, $"{Name(name)} type=untrusted_ptr_ expected=ptr_, trusted_ptr_, rcu_ptr_: argument '{argument.Name}' of {helper.Name}");
        if (argument.BtfType is { } expected && !KernelTypes.StartsWith(passed, expected))
            Fail(VerifierDiagnosticId.Argument, $"{Name(name)} is of type {Naming.TypeName(passed)} but {expected} is expected: argument '{argument.Name}' of {helper.Name}");
    }

    private void UseArgument(HelperPrototype helper, int index, HelperArgument argument, Register name, bool isNullPassed, CallFacts facts)
    {
        ref RegisterState passed = ref registers[(int)name];
        switch (argument.Kind)
        {
            case HelperArgumentKind.Map:
                facts.Map = (MapInfo)passed.Target!;
                CheckMapForProgram(facts.Map);
                break;
            case HelperArgumentKind.MapKey:
                if (facts.Map is null)
                    throw Refuse(VerifierDiagnosticId.Argument, $"invalid map_ptr to access map->key: {helper.Name}");
                CheckMemory(helper, name, facts.Map.KeySize, MemoryAccess.Read, isZeroAllowed: false, facts);
                facts.ConstantKey = ConstantKeyAt(passed, facts.Map);
                break;
            case HelperArgumentKind.MapValue:
                if (facts.Map is null)
                    throw Refuse(VerifierDiagnosticId.Argument, $"invalid map_ptr to access map->value: {helper.Name}");
                if (!isNullPassed)
                    CheckMemory(helper, name, facts.Map.ValueSize, argument.Access, isZeroAllowed: false, facts);
                break;
            case HelperArgumentKind.FixedMemory:
                if (!isNullPassed)
                    CheckFixedMemory(helper, name, passed, argument, facts);
                break;
            case HelperArgumentKind.Size or HelperArgumentKind.SizeOrZero:
                CheckSize(helper, index, argument.Kind == HelperArgumentKind.SizeOrZero, facts);
                break;
            case HelperArgumentKind.AllocationSize:
                if (!passed.Number.IsConstant)
                    Fail(VerifierDiagnosticId.Argument, $"{Name(name)} is not a known constant: '{argument.Name}' of {helper.Name} is {Describe(passed)}");
                precision.MarkRegister(state, (int)name);
                facts.Size = (int)Math.Min(passed.Number.Known.Value, int.MaxValue);
                break;
            case HelperArgumentKind.Callback:
                facts.Callback = passed.Target as Subprogram;
                break;
            case HelperArgumentKind.ConstantString:
                CheckConstantString(name, passed);
                break;
            case HelperArgumentKind.SpinLock or HelperArgumentKind.Timer or HelperArgumentKind.KptrField:
                UseField(helper, argument, name, passed, facts);
                break;
            case HelperArgumentKind.Dynptr:
                UseDynptr(helper, argument, name, passed, facts);
                break;
            case HelperArgumentKind.PerCpuVariable or HelperArgumentKind.BtfPointer or HelperArgumentKind.SocketCommon or HelperArgumentKind.Socket:
                facts.Object = passed;
                break;
        }
    }

    private void CheckFixedMemory(HelperPrototype helper, Register name, in RegisterState passed, HelperArgument argument, CallFacts facts)
    {
        CheckMemory(helper, name, argument.Size, argument.Access, isZeroAllowed: false, facts);
        bool isAlignedNeeded = helper.Id is HelperId.Strtol or HelperId.Strtoul;
        if (isAlignedNeeded && !IsAligned(passed, 0, argument.Size) && passed.Kind == RegisterKind.Stack)
            Fail(VerifierDiagnosticId.Alignment, $"misaligned stack access off {passed.Number.Known}+{passed.Offset}+0 size {argument.Size}");
    }

    // Kernel: check_mem_size_reg.
    private void CheckSize(HelperPrototype helper, int index, bool isZeroAllowed, CallFacts facts)
    {
        var name = (Register)(index + 1);
        ref RegisterState size = ref registers[index + 1];
        facts.LargestSize = size.Number.Whole.UMax;
        HelperArgument memory = helper.Arguments[index - 1];
        if (size.Number.Whole.SMin < 0)
            Fail(VerifierDiagnosticId.Argument, $"{Name(name)} min value is negative, either use unsigned or 'var &= const': the size for {helper.Name} is {size.Number}");
        if (size.Number.Whole.UMin == 0 && !isZeroAllowed)
            Fail(VerifierDiagnosticId.Argument, $"{Name(name)} invalid zero-sized read: u64=[{size.Number.Whole.UMin},{size.Number.Whole.UMax}]: {helper.Name} wants at least one byte");
        if (size.Number.Whole.UMax >= FarthestOffset)
            Fail(VerifierDiagnosticId.Argument, $"{Name(name)} unbounded memory access, use 'var &= const' or 'if (var < const)': the size for {helper.Name} is {size.Number}");
        CheckMemory(helper, (Register)index, (int)size.Number.Whole.UMax, memory.Access, isZeroAllowed, facts, isSizeKnown: size.Number.IsConstant);
        precision.MarkRegister(state, index + 1);
    }

    /// <summary>Whether a call may read or write so many bytes (kernel: <c>check_helper_mem_access</c>).</summary>
    private void CheckMemory(HelperPrototype helper, Register name, int size, MemoryAccess access, bool isZeroAllowed, CallFacts facts, bool isSizeKnown = true) =>
        CheckMemory(helper.Name, name, size, access, isZeroAllowed, facts, isSizeKnown);

    private void CheckMemory(string callee, Register name, int size, MemoryAccess access, bool isZeroAllowed, CallFacts facts, bool isSizeKnown = true)
    {
        ref RegisterState memory = ref registers[(int)name];
        bool isWrite = access is MemoryAccess.Write or MemoryAccess.Update;
        if (memory.IsScalar && memory.Number.IsZero && isZeroAllowed && size == 0)
            return;
        if (memory.MayBeNull && memory.Kind != RegisterKind.Stack)
            FailMaybeNull(memory, name);
        switch (memory.Kind)
        {
            case RegisterKind.Stack:
                CheckStackArgument(callee, name, memory, size, access, isZeroAllowed, facts, isSizeKnown);
                return;
            case RegisterKind.MapValue:
                var map = (MapInfo)memory.Target!;
                if (isWrite && !map.MayWrite)
                    Fail(VerifierDiagnosticId.MapUse, $"write into map forbidden, value_size={map.ValueSize} off={memory.Offset} size={size}: '{map}' is read-only");
                if (!isWrite && !map.MayRead)
                    Fail(VerifierDiagnosticId.MapUse, $"read from map forbidden, value_size={map.ValueSize} off={memory.Offset} size={size}");
                CheckMapValue(memory, name, 0, size, isZeroAllowed);
                if (PointerFieldUnder(map, memory, size))
                    Fail(VerifierDiagnosticId.SpecialField, "kptr cannot be accessed indirectly by helper");
                return;
            case RegisterKind.MapKey:
                if (isWrite)
                    Fail(VerifierDiagnosticId.MapUse, $"{Name(name)} cannot write into map_key");
                CheckRegion(memory, name, 0, size, ((MapInfo)memory.Target!).KeySize, isZeroAllowed);
                return;
            case RegisterKind.Memory:
                if (isWrite && memory.Has(PointerFlags.ReadOnly | PointerFlags.Untrusted))
                    Fail(VerifierDiagnosticId.Argument, $"{Name(name)} cannot write into {Naming.KernelName(memory)}: {Describe(memory)} is read-only");
                CheckRegion(memory, name, 0, size, memory.Range, isZeroAllowed);
                return;
            case RegisterKind.Packet or RegisterKind.PacketMeta:
                if (isWrite && !MayWritePacket())
                    Fail(VerifierDiagnosticId.PacketRange, "cannot write into packet: programs of this type may only read it");
                AccessPacket(memory, name, 0, size, isZeroAllowed);
                return;
            case RegisterKind.Buffer:
                if (isWrite && memory.Has(PointerFlags.ReadOnly))
                    Fail(VerifierDiagnosticId.Argument, $"{Name(name)} cannot write into {Naming.KernelName(memory)}");
                CheckBuffer(memory, name, 0, size);
                return;
            case RegisterKind.Btf when memory.Target is Btf.BtfFile types:
                if (isWrite)
                    Fail(VerifierDiagnosticId.KernelObject, $"only read is supported: {callee} would write {Describe(memory)}");
                CheckKernelObject(memory, name, 0);
                ReadStructureBytes(types, memory, size);
                return;
            case RegisterKind.Context when program.Type == ProgramType.Syscall:
                return;
            default:
                Fail(VerifierDiagnosticId.Argument, $"{Name(name)} type={Naming.KernelName(memory)} expected=fp: {callee} takes memory, not {Describe(memory)}");
                return;
        }
    }

    private void ReadStructureBytes(Btf.BtfFile types, in RegisterState memory, int size)
    {
        if (!types.TryGetSize(types[memory.TypeId], out ulong total) || memory.Offset + size > (long)total)
            Fail(VerifierDiagnosticId.KernelObject, $"access beyond {Naming.TypeName(memory)} at off {memory.Offset} size {size}");
    }

    private static bool PointerFieldUnder(MapInfo map, in RegisterState pointer, int size)
    {
        foreach (SpecialField field in map.Fields.All)
        {
            long first = pointer.Offset + pointer.Number.Whole.SMin, last = pointer.Offset + (long)pointer.Number.Whole.UMax + size;
            if (field.IsPointer && first < field.Offset + field.Size && last > field.Offset)
                return true;
        }
        return false;
    }

    // Kernel: check_stack_range_initialized.
    private void CheckStackArgument(
        string callee, Register name, in RegisterState memory, int size, MemoryAccess access, bool isZeroAllowed, CallFacts facts, bool isSizeKnown)
    {
        if (size == 0)
        {
            if (!isZeroAllowed)
                Fail(VerifierDiagnosticId.Argument, $"{Name(name)} invalid zero-sized read");
            CheckStackBounds(memory, name, 0, size, access is MemoryAccess.Write or MemoryAccess.Update);
            return;
        }
        bool isRaw = access == MemoryAccess.Write && memory.Number.IsConstant && isSizeKnown;
        CheckStackBounds(memory, name, 0, size, isWrite: access is MemoryAccess.Write or MemoryAccess.Update);
        if (!memory.Number.IsConstant && !target.IsPrivileged)
            Fail(VerifierDiagnosticId.StackAccess, $"{Name(name)} indirect variable offset stack access prohibited for !root, var_off={memory.Number.Known}");
        FrameState of = state.Frames[memory.Frame];
        int first = (int)(memory.Offset + memory.Number.Whole.SMin), last = (int)(memory.Offset + memory.Number.Whole.SMax) + size;
        if (isRaw)
        {
            CheckStackInitialized(of, name, first, size, isRaw: true, "indirect access");
            (facts.FilledRegister, facts.FilledSize) = ((int)name, size);
            return;
        }
        CheckStackInitialized(of, name, first, last - first, isRaw: false, $"indirect read by {callee}");
        for (int s = FrameState.SlotOf(last - 1); s <= FrameState.SlotOf(first); s++)
        {
            if (!of.IsSpill(s))
                continue;
            if (access is MemoryAccess.Write or MemoryAccess.Update)
                ForgetSpill(of, s);
        }
    }

    /// <summary>The key that a lookup is made with, where it is a known number on the stack (kernel: <c>get_constant_map_key</c>).</summary>
    private long? ConstantKeyAt(in RegisterState key, MapInfo map)
    {
        if (key.Kind != RegisterKind.Stack || !key.Number.IsConstant || map.KeySize != sizeof(uint))
            return null;
        FrameState of = state.Frames[key.Frame];
        int at = key.Offset + (int)key.Number.Value, holder = FrameState.SlotOf(at);
        if (at % FrameState.SlotSize == 0 && of.IsSpill(holder) && of.Spills[holder] is { IsScalar: true } spilled && spilled.Number.IsConstant)
        {
            precision.MarkSlot(state, key.Frame, holder);
            return (uint)spilled.Number.Value;
        }
        for (int b = at; b < at + map.KeySize; b++)
        {
            if (of[b] != SlotKind.Zero)
                return null;
        }
        return 0;
    }

    private void CheckConstantString(Register name, in RegisterState passed)
    {
        var map = (MapInfo)passed.Target!;
        if (map.MayWrite)
            Fail(VerifierDiagnosticId.Argument, $"{Name(name)} does not point to a readonly map'");
        if (!passed.Number.IsConstant)
            Fail(VerifierDiagnosticId.Argument, $"{Name(name)} is not a constant address'");
        CheckMapValue(passed, name, 0, 1);
        int at = passed.Offset + (int)passed.Number.Value;
        ReadOnlySpan<byte> contents = map.Spec.Contents.Span;
        bool isEnded = at >= contents.Length ? at < map.ValueSize : contents[at..].Contains((byte)0) || contents.Length < map.ValueSize;
        if (!isEnded)
            Fail(VerifierDiagnosticId.Argument, $"string is not zero-terminated: {Describe(passed)}");
    }
}
