using System.Numerics;

namespace Imker.Machine.Jit;

/// <summary>
/// What an unsigned number of 64 bits is multiplied by instead of being divided: the quotient is the high 64 bits of the product,
/// shifted to the right. Where the factor takes 65 bits, <see cref="NeedsAddition"/> stands for the highest of them.
/// </summary>
/// <param name="Factor">The low 64 bits of the factor.</param>
/// <param name="Shift">By how much the high half is shifted; with the addition, one less, since that halves it too.</param>
/// <param name="NeedsAddition">Whether the factor has a 65th bit.</param>
internal readonly record struct Reciprocal(ulong Factor, int Shift, bool NeedsAddition)
{
    /// <summary>For dividends of 64 bits.</summary>
    /// <param name="divisor">At least 3, no power of two.</param>
    public static Reciprocal Of64(ulong divisor)
    {
        int bits = BitOperations.Log2(divisor);
        // floor(2^(64 + bits) / divisor) has 64 bits, since 2^bits < divisor < 2^(bits + 1).
        UInt128 dividend = UInt128.One << (64 + bits);
        ulong floor = (ulong)(dividend / divisor);
        ulong remainder = (ulong)(dividend - (UInt128)floor * divisor);
        if (divisor - remainder < 1ul << bits)
            return new Reciprocal(floor + 1, bits, NeedsAddition: false);
        ulong doubled = floor * 2, doubledRemainder = remainder * 2;
        if (doubledRemainder >= divisor || doubledRemainder < remainder)
            doubled++;
        return new Reciprocal(doubled + 1, bits, NeedsAddition: true);
    }

    /// <summary>For dividends of 32 bits, zero-extended: the factor never takes more than 64 bits.</summary>
    /// <param name="divisor">At least 3, no power of two.</param>
    public static Reciprocal Of32(uint divisor) => new(ulong.MaxValue / divisor + 1, 0, NeedsAddition: false);
}
