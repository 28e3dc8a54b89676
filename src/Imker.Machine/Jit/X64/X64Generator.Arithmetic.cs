using Imker.Bytecode;

namespace Imker.Machine.Jit.X64;

internal sealed partial class X64Generator
{
    private const int NegateCode = 0x80, MoveCode = 0xb0, EndCode = 0xd0;

    protected override void EmitArithmetic(int index, in Instruction instruction)
    {
        bool wide = instruction.Class == InstructionClass.Alu64;
        X64Register dst = Of(instruction.Dst);
        int operation = instruction.Opcode & 0xf0;
        switch (operation)
        {
            case NegateCode:
                code.Negate(wide, dst);
                break;
            case EndCode:
                EmitByteOrder(index, instruction, dst);
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
                EmitMultiplication(instruction, wide, dst);
                break;
            default:
                if (instruction.UsesSourceRegister)
                    code.Alu(OperationOf(operation), wide, dst, Of(instruction.Src));
                else
                    EmitAluConstant(OperationOf(operation), wide, dst, (int)instruction.Constant);
                zeroFlagAfter = index;
                break;
        }
    }

    private static X64Alu OperationOf(int operation) => operation switch
    {
        (int)AluOperation.Add => X64Alu.Add,
        (int)AluOperation.Sub => X64Alu.Sub,
        (int)AluOperation.Or => X64Alu.Or,
        (int)AluOperation.And => X64Alu.And,
        _ => X64Alu.Xor,
    };

    private void EmitAluConstant(X64Alu operation, bool wide, X64Register dst, int constant)
    {
        if (Options.BlindsConstants)
        {
            EmitConstant(Scratch, constant);
            code.Alu(operation, wide, dst, Scratch);
        }
        else
        {
            // A mask without the sign bit clears the upper half in the shorter form too.
            code.Alu(operation, wide && !(operation == X64Alu.And && constant >= 0), dst, constant);
        }
    }

    protected override void EmitConstant(Register dst, long constant) => EmitConstant(Of(dst), constant);

    /// <summary>A number in a register; mixed with random bits when the program is not trusted. The flags are lost.</summary>
    private void EmitConstant(X64Register dst, long constant)
    {
        if (Options.BlindsConstants)
        {
            bool isShort = constant == (int)constant;
            long key = isShort ? (int)BlindingKey.Next() : BlindingKey.Next();
            code.Move(dst, constant ^ key);
            if (isShort)
            {
                code.Alu(X64Alu.Xor, true, dst, (int)key);
            }
            else
            {
                code.MoveWide(Scratch2, key);
                code.Alu(X64Alu.Xor, true, dst, Scratch2);
            }
        }
        else if (constant == 0)
        {
            code.Clear(dst);
        }
        else
        {
            code.Move(dst, constant);
        }
    }

    private void EmitMove(in Instruction instruction, bool wide, X64Register dst)
    {
        if (!instruction.UsesSourceRegister)
        {
            EmitConstant(dst, wide ? instruction.Constant : (uint)instruction.Constant);
            return;
        }
        X64Register src = Of(instruction.Src);
        switch (instruction.Offset)
        {
            case 8:
                code.SignExtend(X64Width.Byte, wide, dst, src);
                break;
            case 16:
                code.SignExtend(X64Width.Word, wide, dst, src);
                break;
            case 32:
                code.SignExtend(X64Width.DoubleWord, wide, dst, src);
                break;
            default:
                if (!wide || dst != src)
                    code.Move(wide, dst, src);
                break;
        }
    }

    private void EmitMultiplication(in Instruction instruction, bool wide, X64Register dst)
    {
        if (instruction.UsesSourceRegister)
        {
            code.Multiply(wide, dst, Of(instruction.Src));
        }
        else if (Options.BlindsConstants)
        {
            EmitConstant(Scratch, instruction.Constant);
            code.Multiply(wide, dst, Scratch);
        }
        else
        {
            code.Multiply(wide, dst, dst, (int)instruction.Constant);
        }
    }

    private void EmitShift(in Instruction instruction, int operation, bool wide, X64Register dst)
    {
        X64Shift shift = operation switch
        {
            (int)AluOperation.ShiftLeft => X64Shift.Left,
            (int)AluOperation.ShiftRight => X64Shift.Right,
            _ => X64Shift.ArithmeticRight,
        };
        if (instruction.UsesSourceRegister)
        {
            EmitShiftByRegister(shift, wide, dst, Of(instruction.Src));
            return;
        }
        int count = (int)instruction.Constant & (wide ? 63 : 31);
        if (count != 0)
            code.Shift(shift, wide, dst, (byte)count);
        else if (!wide)
            code.Move(false, dst, dst);
    }

    private void EmitShiftByRegister(X64Shift shift, bool wide, X64Register dst, X64Register src)
    {
        if (features.HasBmi2)
        {
            code.ShiftBy(shift, wide, dst, dst, src);
            return;
        }
        // The count has to be in cl, which is R4.
        bool shiftsRcx = dst == X64Register.Rcx;
        if (src != X64Register.Rcx || shiftsRcx)
            code.Move(true, Scratch, X64Register.Rcx);
        if (src != X64Register.Rcx)
            code.Move(true, X64Register.Rcx, src);
        code.ShiftByCl(shift, wide, shiftsRcx ? Scratch : dst);
        if (src != X64Register.Rcx || shiftsRcx)
            code.Move(wide || !shiftsRcx, X64Register.Rcx, Scratch);
        if (!wide && !shiftsRcx)
            code.Move(false, dst, dst);
    }

    private void EmitByteOrder(int index, in Instruction instruction, X64Register dst)
    {
        bool swaps = instruction.Class == InstructionClass.Alu64 || instruction.UsesSourceRegister;
        switch (instruction.Constant)
        {
            case 16:
                if (swaps)
                    code.SwapLowBytes(dst);
                if (!IsResultOfHalfLoad(index))
                    code.ZeroExtend(X64Width.Word, dst, dst);
                break;
            case 32:
                if (swaps)
                    code.ByteSwap(false, dst);
                else
                    code.Move(false, dst, dst);
                break;
            default:
                if (swaps)
                    code.ByteSwap(true, dst);
                break;
        }
    }

    /// <summary>Whether the register that an instruction changes was loaded by the one before, from two bytes.</summary>
    private bool IsResultOfHalfLoad(int index)
    {
        if (index == 0 || Shape.IsLeader(index))
            return false;
        ref readonly Instruction before = ref Shape.Instructions[index - 1];
        return before.Opcode == (byte)((byte)InstructionClass.Ldx | (byte)MemorySize.Half | (byte)MemoryMode.Memory)
            && before.Dst == Shape.Instructions[index].Dst;
    }
}
