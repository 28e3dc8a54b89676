namespace Imker.Machine.Jit.X64;

internal sealed partial class X64Assembler
{
    private const byte Group1Byte = 0x83, Group1 = 0x81, Group3 = 0xf7;

    public void Alu(X64Alu operation, bool wide, X64Register dst, X64Register src) =>
        Form(wide, (byte)((int)operation << 3 | 1), (int)src, dst);

    /// <summary>With a constant, sign-extended where the operation is wide.</summary>
    public void Alu(X64Alu operation, bool wide, X64Register dst, int constant)
    {
        bool isByte = constant == (sbyte)constant;
        Form(wide, isByte ? Group1Byte : Group1, (int)operation, dst);
        if (isByte)
            Emit((byte)constant);
        else
            Emit32(constant);
    }

    /// <summary><c>op dst, [memory]</c></summary>
    public void Alu(X64Alu operation, bool wide, X64Register dst, X64Address memory) =>
        MemoryForm(wide, (byte)((int)operation << 3 | 3), (int)dst, memory);

    /// <summary><c>op [memory], constant</c></summary>
    public void Alu(X64Alu operation, bool wide, X64Address memory, int constant)
    {
        bool isByte = constant == (sbyte)constant;
        MemoryForm(wide, isByte ? Group1Byte : Group1, (int)operation, memory);
        if (isByte)
            Emit((byte)constant);
        else
            Emit32(constant);
    }

    public void Test(bool wide, X64Register left, X64Register right) => Form(wide, 0x85, (int)right, left);

    /// <summary>With a constant, sign-extended where the operation is wide.</summary>
    public void Test(bool wide, X64Register left, int constant)
    {
        Form(wide, Group3, 0, left);
        Emit32(constant);
    }

    /// <summary><c>test byte [memory], bits</c></summary>
    public void TestByte(X64Address memory, byte bits)
    {
        MemoryForm(false, 0xf6, 0, memory);
        Emit(bits);
    }

    public void Not(bool wide, X64Register dst) => Form(wide, Group3, 2, dst);

    public void Negate(bool wide, X64Register dst) => Form(wide, Group3, 3, dst);

    /// <summary><c>rdx:rax = rax * src</c>, unsigned.</summary>
    public void MultiplyWide(bool wide, X64Register src) => Form(wide, Group3, 4, src);

    /// <summary><c>rax, rdx = rdx:rax / src</c>, unsigned.</summary>
    public void Divide(bool wide, X64Register src) => Form(wide, Group3, 6, src);

    /// <summary><c>rax, rdx = rdx:rax / src</c>, signed.</summary>
    public void DivideSigned(bool wide, X64Register src) => Form(wide, Group3, 7, src);

    /// <summary><c>cqo</c> or <c>cdq</c>: the sign of <c>rax</c> fills <c>rdx</c>.</summary>
    public void SignIntoRdx(bool wide)
    {
        if (wide)
            Emit(RexW);
        Emit(0x99);
    }

    public void Multiply(bool wide, X64Register dst, X64Register src) => LongForm(wide, 0xaf, (int)dst, src);

    /// <summary><c>dst = src * constant</c></summary>
    public void Multiply(bool wide, X64Register dst, X64Register src, int constant)
    {
        bool isByte = constant == (sbyte)constant;
        Form(wide, (byte)(isByte ? 0x6b : 0x69), (int)dst, src);
        if (isByte)
            Emit((byte)constant);
        else
            Emit32(constant);
    }

    public void Shift(X64Shift operation, bool wide, X64Register dst, byte count)
    {
        Form(wide, 0xc1, (int)operation, dst);
        Emit(count);
    }

    /// <summary>By the low bits of <c>cl</c>.</summary>
    public void ShiftByCl(X64Shift operation, bool wide, X64Register dst) => Form(wide, 0xd3, (int)operation, dst);

    /// <summary><c>shlx</c>, <c>shrx</c>, <c>sarx</c> (BMI2): <c>dst = src</c> shifted by the low bits of <paramref name="count"/>.</summary>
    public void ShiftBy(X64Shift operation, bool wide, X64Register dst, X64Register src, X64Register count)
    {
        int prefix = operation switch { X64Shift.Left => 1, X64Shift.ArithmeticRight => 2, _ => 3 };
        Emit(0xc4);
        Emit((byte)(((int)dst < 8 ? 0x80 : 0) | 0x40 | ((int)src < 8 ? 0x20 : 0) | 0x02));
        Emit((byte)((wide ? 0x80 : 0) | (~(int)count & 0xf) << 3 | prefix));
        Emit(0xf7);
        EmitModRm((int)dst, src);
    }

    /// <summary>Rotates the low sixteen bits by eight; the rest stays.</summary>
    public void SwapLowBytes(X64Register dst)
    {
        Emit(OperandSizePrefix);
        Shift(X64Shift.RotateLeft, wide: false, dst, 8);
    }

    public void ByteSwap(bool wide, X64Register dst)
    {
        EmitRex(wide, 0, 0, (int)dst, required: false);
        Emit(TwoByteEscape);
        Emit((byte)(0xc8 | (int)dst & 7));
    }
}
