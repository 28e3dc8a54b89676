using System.Numerics;
using Imker.Objects;

namespace Imker.Machine;

/// <summary>Bloom filter (<c>kernel/bpf/bloom_filter.c</c>): what was pushed is found; what was not is mostly not.</summary>
internal sealed unsafe class BloomFilterStorage : MapStorage
{
    private const uint DefaultHashFunctions = 5;

    private readonly NativeBlock bits;
    private readonly uint hashFunctions, mask;
    private readonly ulong seed = (ulong)Random.Shared.NextInt64();

    public BloomFilterStorage(MapSpec spec)
        : base(spec)
    {
        hashFunctions = (uint)(spec.Extra & 0xf) is var given && given != 0 ? given : DefaultHashFunctions;
        // Bits for a false positive in two to the power of the hash functions: entries * functions / ln 2.
        ulong wanted = Math.Max(64, (ulong)(spec.MaxEntries * (double)hashFunctions * 7 / 5));
        mask = (uint)Math.Min(BitOperations.RoundUpToPowerOf2(wanted), 1UL << 31) - 1;
        bits = new NativeBlock((mask + 1UL) / 8);
    }

    public override int Push(byte* value, ulong flags)
    {
        if (flags != 0)
            return -Errno.Invalid;
        for (uint i = 0; i < hashFunctions; i++)
        {
            uint bit = BitOf(value, i);
            Interlocked.Or(ref ((uint*)bits.Start)[bit / 32], 1u << (int)(bit % 32));
        }
        return 0;
    }

    public override int Peek(byte* value)
    {
        for (uint i = 0; i < hashFunctions; i++)
        {
            uint bit = BitOf(value, i);
            if ((Volatile.Read(ref ((uint*)bits.Start)[bit / 32]) >> (int)(bit % 32) & 1) == 0)
                return -Errno.NoEntry;
        }
        return 0;
    }

    public override int Update(byte* key, byte* value, ulong flags, int cpu) => Push(value, flags);

    public override int Read(byte* key, byte* buffer) => Peek(buffer);

    private uint BitOf(byte* value, uint function) => KeyHash.Of(value, ValueSize, seed + function * 0x9e37_79b9_7f4a_7c15) & mask;
}
