using System.Numerics;
using System.Runtime.CompilerServices;
using Imker.Objects;

namespace Imker.Machine;

/// <summary>
/// Hash, per-CPU hash and LRU hash (<c>kernel/bpf/hashtab.c</c>). Chains end with a mark that names their bucket: a lookup that was led
/// into another chain, because an element went from one to the other under it, notices and begins again.
/// </summary>
internal sealed unsafe class HashStorage : MapStorage
{
    private const uint EndOfChain = 0x8000_0000;

    private readonly Lock gate = new();
    private readonly ElementPool pool;
    private readonly NativeBlock buckets;
    private readonly uint* firstBucket;
    private readonly UseOrder? order;
    private readonly uint mask, maxEntries;
    private readonly ulong seed = (ulong)Random.Shared.NextInt64();
    private uint count;

    /// <param name="spec">Any key and value size.</param>
    /// <param name="valuesPerElement">The number of CPUs, or 1.</param>
    /// <param name="evicts">Makes room for a new key by removing one that was not used for long (LRU).</param>
    public HashStorage(MapSpec spec, int valuesPerElement, bool evicts)
        : base(spec, valuesPerElement)
    {
        maxEntries = spec.MaxEntries;
        mask = BitOperations.RoundUpToPowerOf2(maxEntries) - 1;
        buckets = new NativeBlock((mask + 1UL) * sizeof(uint));
        firstBucket = (uint*)buckets.Start;
        for (uint bucket = 0; bucket <= mask; bucket++)
            Bucket(bucket) = EndOfChain | bucket;
        pool = new ElementPool(KeySize, (ulong)ValueStride * (uint)valuesPerElement, maxEntries);
        order = evicts ? new UseOrder() : null;
    }

    public override bool IsReclaimed => true;

    /// <summary>What a lookup reads; null where it does more than that, or has a value for each CPU.</summary>
    public HashLayout? Layout => order is not null || ValuesPerElement > 1 ? null : new HashLayout(
        (nint)buckets.Start, mask, (nint)pool.Header(0), pool.HeaderStride, (nint)pool.Values.Start, ValueStride, seed);

    public override ulong LookupForProgram(byte* key, Processor processor) => (ulong)Lookup(key, CpuFor(processor));

    public override byte* Lookup(byte* key, int cpu)
    {
        if (!TryFind(key, HashOf(key), out uint element))
            return null;
        order?.Touch(element);
        return pool.Value(element) + (ulong)cpu * (uint)ValueStride;
    }

    public override int Update(byte* key, byte* value, ulong flags, int cpu) => Set(key, value, flags, cpu);

    public override int Write(byte* key, byte* buffer, ulong flags) => Set(key, buffer, flags, cpu: -1);

    public override int Delete(byte* key)
    {
        uint hash = HashOf(key);
        lock (gate)
            return TryFind(key, hash, out uint element) ? Remove(element) : -Errno.NoEntry;
    }

    public override int Read(byte* key, byte* buffer)
    {
        uint hash = HashOf(key);
        while (TryFind(key, hash, out uint element))
        {
            uint version = pool.Version(element);
            if (!IsOf(element, key, hash))
                continue;
            CopyOut(element, buffer);
            Volatile.ReadBarrier();
            if (pool.Version(element) == version)
                return 0;
        }
        return -Errno.NoEntry;
    }

    public override int ReadAndDelete(byte* key, byte* buffer)
    {
        uint hash = HashOf(key);
        lock (gate)
        {
            if (!TryFind(key, hash, out uint element))
                return -Errno.NoEntry;
            CopyOut(element, buffer);
            return Remove(element);
        }
    }

    public override int GetNextKey(byte* key, byte* next)
    {
        uint bucket = 0;
        if (key != null && HashOf(key) is var hash && TryFind(key, hash, out uint element))
        {
            uint follower = Volatile.Read(ref Next(element));
            if (follower < EndOfChain)
                return Report(follower, next);
            bucket = (hash & mask) + 1;
        }
        for (; bucket <= mask; bucket++)
        {
            uint first = Volatile.Read(ref Bucket(bucket));
            if (first < EndOfChain)
                return Report(first, next);
        }
        return -Errno.NoEntry;
    }

    public override bool TryGetRegion(out MemoryRegion region)
    {
        region = RegionOf(pool.Values.Start, pool.Values.Length);
        return true;
    }

    private int Set(byte* key, byte* value, ulong flags, int cpu)
    {
        if (!IsMode(flags))
            return -Errno.Invalid;
        uint hash = HashOf(key);
        lock (gate)
        {
            bool isPresent = TryFind(key, hash, out uint old);
            if (isPresent ? OnlyIfAbsent(flags) : OnlyIfPresent(flags))
                return isPresent ? -Errno.Exists : -Errno.NoEntry;
            if (isPresent && ValuesPerElement > 1)
            {
                CopyIn(old, value, cpu);
                order?.Touch(old);
                return 0;
            }
            if (!isPresent && count == maxEntries && !TryEvict())
                return -Errno.TooBig;
            uint element = pool.Take();
            Fill(element, key, hash, value, cpu);
            ref uint head = ref Bucket(hash & mask);
            Next(element) = head;
            // From here on lookups find the new element, and the one that it replaces no more.
            Volatile.Write(ref head, element);
            count++;
            order?.Add(element);
            return isPresent ? Remove(old) : 0;
        }
    }

    private bool TryEvict() => order is not null && order.TryTakeOldest(out uint oldest) && Unlink(oldest);

    private void Fill(uint element, byte* key, uint hash, byte* value, int cpu)
    {
        byte* header = pool.Header(element);
        Unsafe.WriteUnaligned(header + ElementPool.HashOffset, hash);
        Unsafe.CopyBlockUnaligned(header + ElementPool.KeyOffset, key, (uint)KeySize);
        // The values of the other CPUs are zero in a new element (pcpu_init_value).
        if (ValuesPerElement > 1 && cpu >= 0)
            new Span<byte>(pool.Value(element), (int)pool.ValueStride).Clear();
        CopyIn(element, value, cpu);
    }

    // One CPU's value, or all of them.
    private void CopyIn(uint element, byte* value, int cpu)
    {
        if (cpu < 0 && ValuesPerElement > 1)
            Unsafe.CopyBlockUnaligned(pool.Value(element), value, (uint)pool.ValueStride);
        else
            Unsafe.CopyBlockUnaligned(pool.Value(element) + (ulong)(ValuesPerElement > 1 ? cpu : 0) * (uint)ValueStride, value, (uint)ValueSize);
    }

    private void CopyOut(uint element, byte* buffer) =>
        Unsafe.CopyBlockUnaligned(buffer, pool.Value(element), ValuesPerElement > 1 ? (uint)pool.ValueStride : (uint)ValueSize);

    private int Remove(uint element)
    {
        order?.Remove(element);
        Unlink(element);
        return 0;
    }

    private bool Unlink(uint element)
    {
        ref uint link = ref Bucket(Hash(element) & mask);
        while (link != element)
            link = ref Next(link);
        // The element keeps its own link: who stands on it finds the way.
        Volatile.Write(ref link, Next(element));
        count--;
        pool.Return(element);
        return true;
    }

    private bool TryFind(byte* key, uint hash, out uint found)
    {
        uint bucket = hash & mask;
        while (true)
        {
            uint element = Volatile.Read(ref Bucket(bucket));
            while (element < EndOfChain)
            {
                if (IsOf(element, key, hash))
                {
                    found = element;
                    return true;
                }
                element = Volatile.Read(ref Next(element));
            }
            if (element == (EndOfChain | bucket))
            {
                found = 0;
                return false;
            }
        }
    }

    private bool IsOf(uint element, byte* key, uint hash) =>
        Hash(element) == hash && KeyHash.AreEqual(pool.Header(element) + ElementPool.KeyOffset, key, KeySize);

    private int Report(uint element, byte* next)
    {
        Unsafe.CopyBlockUnaligned(next, pool.Header(element) + ElementPool.KeyOffset, (uint)KeySize);
        return 0;
    }

    private uint HashOf(byte* key) => KeyHash.Of(key, KeySize, seed);

    private ref uint Bucket(uint index) => ref firstBucket[index];

    private ref uint Next(uint element) => ref *(uint*)(pool.Header(element) + ElementPool.NextOffset);

    private uint Hash(uint element) => *(uint*)(pool.Header(element) + ElementPool.HashOffset);
}
