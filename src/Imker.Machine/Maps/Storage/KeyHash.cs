using System.Numerics;
using System.Runtime.CompilerServices;

namespace Imker.Machine;

/// <summary>The hash of a key with a map's own random seed, so that nobody who chooses keys can choose chains.</summary>
internal static unsafe class KeyHash
{
    /// <summary>Each step mixes the exclusive or with the first into both halves of the product with the second.</summary>
    public const ulong First = 0x9e37_79b9_7f4a_7c15, Second = 0xd6e8_feb8_6659_fd93;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Of(byte* key, int size, ulong seed)
    {
        ulong hash = seed ^ (uint)size;
        if (size == sizeof(uint))
            return Finish(hash ^ Unsafe.ReadUnaligned<uint>(key));
        if (size == sizeof(ulong))
            return Finish(hash ^ Unsafe.ReadUnaligned<ulong>(key));
        return OfMany(key, size, hash);
    }

    public static bool AreEqual(byte* a, byte* b, int size) => size switch
    {
        sizeof(uint) => Unsafe.ReadUnaligned<uint>(a) == Unsafe.ReadUnaligned<uint>(b),
        sizeof(ulong) => Unsafe.ReadUnaligned<ulong>(a) == Unsafe.ReadUnaligned<ulong>(b),
        _ => new ReadOnlySpan<byte>(a, size).SequenceEqual(new ReadOnlySpan<byte>(b, size)),
    };

    private static uint OfMany(byte* key, int size, ulong hash)
    {
        for (; size >= sizeof(ulong); size -= sizeof(ulong), key += sizeof(ulong))
            hash = Mix(hash ^ Unsafe.ReadUnaligned<ulong>(key));
        ulong rest = 0;
        for (int i = 0; i < size; i++)
            rest |= (ulong)key[i] << (8 * i);
        return Finish(hash ^ rest);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong value)
    {
        ulong high = Math.BigMul(value ^ First, Second, out ulong low);
        return high ^ low;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Finish(ulong value)
    {
        ulong mixed = Mix(value);
        return (uint)(mixed ^ BitOperations.RotateLeft(mixed, 32));
    }
}
