using Imker.Bytecode;
using Imker.Compiler.Ir;
using Imker.Compiler.Lir;

namespace Imker.Compiler.Selection;

internal sealed partial class InstructionSelector
{
    /// <summary>Memory at a register or frame slot plus a constant.</summary>
    private readonly record struct Address(int Register, FrameSlot? Slot, short Offset);

    // Templates are made with R0 where registers are filled in later.
    private const Register Any = Register.R0;

    private int RegisterOf(IrValue operand)
    {
        IrValue value = Operands.Resolve(operand);
        return value switch
        {
            IrConstant constant => LoadConstant(constant.Value),
            StackAllocateInstruction allocation => LoadFrameAddress(allocation, 0),
            MapAddressInstruction or FunctionAddressInstruction => Emit(LirForm.Define, SymbolOf(value), function.NewRegister()),
            _ => registers[value],
        };
    }

    /// <summary>A value that will be moved as a whole: made where it arrives if it can be.</summary>
    private LirSource Source(IrValue operand)
    {
        IrValue value = Operands.StripOffsets(operand, out long distance);
        return value switch
        {
            IrConstant constant => LirSource.OfConstant(constant.Value + distance),
            StackAllocateInstruction allocation => LirSource.OfFrame(SlotOf(allocation), distance),
            GlobalAddressInstruction global when uses.IsMadeWhereMoved(global) => LirSource.OfSymbol(LoadGlobal(global, distance)),
            MapAddressInstruction or FunctionAddressInstruction => LirSource.OfSymbol(SymbolOf(value)),
            _ => LirSource.OfRegister(registers[value], distance),
        };
    }

    private Address AddressOf(IrValue pointer, long offset, int size = sizeof(long))
    {
        IrValue root = Operands.StripOffsets(pointer, out long distance);
        offset += distance;
        if (root is StackAllocateInstruction allocation && FitsOffset(offset, size))
            return new Address(LirRegister.FramePointer, SlotOf(allocation), (short)offset);
        int register = RegisterOf(root);
        return FitsOffset(offset, size)
            ? new Address(register, null, (short)offset)
            : new Address(Modify(Instruction.Alu(AluOperation.Add, Any, checked((int)offset)), register), null, 0);
    }

    private static bool FitsOffset(long offset, int size) => offset >= short.MinValue && offset + size <= short.MaxValue;

    private int LoadConstant(long value) => Emit(LirForm.Define, Constants.Load(Any, value), function.NewRegister());

    private int LoadFrameAddress(StackAllocateInstruction allocation, int offset) => Emit(
        LirForm.FrameAddress, Instruction.Alu(AluOperation.Add, Any, offset), function.NewRegister(), slot: SlotOf(allocation));

    private Instruction SymbolOf(IrValue value)
    {
        switch (value)
        {
            case MapAddressInstruction map:
                return Instruction.LoadMap(Any, new MapReference(map.Map));
            case FunctionAddressInstruction address:
                function.Callees.Add(address.Function.Name);
                return Instruction.LoadFunction(Any, new FunctionReference(address.Function.Name));
            default:
                throw new ArgumentException($"{value.GetType().Name} is no symbol.");
        }
    }

    private static Instruction LoadGlobal(GlobalAddressInstruction global, long distance) =>
        Instruction.LoadMap(Any, new MapReference(global.Map, global.Offset + distance, ValueAddress: true));

    private FrameSlot SlotOf(StackAllocateInstruction allocation)
    {
        if (!slots.TryGetValue(allocation, out FrameSlot? slot))
        {
            slots[allocation] = slot = new FrameSlot(allocation.Size, allocation.Alignment, allocation.Name, allocation.Span);
            function.Slots.Add(slot);
        }
        return slot;
    }
}
