using System.Runtime.CompilerServices;

namespace Imker.Verifier.Domain;

/// <summary>Arithmetic of words of any number of bits up to 64, held in 64: unsigned zero-extended, signed sign-extended.</summary>
internal static class Widths
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Mask(int bits) => ulong.MaxValue >>> 64 - bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long SignExtend(ulong value, int bits) => (long)(value << 64 - bits) >> 64 - bits;

    /// <summary>The largest signed number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long SignedMax(int bits) => (long)(Mask(bits) >>> 1);

    /// <summary>The smallest signed number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long SignedMin(int bits) => ~SignedMax(bits);
}
