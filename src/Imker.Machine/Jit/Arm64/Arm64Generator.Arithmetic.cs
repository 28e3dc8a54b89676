using Imker.Bytecode;

namespace Imker.Machine.Jit.Arm64;

internal sealed partial class Arm64Generator
{
    private const int NegateCode = 0x80, MoveCode = 0xb0, EndCode = 0xd0;

    protected override void EmitArithmetic(int index, in Instruction instruction)
    {
        bool wide = instruction.Class == InstructionClass.Alu64;
        Arm64Register dst = Of(instruction.Dst);
        int operation = instruction.Opcode & 0xf0;
        switch (operation)
        {
            case NegateCode:
                code.Negate(wide, dst, dst);
                break;
            case EndCode:
                EmitByteOrder(instruction, dst);
                break;
            case MoveCode:
                EmitMove(instruction, wide, dst);
                break;
            case (int)AluOperation.Div or (int)AluOperation.Mod:
                EmitDivision(instruction, wide, dst);
                break;
            case (int)AluOperation.ShiftLeft or (int)AluOperation.ShiftRight or (int)AluOperation.ShiftRightSigned:
                EmitShift(instruction, operation, wide, dst);
                break;
            case (int)AluOperation.Mul:
                code.Multiply(wide, dst, dst, SourceOf(instruction, wide));
                break;
            case (int)AluOperation.Add or (int)AluOperation.Sub when !instruction.UsesSourceRegister && !Options.BlindsConstants
                && Arm64Assembler.FitsArithmetic(instruction.Constant):
                code.AddConstant(wide, dst, dst, (int)(operation == (int)AluOperation.Add ? instruction.Constant : -instruction.Constant));
                break;
            default:
                code.Alu(OperationOf(operation), wide, dst, dst, SourceOf(instruction, wide));
                break;
        }
    }

    protected override void EmitConstant(Register dst, long constant) => EmitConstant(Of(dst), constant);

    private static Arm64Alu OperationOf(int operation) => operation switch
    {
        (int)AluOperation.Add => Arm64Alu.Add,
        (int)AluOperation.Sub => Arm64Alu.Subtract,
        (int)AluOperation.Or => Arm64Alu.Or,
        (int)AluOperation.And => Arm64Alu.And,
        _ => Arm64Alu.Xor,
    };

    /// <summary>The register of the second operand; a constant is put into a scratch register.</summary>
    private Arm64Register SourceOf(in Instruction instruction, bool wide)
    {
        if (instruction.UsesSourceRegister)
            return Of(instruction.Src);
        EmitConstant(Scratch, wide ? instruction.Constant : (uint)instruction.Constant);
        return Scratch;
    }

    /// <summary>A number in a register; mixed with random bits when the program is not trusted.</summary>
    private void EmitConstant(Arm64Register dst, long constant)
    {
        if (!Options.BlindsConstants)
        {
            code.Move(dst, constant);
            return;
        }
        long key = BlindingKey.Next();
        code.Move(dst, constant ^ key);
        code.Move(Scratch4, key);
        code.Alu(Arm64Alu.Xor, true, dst, dst, Scratch4);
    }

    private void EmitMove(in Instruction instruction, bool wide, Arm64Register dst)
    {
        if (!instruction.UsesSourceRegister)
            EmitConstant(dst, wide ? instruction.Constant : (uint)instruction.Constant);
        else if (instruction.Offset != 0)
            code.SignExtend(instruction.Offset, wide, dst, Of(instruction.Src));
        else
            code.Move(wide, dst, Of(instruction.Src));
    }

    private void EmitShift(in Instruction instruction, int operation, bool wide, Arm64Register dst)
    {
        if (instruction.UsesSourceRegister)
        {
            Arm64Alu shift = operation switch
            {
                (int)AluOperation.ShiftLeft => Arm64Alu.ShiftLeft,
                (int)AluOperation.ShiftRight => Arm64Alu.ShiftRight,
                _ => Arm64Alu.ShiftRightArithmetic,
            };
            code.Alu(shift, wide, dst, dst, Of(instruction.Src));
            return;
        }
        int count = (int)instruction.Constant & (wide ? 63 : 31);
        switch (operation)
        {
            case (int)AluOperation.ShiftLeft:
                code.ShiftLeft(wide, dst, dst, count);
                break;
            case (int)AluOperation.ShiftRight:
                code.ShiftRight(wide, dst, dst, count);
                break;
            default:
                code.ShiftRightArithmetic(wide, dst, dst, count);
                break;
        }
    }

    private void EmitDivision(in Instruction instruction, bool wide, Arm64Register dst)
    {
        bool isRemainder = (instruction.Opcode & 0xf0) == (int)AluOperation.Mod;
        Arm64Alu divide = instruction.Offset == 1 ? Arm64Alu.DivideSigned : Arm64Alu.DivideUnsigned;
        Arm64Register src = SourceOf(instruction, wide);
        // By zero the processor gives zero, and the lowest number by minus one itself: as eBPF has it.
        if (isRemainder)
        {
            code.Alu(divide, wide, Scratch2, dst, src);
            code.MultiplySubtract(wide, dst, Scratch2, src, dst);
        }
        else
        {
            code.Alu(divide, wide, dst, dst, src);
        }
    }

    private void EmitByteOrder(in Instruction instruction, Arm64Register dst)
    {
        bool swaps = instruction.Class == InstructionClass.Alu64 || instruction.UsesSourceRegister;
        switch (instruction.Constant)
        {
            case 16:
                if (swaps)
                    code.ReverseHalves(dst, dst);
                code.ZeroExtend(16, dst, dst);
                break;
            case 32 when swaps:
                code.Reverse(false, dst, dst);
                break;
            case 32:
                code.Move(false, dst, dst);
                break;
            default:
                if (swaps)
                    code.Reverse(true, dst, dst);
                break;
        }
    }
}
