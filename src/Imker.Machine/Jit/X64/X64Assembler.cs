using System.Runtime.CompilerServices;

namespace Imker.Machine.Jit.X64;

/// <summary>
/// Encodes the forms of x86-64 that the code generator uses (Intel's manual, volume 2). A form takes at most <see cref="LongestForm"/>
/// bytes; the caller reserves.
/// </summary>
internal sealed unsafe partial class X64Assembler(int capacity) : CodeBuffer(capacity)
{
    /// <summary>The longest instruction of the architecture.</summary>
    public const int LongestForm = 15;

    private const byte OperandSizePrefix = 0x66, LockPrefix = 0xf0, TwoByteEscape = 0x0f;
    private const int Rex = 0x40, RexW = 0x48;

    /// <summary><c>op dst, src</c>: one opcode byte, ModRM with two registers; <paramref name="reg"/> may be an opcode digit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Form(bool wide, byte opcode, int reg, X64Register rm)
    {
        EmitRex(wide, reg, 0, (int)rm, required: false);
        Emit(opcode);
        EmitModRm(reg, rm);
    }

    private void LongForm(bool wide, byte opcode, int reg, X64Register rm, bool byteOperand = false)
    {
        EmitRex(wide, reg, 0, (int)rm, byteOperand);
        Emit(TwoByteEscape);
        Emit(opcode);
        EmitModRm(reg, rm);
    }

    private void MemoryForm(bool wide, byte opcode, int reg, X64Address memory, bool byteOperand = false)
    {
        EmitRex(wide, reg, memory, byteOperand);
        Emit(opcode);
        EmitMemory(reg, memory);
    }

    private void LongMemoryForm(bool wide, byte opcode, int reg, X64Address memory)
    {
        EmitRex(wide, reg, memory, required: false);
        Emit(TwoByteEscape);
        Emit(opcode);
        EmitMemory(reg, memory);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void EmitModRm(int reg, X64Register rm) => Emit((byte)(0xc0 | (reg & 7) << 3 | (int)rm & 7));

    private void EmitRex(bool wide, int reg, X64Address memory, bool required) =>
        EmitRex(wide, reg, memory.HasIndex ? (int)memory.Index : 0, (int)memory.Base, required);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void EmitRex(bool wide, int reg, int index, int rm, bool required)
    {
        int rex = (wide ? RexW : Rex) | reg >> 3 << 2 | index >> 3 << 1 | rm >> 3;
        if (rex != Rex || required)
            Emit((byte)rex);
    }

    private void EmitMemory(int reg, X64Address memory)
    {
        const int WithByte = 0x40, WithDoubleWord = 0x80, HasSib = 4, NoIndex = 4 << 3;
        int digit = (reg & 7) << 3, @base = (int)memory.Base & 7;
        // Without displacement, the encodings of rbp and r13 mean something else.
        bool bare = memory.Displacement == 0 && @base != (int)X64Register.Rbp;
        bool isByte = memory.Displacement == (sbyte)memory.Displacement;
        int mode = bare ? 0 : isByte ? WithByte : WithDoubleWord;
        if (memory.HasIndex)
        {
            Emit((byte)(mode | digit | HasSib));
            Emit((byte)(memory.Scale << 6 | ((int)memory.Index & 7) << 3 | @base));
        }
        else
        {
            Emit((byte)(mode | digit | @base));
            if (@base == (int)X64Register.Rsp)
                Emit(NoIndex | (byte)X64Register.Rsp);
        }
        if (bare)
            return;
        if (isByte)
            Emit((byte)memory.Displacement);
        else
            Emit32(memory.Displacement);
    }
}
