namespace Imker.Machine.Jit.X64;

internal sealed partial class X64Assembler
{
    public void Move(bool wide, X64Register dst, X64Register src) => Form(wide, 0x89, (int)src, dst);

    /// <summary>Any number in the shortest form that leaves the flags alone.</summary>
    public void Move(X64Register dst, long constant)
    {
        if (constant == (uint)constant)
        {
            EmitRex(false, 0, 0, (int)dst, required: false);
            Emit((byte)(0xb8 | (int)dst & 7));
            Emit32((int)constant);
        }
        else if (constant == (int)constant)
        {
            Form(true, 0xc7, 0, dst);
            Emit32((int)constant);
        }
        else
        {
            MoveWide(dst, constant);
        }
    }

    /// <summary><c>movabs</c>: ten bytes whatever the number, so that it can be patched.</summary>
    public void MoveWide(X64Register dst, long constant)
    {
        EmitRex(true, 0, 0, (int)dst, required: false);
        Emit((byte)(0xb8 | (int)dst & 7));
        Emit64(constant);
    }

    /// <summary>The number zero, at the cost of the flags.</summary>
    public void Clear(X64Register dst) => Form(false, 0x31, (int)dst, dst);

    public void ConditionalMove(X64Condition condition, bool wide, X64Register dst, X64Register src) =>
        LongForm(wide, (byte)(0x40 | (int)condition), (int)dst, src);

    /// <summary>The low bytes of a register, zero-extended to 64 bits.</summary>
    public void ZeroExtend(X64Width width, X64Register dst, X64Register src)
    {
        if (width == X64Width.DoubleWord)
            Move(false, dst, src);
        else
            LongForm(false, (byte)(width == X64Width.Byte ? 0xb6 : 0xb7), (int)dst, src, NeedsRex(width, src));
    }

    /// <summary>The low bytes of a register, sign-extended to 32 or, when <paramref name="wide"/>, 64 bits.</summary>
    public void SignExtend(X64Width width, bool wide, X64Register dst, X64Register src)
    {
        if (width == X64Width.DoubleWord)
            Form(true, 0x63, (int)dst, src);
        else
            LongForm(wide, (byte)(width == X64Width.Byte ? 0xbe : 0xbf), (int)dst, src, NeedsRex(width, src));
    }

    /// <summary>Zero-extended to 64 bits.</summary>
    public void Load(X64Width width, X64Register dst, X64Address memory)
    {
        if (width is X64Width.Byte or X64Width.Word)
            LongMemoryForm(false, (byte)(width == X64Width.Byte ? 0xb6 : 0xb7), (int)dst, memory);
        else
            MemoryForm(width == X64Width.QuadWord, 0x8b, (int)dst, memory);
    }

    /// <summary>Sign-extended to 64 bits.</summary>
    public void LoadSigned(X64Width width, X64Register dst, X64Address memory)
    {
        if (width == X64Width.DoubleWord)
            MemoryForm(true, 0x63, (int)dst, memory);
        else
            LongMemoryForm(true, (byte)(width == X64Width.Byte ? 0xbe : 0xbf), (int)dst, memory);
    }

    public void Store(X64Width width, X64Address memory, X64Register src)
    {
        if (width == X64Width.Word)
            Emit(OperandSizePrefix);
        MemoryForm(width == X64Width.QuadWord, (byte)(width == X64Width.Byte ? 0x88 : 0x89), (int)src, memory, NeedsRex(width, src));
    }

    /// <summary>A constant, sign-extended where eight bytes are stored.</summary>
    public void Store(X64Width width, X64Address memory, int constant)
    {
        if (width == X64Width.Word)
            Emit(OperandSizePrefix);
        MemoryForm(width == X64Width.QuadWord, (byte)(width == X64Width.Byte ? 0xc6 : 0xc7), 0, memory);
        if (width == X64Width.Byte)
        {
            Emit((byte)constant);
        }
        else if (width == X64Width.Word)
        {
            Emit((byte)constant);
            Emit((byte)(constant >> 8));
        }
        else
        {
            Emit32(constant);
        }
    }

    public void LoadAddress(bool wide, X64Register dst, X64Address memory) => MemoryForm(wide, 0x8d, (int)dst, memory);

    public void Push(X64Register src)
    {
        EmitRex(false, 0, 0, (int)src, required: false);
        Emit((byte)(0x50 | (int)src & 7));
    }

    public void Pop(X64Register dst)
    {
        EmitRex(false, 0, 0, (int)dst, required: false);
        Emit((byte)(0x58 | (int)dst & 7));
    }

    public void Push(X64Address memory) => MemoryForm(false, 0xff, 6, memory);

    public void Pop(X64Address memory) => MemoryForm(false, 0x8f, 0, memory);

    // Without a prefix, numbers 4 to 7 are the second bytes of the first four registers.
    private static bool NeedsRex(X64Width width, X64Register register) => width == X64Width.Byte && register >= X64Register.Rsp;
}
