using System.Buffers.Binary;
using Imker.Bytecode;
using Imker.Verifier.Code;
using Imker.Verifier.Domain;
using Imker.Verifier.State;

namespace Imker.Verifier.Transfer;

internal sealed partial class Analysis
{
    private RegisterState ReadMapValue(in RegisterState pointer, Register name, int offset, int size)
    {
        var map = (MapInfo)pointer.Target!;
        if (!map.MayRead)
            Fail(VerifierDiagnosticId.MapUse, $"read from map forbidden, value_size={map.ValueSize} off={pointer.Offset + offset} size={size}: programs may only write '{map}'");
        CheckMapValue(pointer, name, offset, size);
        if (map.Fields.All.Length > 0 && PointerFieldAt(map, pointer, name, offset, size) is { } field)
            return LoadKernelPointer(field);
        return TryReadConstant(map, pointer, offset, size, out long value) ? RegisterState.Constant(value) : RegisterState.UnknownScalar;
    }

    private void WriteMapValue(in RegisterState pointer, Register name, int offset, int size, in RegisterState value, Register? valueName)
    {
        var map = (MapInfo)pointer.Target!;
        if (!map.MayWrite)
            Fail(VerifierDiagnosticId.MapUse, $"write into map forbidden, value_size={map.ValueSize} off={pointer.Offset + offset} size={size}: '{map}' is read-only");
        CheckMapValue(pointer, name, offset, size);
        if (map.Fields.All.Length > 0 && PointerFieldAt(map, pointer, name, offset, size) is { } field)
            StoreKernelPointer(field, value, valueName);
    }

    /// <summary>Whether the access stays in the value and off its special fields (kernel: <c>check_map_access</c>).</summary>
    private void CheckMapValue(in RegisterState pointer, Register name, int offset, int size, bool isZeroAllowed = false)
    {
        var map = (MapInfo)pointer.Target!;
        CheckRegion(pointer, name, offset, size, map.ValueSize, isZeroAllowed);
        CheckSpecialFields(map.Fields, pointer, offset, size);
    }

    private void CheckSpecialFields(SpecialFields fields, in RegisterState pointer, int offset, int size)
    {
        foreach (SpecialField field in fields.All)
        {
            long first = pointer.Offset + offset + pointer.Number.Whole.SMin, last = pointer.Offset + offset + (long)pointer.Number.Whole.UMax + size;
            if (first >= field.Offset + field.Size || last <= field.Offset)
                continue;
            if (!field.IsPointer)
                Fail(VerifierDiagnosticId.SpecialField, $"{field.Name} cannot be accessed directly by load/store: it lies at byte {field.Offset} of the value");
        }
    }

    /// <summary>The kernel pointer that an access is to, all of it (kernel: <c>check_map_access</c>, <c>check_map_kptr_access</c>).</summary>
    private SpecialField? PointerFieldAt(MapInfo map, in RegisterState pointer, Register name, int offset, int size)
    {
        foreach (SpecialField field in map.Fields.All)
        {
            long first = pointer.Offset + offset + pointer.Number.Whole.SMin, last = pointer.Offset + offset + (long)pointer.Number.Whole.UMax + size;
            if (!field.IsPointer || first >= field.Offset + field.Size || last <= field.Offset)
                continue;
            if (!pointer.Number.IsConstant)
                Fail(VerifierDiagnosticId.SpecialField, $"kptr access cannot have variable offset: {Name(name)} is {Describe(pointer)}");
            if (first != field.Offset || size != field.Size)
                Fail(VerifierDiagnosticId.SpecialField, $"kptr access misaligned or of wrong size: it lies at byte {field.Offset} and has 8 bytes");
            return field;
        }
        return null;
    }

    private RegisterState LoadKernelPointer(SpecialField field)
    {
        if (code[slot].Class != InstructionClass.Ldx || code[slot].Size != MemorySize.DoubleWord || code[slot].Mode != MemoryMode.Memory)
            Fail(VerifierDiagnosticId.SpecialField, "kptr in map can only be accessed using BPF_LDX/BPF_STX/BPF_ST of 8 bytes");
        if (field.Kind == SpecialFieldKind.UserPointer && field.Pointee is { } memory && memory.Owner.TryGetSize(memory, out ulong size))
            return RegisterState.Pointer(RegisterKind.Memory, PointerFlags.MayBeNull) with { Id = NewId(), Range = (int)Math.Min(size, int.MaxValue) };
        PointerFlags flags = PointerFlags.MayBeNull | (field.Kind == SpecialFieldKind.UntrustedKptr || state.RcuDepth == 0 && program.IsSleepable ? PointerFlags.Untrusted : PointerFlags.Rcu);
        return OfPointee(field, flags) with { Id = NewId() };
    }

    private RegisterState OfPointee(SpecialField field, PointerFlags flags)
    {
        if (field.Pointee is not { } pointee)
            return RegisterState.UnknownScalar;
        if (field.Kind == SpecialFieldKind.PerCpuKptr)
            flags |= PointerFlags.PerCpu;
        if (target.Types is { } types && types.TryFind(Btf.BtfKind.Struct, pointee.Name, out Btf.BtfType known))
            return RegisterState.Pointer(RegisterKind.Btf, flags) with { Target = types, TypeId = known.Id };
        return RegisterState.Pointer(RegisterKind.Btf, flags | PointerFlags.Allocated) with { Target = pointee.Owner, TypeId = pointee.Id };
    }

    private void StoreKernelPointer(SpecialField field, in RegisterState value, Register? valueName)
    {
        if (field.Kind != SpecialFieldKind.UntrustedKptr && !(value.IsScalar && value.Number.IsZero))
            Fail(VerifierDiagnosticId.SpecialField, "store to referenced kptr disallowed: use bpf_kptr_xchg");
        if (value.IsScalar && value.Number.IsZero)
            return;
        if (value.Kind != RegisterKind.Btf || field.Pointee is not { } pointee || Naming.TypeName(value) != $"struct {pointee.Name}")
            Fail(VerifierDiagnosticId.SpecialField, $"invalid kptr access, {(valueName is { } name ? Name(name) : "the value")} is {Describe(value)}, expected a pointer to {field.Pointee?.Name}");
    }

    // Kernel: bpf_map_is_rdonly, bpf_map_direct_read.
    private static bool TryReadConstant(MapInfo map, in RegisterState pointer, int offset, int size, out long value)
    {
        value = 0;
        long at = (long)pointer.Offset + offset + (pointer.Number.IsConstant ? pointer.Number.Value : 0);
        if (!map.IsFrozen || map.Type != MapType.Array || !pointer.Number.IsConstant || at < 0 || at + size > map.ValueSize || map.Spec.MaxEntries != 1)
            return false;
        Span<byte> bytes = stackalloc byte[8];
        bytes.Clear();
        ReadOnlySpan<byte> contents = map.Spec.Contents.Span;
        if (at < contents.Length)
            contents[(int)at..(int)Math.Min(at + size, contents.Length)].CopyTo(bytes);
        value = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        return true;
    }
}
