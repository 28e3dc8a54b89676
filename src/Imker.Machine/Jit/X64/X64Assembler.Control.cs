namespace Imker.Machine.Jit.X64;

internal sealed partial class X64Assembler
{
    /// <summary>A conditional jump to a place that is known: two bytes where it is near, else six.</summary>
    public void JumpIf(X64Condition condition, int target)
    {
        int distance = target - Position - 2;
        if (distance == (sbyte)distance)
        {
            Emit((byte)(0x70 | (int)condition));
            Emit((byte)distance);
        }
        else
        {
            JumpIfForward(condition);
            WriteInt32(Position - sizeof(int), target - Position);
        }
    }

    /// <summary>A conditional jump to a place that is not known yet; the returned position is for <see cref="Bind"/>.</summary>
    public int JumpIfForward(X64Condition condition)
    {
        Emit(TwoByteEscape);
        Emit((byte)(0x80 | (int)condition));
        Emit32(0);
        return Position;
    }

    /// <summary>A jump to a place that is known.</summary>
    public void Jump(int target)
    {
        int distance = target - Position - 2;
        if (distance == (sbyte)distance)
        {
            Emit(0xeb);
            Emit((byte)distance);
        }
        else
        {
            JumpForward();
            WriteInt32(Position - sizeof(int), target - Position);
        }
    }

    public int JumpForward()
    {
        Emit(0xe9);
        Emit32(0);
        return Position;
    }

    /// <summary>A call of code in the same buffer; the returned position is for <see cref="Bind"/>.</summary>
    public int CallForward()
    {
        Emit(0xe8);
        Emit32(0);
        return Position;
    }

    public void Call(X64Register target) => Form(false, 0xff, 2, target);

    public void Call(X64Address memory) => MemoryForm(false, 0xff, 2, memory);

    public void Jump(X64Register target) => Form(false, 0xff, 4, target);

    public void Return() => Emit(0xc3);

    /// <summary>The address of a place that is not known yet; the returned position is for <see cref="Bind"/>.</summary>
    public int LoadAddressForward(X64Register dst)
    {
        EmitRex(true, (int)dst, 0, 0, required: false);
        Emit(0x8d);
        Emit((byte)(((int)dst & 7) << 3 | 5));
        Emit32(0);
        return Position;
    }

    /// <summary>A jump of two bytes over what is written next, at most 127 bytes; the returned position is for <see cref="BindShort"/>.</summary>
    public int JumpIfShort(X64Condition condition)
    {
        Emit((byte)(0x70 | (int)condition));
        Emit(0);
        return Position;
    }

    public int JumpShort()
    {
        Emit(0xeb);
        Emit(0);
        return Position;
    }

    /// <summary>Ends the 32-bit distance before <paramref name="reference"/> at <paramref name="target"/>.</summary>
    public void Bind(int reference, int target) => WriteInt32(reference - sizeof(int), target - reference);

    /// <summary>Ends the 8-bit distance before <paramref name="reference"/> here.</summary>
    /// <exception cref="InvalidOperationException">More than 127 bytes lie between.</exception>
    public void BindShort(int reference)
    {
        int distance = Position - reference;
        if (distance != (sbyte)distance)
            throw new InvalidOperationException($"A short jump cannot pass over {distance} bytes.");
        WriteByte(reference - 1, (byte)distance);
    }
}
