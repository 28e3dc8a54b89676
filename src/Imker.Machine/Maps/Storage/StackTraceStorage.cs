using System.Runtime.CompilerServices;
using Imker.Objects;

namespace Imker.Machine;

/// <summary>
/// Stack traces (<c>kernel/bpf/stackmap.c</c>): a trace has the number of the bucket that its hash leads to. The host reads and removes
/// them, programs only add.
/// </summary>
internal sealed unsafe class StackTraceStorage : MapStorage
{
    private const ulong SkipMask = 0xff, UserStack = 1 << 8, FastCompare = 1 << 9, ReuseStackId = 1 << 10;

    private readonly Lock gate = new();
    private readonly ulong[]?[] buckets;
    private readonly int maxDepth;

    /// <param name="spec">Keys of four bytes, values of eight for each frame.</param>
    public StackTraceStorage(MapSpec spec)
        : base(spec)
    {
        buckets = new ulong[]?[System.Numerics.BitOperations.RoundUpToPowerOf2(spec.MaxEntries)];
        maxDepth = ValueSize / sizeof(ulong);
    }

    /// <summary>The number of a trace, which is added if it is new; or a negative errno.</summary>
    /// <param name="trace">Instruction addresses, the innermost first.</param>
    /// <param name="flags">As <c>bpf_get_stackid</c> takes them.</param>
    public long Add(ReadOnlySpan<ulong> trace, ulong flags)
    {
        if ((flags & ~(SkipMask | UserStack | FastCompare | ReuseStackId)) != 0)
            return -Errno.Invalid;
        int skipped = (int)(flags & SkipMask);
        if (trace.Length <= skipped)
            return -Errno.BadAddress;
        trace = trace[skipped..];
        ulong[] frames = trace[..Math.Min(trace.Length, maxDepth)].ToArray();
        uint hash;
        fixed (ulong* bytes = frames)
            hash = KeyHash.Of((byte*)bytes, frames.Length * sizeof(ulong), 0);
        uint bucket = hash & (uint)(buckets.Length - 1);
        lock (gate)
        {
            if (buckets[bucket] is not { } there || (flags & ReuseStackId) != 0)
                buckets[bucket] = frames;
            else if ((flags & FastCompare) == 0 && !there.AsSpan().SequenceEqual(frames))
                return -Errno.Exists;
        }
        return bucket;
    }

    public override int Update(byte* key, byte* value, ulong flags, int cpu) => -Errno.Invalid;

    public override int Delete(byte* key)
    {
        uint index = Unsafe.ReadUnaligned<uint>(key);
        if (index >= buckets.Length)
            return -Errno.TooBig;
        return Interlocked.Exchange(ref buckets[index], null) is null ? -Errno.NoEntry : 0;
    }

    public override int GetNextKey(byte* key, byte* next)
    {
        uint index = key == null ? 0 : Unsafe.ReadUnaligned<uint>(key);
        index = key == null || index >= buckets.Length || buckets[index] is null ? 0 : index + 1;
        while (index < buckets.Length && Volatile.Read(ref buckets[index]) is null)
            index++;
        if (index >= buckets.Length)
            return -Errno.NoEntry;
        Unsafe.WriteUnaligned(next, index);
        return 0;
    }

    public override int Read(byte* key, byte* buffer)
    {
        uint index = Unsafe.ReadUnaligned<uint>(key);
        if (index >= buckets.Length || Volatile.Read(ref buckets[index]) is not { } frames)
            return -Errno.NoEntry;
        var value = new Span<ulong>(buffer, maxDepth);
        value.Clear();
        frames.CopyTo(value);
        return 0;
    }
}
