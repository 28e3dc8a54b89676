using System.Numerics;
using Imker.Bytecode;

namespace Imker.Machine.Jit.X64;

internal sealed partial class X64Generator
{
    private void EmitDivision(in Instruction instruction, bool wide, X64Register dst)
    {
        bool isRemainder = (instruction.Opcode & 0xf0) == (int)AluOperation.Mod;
        bool isSigned = instruction.Offset == 1;
        if (instruction.UsesSourceRegister)
            EmitDivisionByRegister(isRemainder, isSigned, wide, dst, Of(instruction.Src));
        else
            EmitDivisionByConstant(isRemainder, isSigned, wide, dst, instruction.Constant);
    }

    private void EmitDivisionByConstant(bool isRemainder, bool isSigned, bool wide, X64Register dst, long constant)
    {
        ulong divisor = wide ? (ulong)constant : (uint)constant;
        if (divisor == 0)
            EmitDivisionByZero(isRemainder, wide, dst);
        else if (isSigned || Options.BlindsConstants)
            EmitDivisionByLoadedConstant(isRemainder, isSigned, wide, dst, wide ? constant : (uint)constant);
        else if (BitOperations.IsPow2(divisor))
            EmitDivisionByPowerOfTwo(isRemainder, wide, dst, divisor);
        else
            EmitDivisionByReciprocal(isRemainder, wide, dst, divisor);
    }

    private void EmitDivisionByZero(bool isRemainder, bool wide, X64Register dst)
    {
        if (!isRemainder)
            code.Clear(dst);
        else if (!wide)
            code.Move(false, dst, dst);
    }

    private void EmitDivisionByPowerOfTwo(bool isRemainder, bool wide, X64Register dst, ulong divisor)
    {
        int bits = BitOperations.Log2(divisor);
        if (!isRemainder && bits == 0)
        {
            if (!wide)
                code.Move(false, dst, dst);
        }
        else if (!isRemainder)
        {
            code.Shift(X64Shift.Right, wide, dst, (byte)bits);
        }
        else if (bits <= 31)
        {
            code.Alu(X64Alu.And, false, dst, (int)(divisor - 1));
        }
        else
        {
            code.Move(Scratch, (long)(divisor - 1));
            code.Alu(X64Alu.And, true, dst, Scratch);
        }
    }

    /// <summary>
    /// Multiplies by the reciprocal and takes the high half (Granlund and Montgomery, "Division by invariant integers using
    /// multiplication", 1994).
    /// </summary>
    private void EmitDivisionByReciprocal(bool isRemainder, bool wide, X64Register dst, ulong divisor)
    {
        Reciprocal reciprocal = wide ? Reciprocal.Of64(divisor) : Reciprocal.Of32((uint)divisor);
        if (!wide)
            code.Move(false, dst, dst);
        bool keepsRax = dst != X64Register.Rax, keepsRdx = dst != X64Register.Rdx;
        code.Move(true, Scratch, dst);
        if (keepsRax)
            code.Push(X64Register.Rax);
        if (keepsRdx)
            code.Push(X64Register.Rdx);
        code.Move(X64Register.Rax, (long)reciprocal.Factor);
        code.MultiplyWide(true, Scratch);
        if (reciprocal.NeedsAddition)
        {
            // The factor has a 65th bit: (n - high) / 2 + high does not overflow.
            code.Move(true, Scratch2, Scratch);
            code.Alu(X64Alu.Sub, true, Scratch2, X64Register.Rdx);
            code.Shift(X64Shift.Right, true, Scratch2, 1);
            code.Alu(X64Alu.Add, true, Scratch2, X64Register.Rdx);
        }
        else
        {
            code.Move(true, Scratch2, X64Register.Rdx);
        }
        if (reciprocal.Shift > 0)
            code.Shift(X64Shift.Right, true, Scratch2, (byte)reciprocal.Shift);
        if (keepsRdx)
            code.Pop(X64Register.Rdx);
        if (keepsRax)
            code.Pop(X64Register.Rax);
        if (isRemainder)
        {
            EmitRemainder(dst, divisor);
            return;
        }
        code.Move(true, dst, Scratch2);
    }

    // The dividend is in one scratch register, the quotient in the other.
    private void EmitRemainder(X64Register dst, ulong divisor)
    {
        if (divisor == (ulong)(int)divisor)
        {
            code.Multiply(true, Scratch2, Scratch2, (int)divisor);
        }
        else
        {
            code.Move(dst, (long)divisor);
            code.Multiply(true, Scratch2, dst);
        }
        code.Alu(X64Alu.Sub, true, Scratch, Scratch2);
        code.Move(true, dst, Scratch);
    }

    private void EmitDivisionByLoadedConstant(bool isRemainder, bool isSigned, bool wide, X64Register dst, long constant)
    {
        X64Register divisor = dst == X64Register.Rdi ? X64Register.Rsi : X64Register.Rdi;
        code.Push(divisor);
        EmitConstant(divisor, constant);
        EmitDivisionByRegister(isRemainder, isSigned, wide, dst, divisor);
        code.Pop(divisor);
    }

    private void EmitDivisionByRegister(bool isRemainder, bool isSigned, bool wide, X64Register dst, X64Register src)
    {
        code.Test(wide, src, src);
        int byZero = code.JumpIfShort(X64Condition.Equal);
        int byMinusOne = 0;
        if (isSigned)
        {
            code.Alu(X64Alu.Cmp, wide, src, -1);
            byMinusOne = code.JumpIfShort(X64Condition.Equal);
        }
        EmitProcessorDivision(isRemainder, isSigned, wide, dst, src);
        int done = code.JumpShort();
        if (isSigned)
        {
            // The processor would trap where the lowest number is divided.
            code.BindShort(byMinusOne);
            if (isRemainder)
                code.Clear(dst);
            else
                code.Negate(wide, dst);
            int alsoDone = code.JumpShort();
            code.BindShort(byZero);
            EmitDivisionByZero(isRemainder, wide, dst);
            code.BindShort(alsoDone);
        }
        else
        {
            code.BindShort(byZero);
            EmitDivisionByZero(isRemainder, wide, dst);
        }
        code.BindShort(done);
    }

    private void EmitProcessorDivision(bool isRemainder, bool isSigned, bool wide, X64Register dst, X64Register src)
    {
        const X64Register Rax = X64Register.Rax, Rdx = X64Register.Rdx;
        code.Move(true, Scratch, Rax);
        code.Move(true, Scratch2, Rdx);
        X64Register divisor = src == Rax ? Scratch : src == Rdx ? Scratch2 : src;
        if (dst != Rax)
            code.Move(true, Rax, dst);
        if (isSigned)
        {
            code.SignIntoRdx(wide);
            code.DivideSigned(wide, divisor);
        }
        else
        {
            code.Clear(Rdx);
            code.Divide(wide, divisor);
        }
        X64Register result = isRemainder ? Rdx : Rax;
        if (dst != result)
            code.Move(true, dst, result);
        if (dst != Rax)
            code.Move(true, Rax, Scratch);
        if (dst != Rdx)
            code.Move(true, Rdx, Scratch2);
    }
}
