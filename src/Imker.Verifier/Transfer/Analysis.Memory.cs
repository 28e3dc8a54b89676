using Imker.Bytecode;
using Imker.Verifier.Code;
using Imker.Verifier.Domain;
using Imker.Verifier.State;

namespace Imker.Verifier.Transfer;

internal sealed partial class Analysis
{
    private readonly Dictionary<int, RegisterKind> accessKinds = [];

    private static int BytesOf(MemorySize size) => size switch
    {
        MemorySize.Byte => 1,
        MemorySize.Half => 2,
        MemorySize.Word => 4,
        _ => 8,
    };

    private void Load(in Instruction instruction)
    {
        RegisterState pointer = Read(instruction.Src);
        Write(instruction.Dst);
        RegisterState loaded = LoadFrom(pointer, instruction.Src, instruction.Offset, BytesOf(instruction.Size), instruction.Mode == MemoryMode.MemorySignExtended);
        registers[(int)instruction.Dst] = loaded;
        RememberKind(pointer.Kind);
    }

    private RegisterState LoadFrom(in RegisterState pointer, Register name, int offset, int size, bool isSigned)
    {
        RegisterState loaded = ReadMemory(pointer, name, offset, size, isSigned);
        if (size < 8 && loaded.IsScalar)
        {
            loaded.Number = isSigned ? ScalarArithmetic<Width64>.SignExtend(loaded.Number, size * 8) : ScalarArithmetic<Width64>.Truncate(loaded.Number, size * 8);
            if (isSigned)
                loaded.Id = 0;
        }
        return loaded;
    }

    // One instruction may access two kinds of memory on two paths only where both are accessed alike (kernel: save_aux_ptr_type).
    private void RememberKind(RegisterKind kind)
    {
        if (!accessKinds.TryAdd(slot, kind) && accessKinds[slot] is var before && before != kind && (IsRewritten(before) || IsRewritten(kind)))
            Fail(VerifierDiagnosticId.NoPointer, "same insn cannot be used with different pointers: the access is rewritten for one of them");
    }

    private static bool IsRewritten(RegisterKind kind) => kind is RegisterKind.Context or RegisterKind.Socket or RegisterKind.SocketCommon or RegisterKind.TcpSocket
        or RegisterKind.XdpSocket or RegisterKind.Btf or RegisterKind.Arena;

    private void Store(in Instruction instruction)
    {
        Read(instruction.Src);
        RegisterState pointer = Read(instruction.Dst);
        WriteMemory(pointer, instruction.Dst, instruction.Offset, BytesOf(instruction.Size), registers[(int)instruction.Src], instruction.Src);
        RememberKind(pointer.Kind);
    }

    private void StoreConstant(in Instruction instruction)
    {
        RegisterState pointer = Read(instruction.Dst);
        WriteMemory(pointer, instruction.Dst, instruction.Offset, BytesOf(instruction.Size), RegisterState.Constant(instruction.Constant), null);
        RememberKind(pointer.Kind);
    }

    private void Atomic(in Instruction instruction)
    {
        var operation = (AtomicOperation)instruction.Constant;
        int size = BytesOf(instruction.Size);
        if (operation == AtomicOperation.LoadAcquire)
        {
            RegisterState from = Read(instruction.Src);
            Write(instruction.Dst);
            CheckAtomicPlace(from, instruction.Src, instruction.Offset, size);
            registers[(int)instruction.Dst] = LoadFrom(from, instruction.Src, instruction.Offset, size, isSigned: false);
            RememberKind(from.Kind);
            return;
        }
        ref RegisterState value = ref Read(instruction.Src);
        RegisterState to = Read(instruction.Dst);
        if (operation == AtomicOperation.StoreRelease)
        {
            CheckAtomicPlace(to, instruction.Dst, instruction.Offset, size);
            WriteMemory(to, instruction.Dst, instruction.Offset, size, value, instruction.Src);
            RememberKind(to.Kind);
            return;
        }
        if (operation == AtomicOperation.CompareExchange)
            RefuseLeak(Read(Register.R0), Register.R0, "leaks addr into mem");
        RefuseLeak(value, instruction.Src, "leaks addr into mem");
        CheckAtomicPlace(to, instruction.Dst, instruction.Offset, size);
        RegisterState before = ReadMemory(to, instruction.Dst, instruction.Offset, size, isSigned: false);
        WriteMemory(to, instruction.Dst, instruction.Offset, size, RegisterState.UnknownScalar, null);
        RememberKind(to.Kind);
        if (operation == AtomicOperation.CompareExchange)
            registers[0] = Fetched(before, size);
        else if (((int)operation & 1) != 0)
            Write(instruction.Src) = Fetched(before, size);
    }

    // The memory may have changed since: only its kind is kept, and a number is any.
    private static RegisterState Fetched(in RegisterState before, int size) =>
        RegisterState.OfScalar(size < 8 ? ScalarArithmetic<Width64>.Truncate(Scalar.Unknown, size * 8) : Scalar.Unknown);

    private void CheckAtomicPlace(in RegisterState to, Register name, int offset, int size)
    {
        bool isKernels = to.Kind is RegisterKind.Context or RegisterKind.Packet or RegisterKind.PacketMeta or RegisterKind.FlowKeys or RegisterKind.Socket
            or RegisterKind.SocketCommon or RegisterKind.TcpSocket or RegisterKind.XdpSocket;
        if (isKernels)
            Fail(VerifierDiagnosticId.NoPointer, $"BPF_ATOMIC stores into {Name(name)} {Naming.KernelName(to)} is not allowed: {Describe(to)}");
        if (to.IsPointer && !IsAligned(to, offset, size))
            Fail(VerifierDiagnosticId.Alignment, $"misaligned value access off {to.Number.Known}+{to.Offset}+{offset} size {size}: atomic operations have to be aligned");
    }

    private static bool IsAligned(in RegisterState pointer, int offset, int size)
    {
        Tnum at = pointer.Number.Known + Tnum.Constant((ulong)((long)pointer.Offset + offset));
        return ((at.Value | at.Mask) & (ulong)(size - 1)) == 0;
    }

    /// <summary>What a load of so many bytes leaves, if the pointer may be read.</summary>
    private RegisterState ReadMemory(in RegisterState pointer, Register name, int offset, int size, bool isSigned)
    {
        if (pointer.MayBeNull)
            FailMaybeNull(pointer, name);
        switch (pointer.Kind)
        {
            case RegisterKind.Stack:
                return ReadStack(pointer, name, offset, size);
            case RegisterKind.MapKey:
                CheckRegion(pointer, name, offset, size, ((MapInfo)pointer.Target!).KeySize, isZeroAllowed: false);
                return RegisterState.UnknownScalar;
            case RegisterKind.MapValue:
                return ReadMapValue(pointer, name, offset, size);
            case RegisterKind.Memory:
                if (!pointer.Has(PointerFlags.Untrusted))
                    CheckRegion(pointer, name, offset, size, pointer.Range, isZeroAllowed: false);
                return RegisterState.UnknownScalar;
            case RegisterKind.Context:
                return ReadContext(pointer, name, offset, size, isSigned);
            case RegisterKind.Packet or RegisterKind.PacketMeta:
                AccessPacket(pointer, name, offset, size, isZeroAllowed: false);
                return RegisterState.UnknownScalar;
            case RegisterKind.FlowKeys:
                CheckFlowKeys(pointer, name, offset, size);
                return RegisterState.UnknownScalar;
            case RegisterKind.Socket or RegisterKind.SocketCommon or RegisterKind.TcpSocket or RegisterKind.XdpSocket:
                return ReadSocket(pointer, name, offset, size);
            case RegisterKind.TracepointBuffer or RegisterKind.Buffer:
                CheckBuffer(pointer, name, offset, size);
                return RegisterState.UnknownScalar;
            case RegisterKind.Btf:
                return ReadKernelObject(pointer, name, offset, size);
            case RegisterKind.Map:
                return ReadMapObject(pointer, name, offset, size);
            case RegisterKind.Arena:
                return RegisterState.UnknownScalar;
            default:
                throw Refuse(VerifierDiagnosticId.NoPointer, NoMemory(pointer, name));
        }
    }

    private string NoMemory(in RegisterState pointer, Register name) =>
        $"{Name(name)} invalid mem access '{Naming.KernelName(pointer)}': {(pointer.IsScalar ? $"{Describe(pointer)} is no address that may be accessed" : $"{Describe(pointer)} is no memory")}";

    private void FailMaybeNull(in RegisterState pointer, Register name) =>
        Fail(VerifierDiagnosticId.MaybeNull, $"{Name(name)} invalid mem access '{Naming.KernelName(pointer)}': {Describe(pointer)}; test it against 0 first");

    /// <summary>Stores a register, or some number, if the pointer may be written.</summary>
    private void WriteMemory(in RegisterState pointer, Register name, int offset, int size, in RegisterState value, Register? valueName)
    {
        if (pointer.MayBeNull)
            FailMaybeNull(pointer, name);
        if (valueName is { } from && pointer.Kind is not RegisterKind.Stack)
            RefuseLeak(value, from, "leaks addr into mem");
        switch (pointer.Kind)
        {
            case RegisterKind.Stack:
                WriteStack(pointer, name, offset, size, value, valueName);
                return;
            case RegisterKind.MapKey:
                throw Refuse(VerifierDiagnosticId.MapUse, $"write to change key {Name(name)} not allowed");
            case RegisterKind.MapValue:
                WriteMapValue(pointer, name, offset, size, value, valueName);
                return;
            case RegisterKind.Memory:
                if (pointer.Has(PointerFlags.ReadOnly | PointerFlags.Untrusted))
                    Fail(VerifierDiagnosticId.OutOfBounds, $"{Name(name)} cannot write into {Naming.KernelName(pointer)}: {Describe(pointer)} is read-only");
                CheckRegion(pointer, name, offset, size, pointer.Range, isZeroAllowed: false);
                return;
            case RegisterKind.Context:
                WriteContext(pointer, name, offset, size, value);
                return;
            case RegisterKind.Packet or RegisterKind.PacketMeta:
                if (!MayWritePacket())
                    Fail(VerifierDiagnosticId.PacketRange, "cannot write into packet: programs of this type may only read it");
                AccessPacket(pointer, name, offset, size, isZeroAllowed: false);
                return;
            case RegisterKind.FlowKeys:
                CheckFlowKeys(pointer, name, offset, size);
                return;
            case RegisterKind.Socket or RegisterKind.SocketCommon or RegisterKind.TcpSocket or RegisterKind.XdpSocket:
                throw Refuse(VerifierDiagnosticId.KernelObject, $"{Name(name)} cannot write into {Naming.KernelName(pointer)}: sockets are read-only");
            case RegisterKind.TracepointBuffer or RegisterKind.Buffer:
                if (pointer.Has(PointerFlags.ReadOnly))
                    Fail(VerifierDiagnosticId.OutOfBounds, $"{Name(name)} cannot write into {Naming.KernelName(pointer)}: it is read-only");
                CheckBuffer(pointer, name, offset, size);
                return;
            case RegisterKind.Btf:
                WriteKernelObject(pointer, name, offset, size, value);
                return;
            case RegisterKind.Map:
                throw Refuse(VerifierDiagnosticId.MapUse, "only read from the map's own structure is supported");
            case RegisterKind.Arena:
                return;
            default:
                throw Refuse(VerifierDiagnosticId.NoPointer, NoMemory(pointer, name));
        }
    }

    /// <summary>Whether every byte is within an object of known size (kernel: <c>check_mem_region_access</c>).</summary>
    private void CheckRegion(in RegisterState pointer, Register name, int offset, int size, int total, bool isZeroAllowed)
    {
        ref readonly Interval range = ref pointer.Number.Whole;
        long at = (long)pointer.Offset + offset;
        if (range.SMin < 0 && (range.SMin == long.MinValue || at + range.SMin != (int)(at + range.SMin) || range.SMin + at < 0))
            Fail(VerifierDiagnosticId.OutOfBounds, $"{Name(name)} min value is negative, either use unsigned index or do a if (index >=0) check: it is {pointer.Number}");
        if (!IsInside(at + range.SMin, size, total, isZeroAllowed))
            FailRegion(pointer, name, at + range.SMin, size, total, "min");
        if (range.UMax >= FarthestOffset)
            Fail(VerifierDiagnosticId.OutOfBounds, $"{Name(name)} unbounded memory access, make sure to bounds check any such access: the index is {pointer.Number}, the object has {total} bytes");
        if (!IsInside(at + (long)range.UMax, size, total, isZeroAllowed))
            FailRegion(pointer, name, at + (long)range.UMax, size, total, "max");
    }

    private static bool IsInside(long at, int size, int total, bool isZeroAllowed) => at >= 0 && (size > 0 || size == 0 && isZeroAllowed) && at + size <= total;

    private void FailRegion(in RegisterState pointer, Register name, long at, int size, int total, string end)
    {
        string what = pointer.Kind switch
        {
            RegisterKind.MapValue => $"invalid access to map value, value_size={total} off={at} size={size}",
            RegisterKind.MapKey => $"invalid access to map key, key_size={total} off={at} size={size}",
            _ => $"invalid access to memory, mem_size={total} off={at} size={size}",
        };
        string reach = size <= 0 ? $"{size} bytes" : $"byte {at + size - 1}";
        Fail(VerifierDiagnosticId.OutOfBounds, $"{what}; {Name(name)} {end} value is outside of the allowed memory range: {Describe(pointer with { Offset = 0, Number = Scalar.Constant(0) })} has {total} bytes, {(at < 0 ? $"byte {at}" : reach)} is accessed");
    }

    private void CheckFlowKeys(in RegisterState pointer, Register name, int offset, int size)
    {
        const int FlowKeysSize = 56;
        long at = (long)pointer.Offset + offset;
        if (!pointer.Number.IsConstant || at < 0 || at + size > FlowKeysSize)
            Fail(VerifierDiagnosticId.OutOfBounds, $"invalid access to flow keys off={at} size={size}: they have {FlowKeysSize} bytes");
        _ = name;
    }

    private void CheckBuffer(in RegisterState pointer, Register name, int offset, int size)
    {
        long at = (long)pointer.Offset + offset;
        if (at < 0)
            Fail(VerifierDiagnosticId.OutOfBounds, $"{Name(name)} invalid buffer access: off={at}, size={size}");
        if (!pointer.Number.IsConstant || pointer.Number.Value != 0)
            Fail(VerifierDiagnosticId.OutOfBounds, $"{Name(name)} invalid variable buffer offset: off={at}, var_off={pointer.Number.Known}");
        if (pointer.Kind == RegisterKind.Buffer && pointer.Range > 0 && at + size > pointer.Range)
            FailRegion(pointer, name, at, size, pointer.Range, "max");
    }
}
