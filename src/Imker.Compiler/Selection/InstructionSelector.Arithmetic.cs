using Imker.Bytecode;
using Imker.Compiler.Ir;
using Imker.Compiler.Lir;

namespace Imker.Compiler.Selection;

internal sealed partial class InstructionSelector
{
    private void SelectBinary(BinaryInstruction binary)
    {
        bool wide = binary.Type.Bits > 32;
        IrValue left = wide ? Operands.Resolve(binary.Left) : uses.LowPart(binary.Left);
        IrValue right = wide ? Operands.Resolve(binary.Right) : uses.LowPart(binary.Right);
        if (IsCommutative(binary.Operator) && ComesSecond(left, right, binary.Block))
            (left, right) = (right, left);
        switch (binary.Operator)
        {
            case BinaryOperator.DivideUnsigned or BinaryOperator.DivideSigned when right is IrConstant { Value: 0 }:
                Emit(LirForm.Define, Constants.Load(Any, 0), DefinitionOf(binary));
                break;
            case BinaryOperator.ModuloUnsigned or BinaryOperator.ModuloSigned when right is IrConstant { Value: 0 }:
                Emit(LirForm.Convert, wide ? Instruction.Mov(Any, Any) : Instruction.Mov32(Any, Any), DefinitionOf(binary), RegisterOf(left));
                break;
            case BinaryOperator.DivideSigned or BinaryOperator.ModuloSigned when !target.HasVersion4:
                SelectSignedDivision(binary, left, right);
                break;
            case BinaryOperator.And when wide && right is IrConstant { Value: uint.MaxValue }:
                Emit(LirForm.Convert, Instruction.Mov32(Any, Any), DefinitionOf(binary), RegisterOf(left));
                break;
            default:
                registers.Add(binary, Arithmetic(OperationOf(binary.Operator), RegisterOf(left), right, wide));
                break;
        }
    }

    private int Arithmetic(AluOperation operation, int register, IrValue right, bool wide)
    {
        if (right is not IrConstant constant)
            return Combine(operation, register, RegisterOf(right), wide);
        long value = wide ? constant.Value : (int)constant.Value;
        switch (operation)
        {
            case AluOperation.ShiftLeft or AluOperation.ShiftRight or AluOperation.ShiftRightSigned:
                return Modify(operation, register, (int)(value & (wide ? 63 : 31)), wide);
            case AluOperation.Sub when Constants.FitsSigned(-value):
                return Modify(AluOperation.Add, register, (int)-value, wide);
            case var _ when Constants.FitsSigned(value):
                return Modify(operation, register, (int)value, wide);
            default:
                return Combine(operation, register, LoadConstant(value), wide);
        }
    }

    // Without signed division: of the absolute values, and the sign put on afterwards. Division by zero gives zero and the remainder
    // is the dividend, as with the instruction, because that is what the unsigned operation gives.
    private void SelectSignedDivision(BinaryInstruction binary, IrValue left, IrValue right)
    {
        bool wide = binary.Type.Bits > 32;
        bool divides = binary.Operator == BinaryOperator.DivideSigned;
        int signBit = wide ? 63 : 31;
        AluOperation operation = divides ? AluOperation.Div : AluOperation.Mod;
        int dividend = RegisterOf(left);
        int sign = Modify(AluOperation.ShiftRightSigned, dividend, signBit, wide);
        int absolute = WithSign(dividend, sign, wide);
        int result;
        if (right is IrConstant constant)
        {
            long value = wide ? constant.Value : (int)constant.Value;
            result = Arithmetic(operation, absolute, new IrConstant(binary.Type, value < 0 ? -value : value), wide);
            if (divides && value < 0)
                sign = Modify(AluOperation.Xor, sign, -1, wide);
        }
        else
        {
            int divisor = RegisterOf(right);
            int divisorSign = Modify(AluOperation.ShiftRightSigned, divisor, signBit, wide);
            result = Combine(operation, absolute, WithSign(divisor, divisorSign, wide), wide);
            if (divides)
                sign = Combine(AluOperation.Xor, sign, divisorSign, wide);
        }
        registers.Add(binary, WithSign(result, sign, wide));
    }

    // Negates when the sign is -1, and leaves the value when it is 0.
    private int WithSign(int value, int sign, bool wide) =>
        Combine(AluOperation.Sub, Combine(AluOperation.Xor, value, sign, wide), sign, wide);

    private void SelectConvert(ConvertInstruction convert)
    {
        if (registers.ContainsKey(convert) || (convert.Operator == ConvertOperator.Truncate && uses.IsLowPartOnly(convert)))
            return;
        int operand = RegisterOf(uses.LowPart(convert.Value));
        int bits = convert.Type.Bits;
        switch (convert.Operator)
        {
            case ConvertOperator.Truncate when bits == 32:
                Emit(LirForm.Convert, Instruction.Mov32(Any, Any), DefinitionOf(convert), operand);
                break;
            case ConvertOperator.Truncate:
                Emit(LirForm.Modify, Instruction.Alu(AluOperation.And, Any, (1 << bits) - 1), DefinitionOf(convert), operand);
                break;
            case ConvertOperator.ByteSwap:
                Emit(
                    LirForm.Modify, target.HasVersion4 ? Instruction.ByteSwap(Any, bits) : Instruction.ToBigEndian(Any, bits),
                    DefinitionOf(convert), operand);
                break;
            case ConvertOperator.SignExtend:
                registers.Add(convert, SignExtend(operand, convert.Value.Type.Bits, bits));
                break;
            default:
                throw new ArgumentException($"{source.Name}: the conversion {convert.Operator} has no code.");
        }
    }

    private int SignExtend(int operand, int from, int to)
    {
        bool wide = to > 32;
        int result;
        if (target.HasVersion4)
        {
            result = Convert(wide ? Instruction.MovSigned(Any, Any, from) : Instruction.MovSigned32(Any, Any, from), operand);
        }
        else
        {
            int unused = (wide ? 64 : 32) - from;
            int shifted = Modify(AluOperation.ShiftLeft, operand, unused, wide);
            result = Modify(AluOperation.ShiftRightSigned, shifted, unused, wide);
        }
        return to is 32 or 64 ? result : Modify(AluOperation.And, result, (1 << to) - 1, wide: false);
    }

    private int Modify(AluOperation operation, int operand, int constant, bool wide) =>
        Modify(wide ? Instruction.Alu(operation, Any, constant) : Instruction.Alu32(operation, Any, constant), operand);

    private int Combine(AluOperation operation, int left, int right, bool wide) =>
        Combine(wide ? Instruction.Alu(operation, Any, Any) : Instruction.Alu32(operation, Any, Any), left, right);

    private static bool IsCommutative(BinaryOperator op) => op is
        BinaryOperator.Add or BinaryOperator.Multiply or BinaryOperator.And or BinaryOperator.Or or BinaryOperator.Xor;

    // Constants stand right; the left operand's register is overwritten, so it is better one that nothing else needs.
    private bool ComesSecond(IrValue left, IrValue right, IrBlock? block) =>
        left is IrConstant ? right is not IrConstant : EndsIn(right, block) && !EndsIn(left, block);

    private bool EndsIn(IrValue value, IrBlock? block) =>
        value is IrInstruction instruction && instruction.Block == block && uses.All(value) == 1;

    private static AluOperation OperationOf(BinaryOperator op) => op switch
    {
        BinaryOperator.Add => AluOperation.Add,
        BinaryOperator.Subtract => AluOperation.Sub,
        BinaryOperator.Multiply => AluOperation.Mul,
        BinaryOperator.DivideUnsigned => AluOperation.Div,
        BinaryOperator.DivideSigned => AluOperation.SignedDiv,
        BinaryOperator.ModuloUnsigned => AluOperation.Mod,
        BinaryOperator.ModuloSigned => AluOperation.SignedMod,
        BinaryOperator.And => AluOperation.And,
        BinaryOperator.Or => AluOperation.Or,
        BinaryOperator.Xor => AluOperation.Xor,
        BinaryOperator.ShiftLeft => AluOperation.ShiftLeft,
        BinaryOperator.ShiftRightUnsigned => AluOperation.ShiftRight,
        BinaryOperator.ShiftRightSigned => AluOperation.ShiftRightSigned,
        _ => throw new ArgumentOutOfRangeException(nameof(op), op, "There is no such operator."),
    };
}
