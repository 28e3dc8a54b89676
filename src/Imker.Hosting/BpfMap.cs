using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Imker.Hosting;

/// <summary>A map seen through the types of its keys and values, whose sizes are checked once, here.</summary>
/// <typeparam name="TKey">Laid out as the program lays it out, padding included.</typeparam>
/// <typeparam name="TValue">As well; of one CPU where each has its own value.</typeparam>
public sealed class BpfMap<TKey, TValue>
    where TKey : unmanaged
    where TValue : unmanaged
{
    private readonly MapStore store;

    /// <param name="store">The map; it stays the caller's.</param>
    /// <exception cref="ArgumentException">A size differs, or each CPU has its own value.</exception>
    public BpfMap(MapStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        if (store.KeySize != Unsafe.SizeOf<TKey>())
            throw new ArgumentException($"the keys of map '{store.Name}' have {store.KeySize} bytes, {typeof(TKey).Name} has {Unsafe.SizeOf<TKey>()}");
        if (store.ValueBufferSize != Unsafe.SizeOf<TValue>())
        {
            throw new ArgumentException(
                $"the values of map '{store.Name}' have {store.ValueBufferSize} bytes in all, {typeof(TValue).Name} has {Unsafe.SizeOf<TValue>()}");
        }
        this.store = store;
    }

    public string Name => store.Name;

    /// <summary>Sets, or reads what must be there.</summary>
    /// <exception cref="KeyNotFoundException">There is no such key.</exception>
    public TValue this[TKey key]
    {
        get => TryGetValue(key, out TValue value) ? value : throw new KeyNotFoundException($"map '{Name}' has no key {key}");
        set => store.TryUpdate(Bytes(ref key), Bytes(ref value));
    }

    public bool TryGetValue(TKey key, out TValue value)
    {
        value = default;
        return store.TryLookup(Bytes(ref key), Bytes(ref value));
    }

    /// <summary>Sets the value of a key that is not there; false when it is.</summary>
    public bool TryAdd(TKey key, TValue value) => store.TryUpdate(Bytes(ref key), Bytes(ref value), UpdateMode.OnlyIfAbsent);

    /// <summary>False when it was not there.</summary>
    public bool Remove(TKey key) => store.TryDelete(Bytes(ref key));

    /// <summary>The value of a key, which is removed; false when there is none.</summary>
    public bool TryTake(TKey key, out TValue value)
    {
        value = default;
        return store.TryLookupAndDelete(Bytes(ref key), Bytes(ref value));
    }

    /// <summary>Reads the next entries behind a cursor, as many as there is room for; fewer, or none, when they end.</summary>
    /// <param name="cursor">Is moved.</param>
    /// <param name="keys">Where the keys go.</param>
    /// <param name="values">As many.</param>
    /// <returns>The number of entries read.</returns>
    public int ReadBatch(MapCursor cursor, Span<TKey> keys, Span<TValue> values) =>
        store.ReadBatch(cursor, MemoryMarshal.AsBytes(keys), MemoryMarshal.AsBytes(values));

    /// <summary>Sets several values.</summary>
    /// <param name="keys">Which.</param>
    /// <param name="values">As many.</param>
    /// <param name="mode">When to do it.</param>
    /// <returns>How many were set: fewer when <paramref name="mode"/> forbade one, which ended it.</returns>
    public int SetBatch(ReadOnlySpan<TKey> keys, ReadOnlySpan<TValue> values, UpdateMode mode = UpdateMode.Always)
    {
        store.TryUpdateBatch(MemoryMarshal.AsBytes(keys), MemoryMarshal.AsBytes(values), mode, out int done);
        return done;
    }

    /// <summary>Removes several keys; those that are not there are passed over.</summary>
    /// <returns>How many were there.</returns>
    public int RemoveBatch(ReadOnlySpan<TKey> keys) => store.DeleteBatch(MemoryMarshal.AsBytes(keys));

    /// <summary>
    /// Walks through the map as it is meanwhile: what is removed under the walk's feet starts it again from the first key, so that no
    /// more entries are visited than the map can hold.
    /// </summary>
    public Enumerator GetEnumerator() => new(store);

    private static Span<byte> Bytes<T>(ref T value)
        where T : unmanaged => MemoryMarshal.AsBytes(new Span<T>(ref value));

    /// <summary>The walk of a <c>foreach</c>.</summary>
    public struct Enumerator
    {
        private readonly MapStore store;
        private TKey key;
        private TValue value;
        private uint visited;

        internal Enumerator(MapStore store) => this.store = store;

        public readonly KeyValuePair<TKey, TValue> Current => new(key, value);

        public bool MoveNext()
        {
            while (visited < store.MaxEntries && store.TryGetNextKey(visited == 0 ? [] : Bytes(ref key), Bytes(ref key)))
            {
                visited++;
                if (store.TryLookup(Bytes(ref key), Bytes(ref value)))
                    return true;
            }
            return false;
        }
    }
}
