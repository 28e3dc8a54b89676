using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Imker.Hosting;

/// <summary>A map that has a value for each processor, seen through the types of its keys and values.</summary>
/// <typeparam name="TKey">Laid out as the program lays it out, padding included.</typeparam>
/// <typeparam name="TValue">As well.</typeparam>
public sealed class PerCpuMap<TKey, TValue>
    where TKey : unmanaged
    where TValue : unmanaged
{
    private const int LargestOnStack = 1024;

    private readonly MapStore store;

    /// <param name="store">The map; it stays the caller's.</param>
    /// <exception cref="ArgumentException">A size differs.</exception>
    public PerCpuMap(MapStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        if (store.KeySize != Unsafe.SizeOf<TKey>())
            throw new ArgumentException($"the keys of map '{store.Name}' have {store.KeySize} bytes, {typeof(TKey).Name} has {Unsafe.SizeOf<TKey>()}");
        if (store.ValueSize != Unsafe.SizeOf<TValue>())
            throw new ArgumentException($"the values of map '{store.Name}' have {store.ValueSize} bytes, {typeof(TValue).Name} has {Unsafe.SizeOf<TValue>()}");
        this.store = store;
        CpuCount = store.ValueBufferSize / store.AlignedValueSize;
    }

    public string Name => store.Name;

    /// <summary>How many values a key has: one for each processor that this machine may have.</summary>
    public int CpuCount { get; }

    /// <summary>Copies the values of a key; false when there is none.</summary>
    /// <param name="key">Which.</param>
    /// <param name="values">At least <see cref="CpuCount"/>, by the processors' numbers.</param>
    public bool TryGetValues(TKey key, Span<TValue> values)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(values.Length, CpuCount, nameof(values));
        if (IsPlain)
            return store.TryLookup(Bytes(ref key), MemoryMarshal.AsBytes(values[..CpuCount]));
        byte[]? rented = null;
        Span<byte> buffer = store.ValueBufferSize <= LargestOnStack ? stackalloc byte[LargestOnStack] : rented = ArrayPool<byte>.Shared.Rent(store.ValueBufferSize);
        bool isThere = store.TryLookup(Bytes(ref key), buffer);
        for (int cpu = 0; isThere && cpu < CpuCount; cpu++)
            values[cpu] = MemoryMarshal.Read<TValue>(buffer[(cpu * store.AlignedValueSize)..]);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        return isThere;
    }

    /// <summary>Sets the values of a key; false when <paramref name="mode"/> forbids it.</summary>
    /// <param name="key">Which.</param>
    /// <param name="values">Exactly <see cref="CpuCount"/>, by the processors' numbers.</param>
    /// <param name="mode">When to do it.</param>
    public bool TrySetValues(TKey key, ReadOnlySpan<TValue> values, UpdateMode mode = UpdateMode.Always)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, CpuCount, nameof(values));
        if (IsPlain)
            return store.TryUpdate(Bytes(ref key), MemoryMarshal.AsBytes(values), mode);
        byte[]? rented = null;
        Span<byte> buffer = store.ValueBufferSize <= LargestOnStack ? stackalloc byte[LargestOnStack] : rented = ArrayPool<byte>.Shared.Rent(store.ValueBufferSize);
        buffer.Clear();
        for (int cpu = 0; cpu < CpuCount; cpu++)
            MemoryMarshal.Write(buffer[(cpu * store.AlignedValueSize)..], values[cpu]);
        bool isDone = store.TryUpdate(Bytes(ref key), buffer[..store.ValueBufferSize], mode);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        return isDone;
    }

    /// <summary>False when it was not there.</summary>
    public bool Remove(TKey key) => store.TryDelete(Bytes(ref key));

    /// <summary>The key behind another in the map's own order; false behind the last.</summary>
    /// <param name="key">Null for the first.</param>
    /// <param name="next">The key.</param>
    public bool TryGetNextKey(TKey? key, out TKey next)
    {
        next = key ?? default;
        return store.TryGetNextKey(key is null ? [] : Bytes(ref next), Bytes(ref next));
    }

    // No padding between the values of two processors.
    private bool IsPlain => store.AlignedValueSize == store.ValueSize;

    private static Span<byte> Bytes<T>(ref T value)
        where T : unmanaged => MemoryMarshal.AsBytes(new Span<T>(ref value));
}
