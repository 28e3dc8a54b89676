using Imker.Bytecode;
using Imker.Compiler.Ir;
using Imker.Compiler.Lir;
using Imker.Objects;

namespace Imker.Compiler.Selection;

internal sealed partial class InstructionSelector
{
    private void SelectLoad(LoadInstruction load)
    {
        Address address = AddressOf(load.Pointer, load.Offset);
        MemorySize size = SizeOf(BytesOf(load));
        if (uses.Extension(load) is { } extension && target.HasVersion4)
            Load(Instruction.LoadSigned(size, Any, Any, address.Offset), DefinitionOf(extension), address, load.Pointer.Type);
        else
            Load(Instruction.Load(size, Any, Any, address.Offset), DefinitionOf(load), address, load.Pointer.Type);
    }

    // In the contexts of network programs the pointers to the packet are fields of four bytes, whose loads the kernel rewrites.
    private static int BytesOf(LoadInstruction load) =>
        load.Type.Provenance is Provenance.Packet or Provenance.PacketEnd ? sizeof(uint) : load.Type.Size;

    private int Load(Instruction template, int definition, Address address, IrType pointer)
    {
        current.Instructions.Add(new LirInstruction(LirForm.Convert, template)
        {
            Definition = definition,
            First = address.Register,
            Slot = address.Slot,
            Accesses = pointer.Provenance,
            Span = span,
        });
        return definition;
    }

    private void SelectStore(Address address, IrValue stored)
    {
        IrValue value = uses.LowPart(stored);
        MemorySize size = SizeOf(stored.Type.Size);
        if (value is IrConstant constant && (size != MemorySize.DoubleWord || Constants.FitsSigned(constant.Value)))
            StoreConstant(address, size, (int)constant.Value);
        else
            Store(address, size, RegisterOf(value));
    }

    private void SelectZero(ZeroMemoryInstruction zero)
    {
        ByteRun bytes = new(AddressOf(zero.Pointer, zero.Offset, zero.Size));
        foreach ((int offset, int size) in Pieces(zero.Size, zero.Alignment, zero.Offset, zero.Offset))
            StoreConstant(Reach(ref bytes, offset, size), SizeOf(size), 0);
    }

    private void SelectCopy(CopyMemoryInstruction copy)
    {
        ByteRun to = new(AddressOf(copy.Target, copy.TargetOffset, copy.Size));
        ByteRun from = new(AddressOf(copy.Source, copy.SourceOffset, copy.Size));
        foreach ((int offset, int bytes) in Pieces(copy.Size, copy.Alignment, copy.TargetOffset, copy.SourceOffset))
        {
            MemorySize size = SizeOf(bytes);
            Address piece = Reach(ref from, offset, bytes);
            int value = Load(
                Instruction.Load(size, Any, Any, piece.Offset), function.NewRegister(), piece, copy.Source.Type);
            Store(Reach(ref to, offset, bytes), size, value);
        }
    }

    /// <summary>Cuts a range into the largest pieces that are aligned on both sides.</summary>
    private static IEnumerable<(int Offset, int Size)> Pieces(int size, int alignment, int first, int second)
    {
        for (int offset = 0; offset < size;)
        {
            int piece = Math.Min(alignment, 8);
            while (piece > size - offset || (first + offset) % piece != 0 || (second + offset) % piece != 0)
                piece /= 2;
            yield return (offset, piece);
            offset += piece;
        }
    }

    private void SelectAtomic(AtomicInstruction atomic)
    {
        bool fetches = uses.InRegister(atomic) > 0 || atomic.Operator == AtomicOperator.Exchange;
        if (fetches || atomic.Operator != AtomicOperator.Add)
            target.Require(KernelFeature.FetchingAtomics, source.Name, span);
        Address address = AddressOf(atomic.Pointer, atomic.Offset);
        int value = RegisterOf(atomic.Value);
        Instruction template = Instruction.Atomic(
            OperationOf(atomic.Operator, fetches), SizeOf(atomic.Type.Size), Any, address.Offset, Any);
        if (fetches)
            Emit(LirForm.Fetch, template, DefinitionOf(atomic), value, address.Register, address.Slot);
        else
            Emit(LirForm.Store, template, LirRegister.None, address.Register, value, address.Slot);
    }

    private void SelectOffset(OffsetInstruction offset)
    {
        IrValue distance = Operands.Resolve(offset.Distance);
        IrValue pointer = Operands.StripOffsets(distance is IrConstant ? offset : offset.Pointer, out long added);
        if (distance is IrConstant constant && !Constants.FitsSigned(added))
            throw new ArgumentException($"{source.Name}: a pointer is moved by {constant.Value} bytes, which no instruction can.");
        int register = Moved(pointer, added);
        registers.Add(offset, distance is IrConstant ? register : Combine(AluOperation.Add, register, RegisterOf(distance), wide: true));
    }

    private int Moved(IrValue pointer, long distance) => pointer switch
    {
        StackAllocateInstruction allocation => LoadFrameAddress(allocation, (int)distance),
        GlobalAddressInstruction global when uses.IsMadeWhereMoved(global) =>
            Emit(LirForm.Define, LoadGlobal(global, distance), function.NewRegister()),
        _ when distance != 0 => Modify(AluOperation.Add, RegisterOf(pointer), (int)distance, wide: true),
        _ => RegisterOf(pointer),
    };

    private void StoreConstant(Address address, MemorySize size, int value) => Emit(
        LirForm.Store, Instruction.StoreConstant(size, Any, address.Offset, value), LirRegister.None, address.Register,
        slot: address.Slot);

    private void Store(Address address, MemorySize size, int value) => Emit(
        LirForm.Store, Instruction.Store(size, Any, address.Offset, Any), LirRegister.None, address.Register, value, address.Slot);

    /// <summary>A run of bytes that is walked from its start, and from where in it the address counts.</summary>
    private readonly record struct ByteRun(Address Address, int Origin = 0);

    // An instruction reaches 32 KiB; beyond, the walk goes on from a pointer that is moved there.
    private Address Reach(ref ByteRun run, int offset, int size)
    {
        int reached = run.Address.Offset + offset - run.Origin;
        if (FitsOffset(reached, size))
            return run.Address with { Offset = (short)reached };
        run = new ByteRun(new Address(Modify(AluOperation.Add, run.Address.Register, reached, wide: true), null, 0), offset);
        return run.Address;
    }

    private static MemorySize SizeOf(int bytes) => bytes switch
    {
        1 => MemorySize.Byte,
        2 => MemorySize.Half,
        4 => MemorySize.Word,
        8 => MemorySize.DoubleWord,
        _ => throw new ArgumentOutOfRangeException(nameof(bytes), bytes, "Memory is accessed by 1, 2, 4 or 8 bytes."),
    };

    private static AtomicOperation OperationOf(AtomicOperator op, bool fetches) => op switch
    {
        AtomicOperator.Add => fetches ? AtomicOperation.FetchAdd : AtomicOperation.Add,
        AtomicOperator.Or => fetches ? AtomicOperation.FetchOr : AtomicOperation.Or,
        AtomicOperator.And => fetches ? AtomicOperation.FetchAnd : AtomicOperation.And,
        AtomicOperator.Xor => fetches ? AtomicOperation.FetchXor : AtomicOperation.Xor,
        AtomicOperator.Exchange => AtomicOperation.Exchange,
        _ => throw new ArgumentOutOfRangeException(nameof(op), op, "There is no such operator."),
    };
}
