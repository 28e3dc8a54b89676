using Imker.Btf;
using Imker.Bytecode;
using Imker.Verifier.Code;
using Imker.Verifier.Context;
using Imker.Verifier.State;

namespace Imker.Verifier.Transfer;

internal sealed partial class Analysis
{
    private RegisterState ReadTypedContext(int offset, int size)
    {
        (BtfType? prototype, int skipped) = ContextPrototype;
        if (prototype is not { } function)
            throw Refuse(VerifierDiagnosticId.NotInTarget, $"what '{program.AttachTarget}' passes to its programs is not known without the kernel's types");
        if (offset % 8 != 0)
            Fail(VerifierDiagnosticId.ContextAccess, $"invalid bpf_context access off={offset} size={size}: arguments have eight bytes each");
        int index = offset / 8 + skipped;
        var parameters = function.Parameters;
        BtfType type;
        if (index < parameters.Length)
            type = parameters[index].Type;
        else if (index == parameters.Length && program.ExpectedAttachType is AttachType.TraceFexit or AttachType.ModifyReturn or AttachType.LsmCgroup)
            type = function.Target;
        else
            throw Refuse(VerifierDiagnosticId.ContextAccess, $"invalid bpf_context access off={offset} size={size}: '{program.AttachTarget}' has {parameters.Length - skipped} arguments");
        return ReadArgument(type.SkipModifiers(), parameters, index, size, offset);
    }

    private RegisterState ReadArgument(BtfType type, System.Collections.Immutable.ImmutableArray<BtfParameter> parameters, int index, int size, int offset)
    {
        if (type.Kind != BtfKind.Pointer)
            return RegisterState.UnknownScalar;
        if (size != 8)
            Fail(VerifierDiagnosticId.ContextAccess, $"invalid bpf_context access off={offset} size={size}: argument {index} is a pointer of eight bytes");
        BtfType pointee = type.Target.SkipModifiers();
        if (pointee.Kind is not (BtfKind.Struct or BtfKind.Union))
            return RegisterState.UnknownScalar;
        bool isTrusted = program.Type is ProgramType.Lsm or ProgramType.StructOps || program.ExpectedAttachType is AttachType.TraceRawTracepoint or AttachType.TraceIter;
        PointerFlags flags = isTrusted && target.Has(6, 2) ? PointerFlags.Trusted : PointerFlags.None;
        bool mayBeNull = program.ExpectedAttachType == AttachType.TraceIter && index > 0
            || index < parameters.Length && parameters[index].Name.EndsWith("__nullable", StringComparison.Ordinal);
        RegisterState pointer = RegisterState.Pointer(RegisterKind.Btf, flags | (mayBeNull ? PointerFlags.MayBeNull : 0)) with { Target = pointee.Owner, TypeId = pointee.Id };
        if (mayBeNull)
            pointer.Id = NewId();
        return pointer;
    }

    private (BtfType? Prototype, int Skipped) ContextPrototype => contextPrototype ??= FindContextPrototype();

    private (BtfType? Prototype, int Skipped)? contextPrototype;

    private (BtfType? Prototype, int Skipped) FindContextPrototype()
    {
        if (target.Types is not { } types || program.AttachTarget is not { } name)
            return program.Type == ProgramType.StructOps ? (FindOperation(), 0) : (null, 0);
        if (program.Type == ProgramType.StructOps)
            return (FindOperation(), 0);
        if (program.ExpectedAttachType == AttachType.TraceRawTracepoint)
        {
            bool isKnown = types.TryFind(BtfKind.Typedef, $"btf_trace_{name}", out BtfType trace) && trace.Target.Kind == BtfKind.Pointer;
            return (isKnown ? trace.Target.Target : null, 1);
        }
        string function = program.ExpectedAttachType switch
        {
            AttachType.TraceIter => $"bpf_iter_{name}",
            AttachType.LsmMac or AttachType.LsmCgroup => $"bpf_lsm_{name}",
            _ => name,
        };
        return (types.TryFind(BtfKind.Function, function, out BtfType found) ? found.Target : null, 0);
    }

    // The member of the kernel's structure that the program is put in.
    private BtfType? FindOperation()
    {
        foreach (Objects.MapSpec map in source.Maps)
        {
            if (map.StructOps is not { } table || code.Types is not { } own || target.Types is not { } types
                || table.TypeId >= own.Count || own[table.TypeId].Kind != BtfKind.Struct)
                continue;
            foreach (Objects.StructOpsFunction function in table.Functions)
            {
                if (function.Program != program.Name)
                    continue;
                BtfType structure = own[table.TypeId];
                BtfMember member = structure.Members.FirstOrDefault(m => m.BitOffset == 8u * (uint)function.Offset);
                if (types.TryFind(BtfKind.Struct, structure.Name, out BtfType kernel) && types.TryFindMember(kernel, member.Name, out BtfField field)
                    && field.Type.SkipModifiers() is { Kind: BtfKind.Pointer } pointer)
                    return pointer.Target.SkipModifiers();
            }
        }
        return null;
    }

    private RegisterState ReadKernelObject(in RegisterState pointer, Register name, int offset, int size)
    {
        CheckKernelObject(pointer, name, offset);
        var types = (BtfFile)pointer.Target!;
        BtfType structure = types[pointer.TypeId];
        int at = pointer.Offset + offset;
        if (pointer.Has(PointerFlags.Allocated))
            CheckSpecialFields(SpecialFields.Find(structure), pointer, offset, size);
        return ReadStructure(types, structure, at, size, pointer.Flags);
    }

    private void CheckKernelObject(in RegisterState pointer, Register name, int offset)
    {
        string type = Naming.TypeName(pointer);
        if (!target.IsPrivileged)
            Fail(VerifierDiagnosticId.KernelObject, $"'{type}' access is allowed only to CAP_PERFMON and CAP_SYS_ADMIN");
        if (pointer.Offset + offset < 0)
            Fail(VerifierDiagnosticId.KernelObject, $"{Name(name)} is ptr_{type} invalid negative access: off={pointer.Offset + offset}");
        if (!pointer.Number.IsConstant || pointer.Number.Value != 0)
            Fail(VerifierDiagnosticId.KernelObject, $"{Name(name)} is ptr_{type} invalid variable offset: off={offset}, var_off={pointer.Number.Known}");
        if (pointer.Has(PointerFlags.User))
            Fail(VerifierDiagnosticId.KernelObject, $"{Name(name)} is ptr_{type} access user memory: off={offset}; read it with bpf_probe_read_user");
        if (pointer.Has(PointerFlags.PerCpu))
            Fail(VerifierDiagnosticId.KernelObject, $"{Name(name)} is ptr_{type} access percpu memory: off={offset}; use bpf_this_cpu_ptr");
    }

    private void WriteKernelObject(in RegisterState pointer, Register name, int offset, int size, in RegisterState value)
    {
        CheckKernelObject(pointer, name, offset);
        var types = (BtfFile)pointer.Target!;
        BtfType structure = types[pointer.TypeId];
        int at = pointer.Offset + offset;
        if (pointer.Has(PointerFlags.Allocated) && !pointer.Has(PointerFlags.Untrusted | PointerFlags.Rcu))
        {
            if (pointer.ReferenceId == 0 && !pointer.Has(PointerFlags.NonOwning))
                Fail(VerifierDiagnosticId.KernelObject, "allocated object must be referenced to be written");
            CheckSpecialFields(SpecialFields.Find(structure), pointer, offset, size);
            ReadStructure(types, structure, at, size, pointer.Flags);
            return;
        }
        if (!KernelObjectWrites.IsAllowed(program, structure, at, size))
            Fail(VerifierDiagnosticId.KernelObject, $"only read is supported: {Naming.TypeName(pointer)} of the kernel cannot be written at byte {at}");
        _ = value;
    }

    // Kernel: btf_struct_walk.
    private RegisterState ReadStructure(BtfFile types, BtfType structure, int at, int size, PointerFlags of)
    {
        BtfType type = structure.SkipModifiers();
        int offset = at;
        for (int depth = 0; depth < 32; depth++)
        {
            if (!types.TryGetSize(type, out ulong total) || offset + size > (long)total && !EndsOpen(type, offset))
                Fail(VerifierDiagnosticId.KernelObject, $"access beyond struct {structure.Name} at off {at} size {size}: it has {total} bytes");
            if (type.Kind == BtfKind.Array)
            {
                BtfType element = type.Target.SkipModifiers();
                // An array of numbers may be read across its elements, such as skb->cb.
                if (element.Kind is not (BtfKind.Struct or BtfKind.Union or BtfKind.Pointer or BtfKind.Array))
                    return RegisterState.UnknownScalar;
                if (!types.TryGetSize(element, out ulong each) || each == 0)
                    return RegisterState.UnknownScalar;
                offset %= (int)each;
                type = element;
                continue;
            }
            if (type.Kind is not (BtfKind.Struct or BtfKind.Union))
                return ReadLeaf(type, structure, at, offset, size, of);
            if (FindMember(types, type, offset, size) is not { } member)
                throw Refuse(VerifierDiagnosticId.KernelObject, $"struct {structure.Name} doesn't have field at offset {at}");
            if (member.BitfieldSize != 0)
                return RegisterState.UnknownScalar;
            offset -= (int)(member.BitOffset / 8);
            type = member.Type.SkipModifiers();
        }
        return RegisterState.UnknownScalar;
    }

    // The array of unknown length at the end of a structure.
    private static bool EndsOpen(BtfType type, int offset) => type.Kind switch
    {
        BtfKind.Array => type.ElementCount == 0,
        BtfKind.Struct => type.Count > 0 && type.Members[^1] is var last && last.Type.SkipModifiers() is { Kind: BtfKind.Array } array
            && array.ElementCount == 0 && offset >= last.BitOffset / 8,
        _ => false,
    };

    private static BtfMember? FindMember(BtfFile types, BtfType type, int offset, int size)
    {
        BtfMember? open = null;
        foreach (BtfMember member in type.Members)
        {
            long start = member.BitOffset / 8;
            if (member.BitfieldSize != 0)
            {
                long end = (member.BitOffset + member.BitfieldSize + 7) / 8;
                if (offset <= start && offset + size >= start || offset >= start && offset < end)
                    return member;
                continue;
            }
            if (!types.TryGetSize(member.Type, out ulong bytes))
                continue;
            if (offset >= start && offset < start + (long)bytes)
                return member;
            if (bytes == 0 && offset >= start)
                open = member;
        }
        return open;
    }

    private RegisterState ReadLeaf(BtfType type, BtfType structure, int at, int offset, int size, PointerFlags of)
    {
        if (type.Kind != BtfKind.Pointer)
            return RegisterState.UnknownScalar;
        if (offset != 0 || size != 8)
            Fail(VerifierDiagnosticId.KernelObject, $"cannot access ptr member with moff {at - offset} in struct {structure.Name} with off {at} size {size}");
        PointerFlags flags = PointerFlags.None;
        BtfType pointee = type.Target;
        for (; pointee.Kind is BtfKind.TypeTag or BtfKind.Const or BtfKind.Volatile or BtfKind.Typedef or BtfKind.Restrict; pointee = pointee.Target)
        {
            if (pointee.Kind == BtfKind.TypeTag)
                flags |= pointee.Name switch { "user" => PointerFlags.User, "percpu" => PointerFlags.PerCpu, "rcu" => PointerFlags.Rcu, _ => PointerFlags.None };
        }
        if (pointee.Kind is not (BtfKind.Struct or BtfKind.Union))
            return RegisterState.UnknownScalar;
        if ((of & PointerFlags.Untrusted) != 0)
            flags = PointerFlags.Untrusted;
        else if ((of & PointerFlags.Allocated) != 0)
            flags = PointerFlags.Untrusted;
        else
            flags = TrustOf(structure, at, pointee, flags, of);
        RegisterState loaded = RegisterState.Pointer(RegisterKind.Btf, flags) with { Target = pointee.Owner, TypeId = pointee.Id };
        if (loaded.MayBeNull)
            loaded.Id = NewId();
        return loaded;
    }

    private PointerFlags TrustOf(BtfType structure, int at, BtfType pointee, PointerFlags flags, PointerFlags of)
    {
        _ = pointee;
        if ((of & (PointerFlags.Trusted | PointerFlags.Rcu)) == 0)
            return flags & ~PointerFlags.Rcu;
        string field = FieldNameAt(structure, at);
        FieldTrust trust = KernelObjectTrust.Of(structure.Name, field);
        bool isInRcu = state.RcuDepth > 0 || !state.IsInSleepable;
        return trust switch
        {
            FieldTrust.Trusted when (of & PointerFlags.Trusted) != 0 => flags | PointerFlags.Trusted,
            FieldTrust.TrustedOrNull when (of & PointerFlags.Trusted) != 0 => flags | PointerFlags.Trusted | PointerFlags.MayBeNull,
            FieldTrust.Rcu when isInRcu => flags | PointerFlags.Rcu,
            FieldTrust.RcuOrNull when isInRcu => flags | PointerFlags.Rcu | PointerFlags.MayBeNull,
            _ => isInRcu && (flags & PointerFlags.Rcu) != 0 ? flags | PointerFlags.MayBeNull : flags & ~PointerFlags.Rcu,
        };
    }

    private static string FieldNameAt(BtfType structure, int at)
    {
        foreach (BtfMember member in structure.SkipModifiers().Members)
        {
            if (member.BitOffset == 8L * at)
                return member.Name;
        }
        return "";
    }
}
