namespace Imker.Machine.Jit.Arm64;

internal sealed partial class Arm64Assembler
{
    private const uint UnsignedBitfield = 0x53000000, SignedBitfield = 0x13000000, WideBitfield = Wide | 1 << 22;
    private const int ImmediateLimit = 1 << 12;

    /// <summary><c>op dst, left, right</c></summary>
    public void Alu(Arm64Alu operation, bool wide, Arm64Register dst, Arm64Register left, Arm64Register right) =>
        EmitWord(Width(wide) | (uint)operation | Rm(right) | Rn(left) | Rd(dst));

    public void Move(bool wide, Arm64Register dst, Arm64Register src) => Alu(Arm64Alu.Or, wide, dst, Arm64Register.Zero, src);

    public void Negate(bool wide, Arm64Register dst, Arm64Register src) => Alu(Arm64Alu.Subtract, wide, dst, Arm64Register.Zero, src);

    public void Compare(bool wide, Arm64Register left, Arm64Register right) =>
        Alu(Arm64Alu.SubtractFlags, wide, Arm64Register.Zero, left, right);

    /// <summary>Any number: <c>movz</c> or <c>movn</c>, then <c>movk</c> for each of the other halves that differ.</summary>
    public void Move(Arm64Register dst, long constant)
    {
        const uint MoveZero = 0x52800000, MoveNot = 0x12800000, MoveKeep = 0x72800000;
        const int Halves = 4, HalfBits = 16;
        bool inverted = CountHalves(constant, 0xffff) > CountHalves(constant, 0);
        uint filler = inverted ? 0xffffu : 0;
        bool first = true;
        for (int i = 0; i < Halves; i++)
        {
            uint half = (uint)(constant >> i * HalfBits) & 0xffff;
            if (half == filler && !(i == Halves - 1 && first))
                continue;
            uint opcode = !first ? MoveKeep : inverted ? MoveNot : MoveZero;
            EmitWord(Wide | opcode | (uint)i << 21 | (first && inverted ? ~half & 0xffff : half) << 5 | Rd(dst));
            first = false;
        }

        static int CountHalves(long constant, uint value)
        {
            int count = 0;
            for (int i = 0; i < Halves; i++)
                count += ((uint)(constant >> i * HalfBits) & 0xffff) == value ? 1 : 0;
            return count;
        }
    }

    /// <summary>Whether <see cref="AddConstant"/> and <see cref="TryCompare"/> take the number, or its negation, in one word.</summary>
    public static bool FitsArithmetic(long constant) => Magnitude(constant) < ImmediateLimit;

    /// <summary><c>dst = left + constant</c>, for a number that fits.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It does not fit twelve bits.</exception>
    public void AddConstant(bool wide, Arm64Register dst, Arm64Register left, int constant)
    {
        const uint Add = 0x11000000, Subtract = 0x51000000;
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(Magnitude(constant), (ulong)ImmediateLimit, nameof(constant));
        EmitWord(Width(wide) | (constant < 0 ? Subtract : Add) | (uint)Magnitude(constant) << 10 | Rn(left) | Rd(dst));
    }

    /// <summary><c>cmp left, constant</c>; false, and nothing is written, when the number does not fit.</summary>
    public bool TryCompare(bool wide, Arm64Register left, long constant)
    {
        const uint AddFlags = 0x31000000, SubtractFlags = 0x71000000;
        if (!FitsArithmetic(constant))
            return false;
        uint opcode = constant < 0 ? AddFlags : SubtractFlags;
        EmitWord(Width(wide) | opcode | (uint)Magnitude(constant) << 10 | Rn(left) | Rd(Arm64Register.Zero));
        return true;
    }

    /// <summary><c>dst = left * right</c></summary>
    public void Multiply(bool wide, Arm64Register dst, Arm64Register left, Arm64Register right) =>
        EmitWord(Width(wide) | 0x1b000000 | Rm(right) | Ra(Arm64Register.Zero) | Rn(left) | Rd(dst));

    /// <summary><c>umulh</c>: the high half of the product, unsigned.</summary>
    public void MultiplyHigh(Arm64Register dst, Arm64Register left, Arm64Register right) =>
        EmitWord(0x9bc07c00 | Rm(right) | Rn(left) | Rd(dst));

    /// <summary><c>dst = minuend - left * right</c></summary>
    public void MultiplySubtract(bool wide, Arm64Register dst, Arm64Register left, Arm64Register right, Arm64Register minuend) =>
        EmitWord(Width(wide) | 0x1b008000 | Rm(right) | Ra(minuend) | Rn(left) | Rd(dst));

    public void ShiftLeft(bool wide, Arm64Register dst, Arm64Register src, int count)
    {
        uint bits = wide ? 64u : 32u;
        Bitfield(UnsignedBitfield, wide, dst, src, (bits - (uint)count) % bits, bits - 1 - (uint)count);
    }

    public void ShiftRight(bool wide, Arm64Register dst, Arm64Register src, int count) =>
        Bitfield(UnsignedBitfield, wide, dst, src, (uint)count, wide ? 63u : 31u);

    public void ShiftRightArithmetic(bool wide, Arm64Register dst, Arm64Register src, int count) =>
        Bitfield(SignedBitfield, wide, dst, src, (uint)count, wide ? 63u : 31u);

    /// <summary>The low bits, 8, 16 or 32 of them, zero-extended to 64.</summary>
    public void ZeroExtend(int bits, Arm64Register dst, Arm64Register src) => Bitfield(UnsignedBitfield, false, dst, src, 0, (uint)bits - 1);

    /// <summary>The low bits, 8, 16 or 32 of them, sign-extended.</summary>
    public void SignExtend(int bits, bool wide, Arm64Register dst, Arm64Register src) =>
        Bitfield(SignedBitfield, wide, dst, src, 0, (uint)bits - 1);

    /// <summary>The bytes of each half word swapped.</summary>
    public void ReverseHalves(Arm64Register dst, Arm64Register src) => EmitWord(0x5ac00400 | Rn(src) | Rd(dst));

    public void Reverse(bool wide, Arm64Register dst, Arm64Register src) => EmitWord((wide ? 0xdac00c00 : 0x5ac00800) | Rn(src) | Rd(dst));

    /// <summary><c>mvn dst, src</c></summary>
    public void Not(bool wide, Arm64Register dst, Arm64Register src) => Alu(Arm64Alu.OrNot, wide, dst, Arm64Register.Zero, src);

    /// <summary><c>csel</c>: 64 bits of <paramref name="then"/> where the condition holds, else of <paramref name="otherwise"/>.</summary>
    public void Select(Arm64Condition condition, Arm64Register dst, Arm64Register then, Arm64Register otherwise) =>
        EmitWord(0x9a800000 | Rm(otherwise) | (uint)condition << 12 | Rn(then) | Rd(dst));

    private void Bitfield(uint opcode, bool wide, Arm64Register dst, Arm64Register src, uint rotate, uint last) =>
        EmitWord((wide ? WideBitfield : 0) | opcode | rotate << 16 | last << 10 | Rn(src) | Rd(dst));

    private static ulong Magnitude(long constant) => constant < 0 ? 0 - (ulong)constant : (ulong)constant;
}
