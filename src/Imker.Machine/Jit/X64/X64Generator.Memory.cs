using Imker.Bytecode;

namespace Imker.Machine.Jit.X64;

internal sealed partial class X64Generator
{
    protected override void EmitMemory(int index, in Instruction instruction)
    {
        MemoryAccess.TryGet(instruction, out MemoryAccess access);
        X64Address address = EmitCheck(index, access);
        X64Width width = (X64Width)access.Size;
        switch (instruction.Class)
        {
            case InstructionClass.Ldx when instruction.Mode == MemoryMode.MemorySignExtended:
                code.LoadSigned(width, Of(instruction.Dst), address);
                break;
            case InstructionClass.Ldx:
                code.Load(width, Of(instruction.Dst), address);
                break;
            case InstructionClass.St:
                EmitStoreConstant(width, address, (int)instruction.Constant);
                break;
            case InstructionClass.Stx when instruction.Mode == MemoryMode.Atomic:
                EmitAtomic(instruction, width, address);
                break;
            default:
                code.Store(width, address, Of(instruction.Src));
                break;
        }
    }

    private void EmitStoreConstant(X64Width width, X64Address address, int constant)
    {
        if (Options.BlindsConstants)
        {
            // A masked address is in the first scratch register.
            EmitConstant(Scratch2, constant);
            code.Store(width, address, Scratch2);
        }
        else
        {
            code.Store(width, address, constant);
        }
    }

    /// <summary>
    /// <c>LD ABS</c> and <c>LD IND</c>: a number in network order from the packet. What reaches out of it ends the run with R0 = 0.
    /// </summary>
    protected override void EmitPacketLoad(int index, in Instruction instruction)
    {
        int size = MemoryAccess.SizeOf(instruction.Size);
        X64Register result = Of(Register.R0);
        EmitConstant(Scratch, (uint)instruction.Constant);
        if (instruction.Mode == MemoryMode.Indirect)
            code.Alu(X64Alu.Add, false, Scratch, Of(instruction.Src));
        code.LoadAddress(true, Scratch2, new X64Address(Scratch, size));
        code.Alu(X64Alu.Cmp, true, Scratch2, OfState(ExecutionState.PacketLengthOffset));
        BindPacketExitLater(code.JumpIfForward(X64Condition.Above), index);
        code.Alu(X64Alu.Add, true, Scratch, OfState(ExecutionState.PacketOffset));
        code.Load((X64Width)size, result, new X64Address(Scratch, 0));
        if (size == 2)
            code.SwapLowBytes(result);
        else if (size == 4)
            code.ByteSwap(false, result);
    }
}
