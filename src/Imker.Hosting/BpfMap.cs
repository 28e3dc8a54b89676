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
