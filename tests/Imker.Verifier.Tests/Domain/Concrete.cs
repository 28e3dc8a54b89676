using Imker.Bytecode;
using Imker.Verifier.Domain;

namespace Imker.Verifier.Tests.Domain;

/// <summary>What an operator does with two numbers of a few bits (RFC 9669, section 4).</summary>
internal static class Concrete
{
    /// <summary>The result, zero-extended; null for shifts by more than the width, which a program cannot make in eBPF's own widths.</summary>
    public static int? Compute(AluOperation operation, int a, int b, int bits)
    {
        long signedA = Widths.SignExtend((ulong)a, bits), signedB = Widths.SignExtend((ulong)b, bits);
        long result = operation switch
        {
            AluOperation.Add => a + b,
            AluOperation.Sub => a - b,
            AluOperation.Mul => a * b,
            AluOperation.Div => b == 0 ? 0 : a / b,
            AluOperation.Mod => b == 0 ? a : a % b,
            AluOperation.And => a & b,
            AluOperation.Or => a | b,
            AluOperation.Xor => a ^ b,
            AluOperation.SignedDiv => signedB == 0 ? 0 : signedA / signedB,
            AluOperation.SignedMod => signedB == 0 ? signedA : signedA % signedB,
            AluOperation.ShiftLeft => a << (b & bits - 1),
            AluOperation.ShiftRight => a >> (b & bits - 1),
            _ => signedA >> (b & bits - 1),
        };
        return (int)((ulong)result & Widths.Mask(bits));
    }

    public static bool Holds(JumpCondition condition, int a, int b, int bits)
    {
        long signedA = Widths.SignExtend((ulong)a, bits), signedB = Widths.SignExtend((ulong)b, bits);
        return condition switch
        {
            JumpCondition.Equal => a == b,
            JumpCondition.NotEqual => a != b,
            JumpCondition.BitsSet => (a & b) != 0,
            JumpCondition.Greater => a > b,
            JumpCondition.GreaterOrEqual => a >= b,
            JumpCondition.Less => a < b,
            JumpCondition.LessOrEqual => a <= b,
            JumpCondition.SignedGreater => signedA > signedB,
            JumpCondition.SignedGreaterOrEqual => signedA >= signedB,
            JumpCondition.SignedLess => signedA < signedB,
            _ => signedA <= signedB,
        };
    }
}
