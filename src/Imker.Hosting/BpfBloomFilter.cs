using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Imker.Bytecode;

namespace Imker.Hosting;

/// <summary>A map that tells of a value whether it was certainly never added (BLOOM_FILTER, kernel 5.16).</summary>
/// <typeparam name="T">Laid out as the program lays it out, padding included.</typeparam>
public sealed class BpfBloomFilter<T>
    where T : unmanaged
{
    private readonly MapStore store;

    /// <param name="store">The map; it stays the caller's.</param>
    /// <exception cref="ArgumentException">It is of another type, or the size differs.</exception>
    public BpfBloomFilter(MapStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        if (store.Type != MapType.BloomFilter)
            throw new ArgumentException($"map '{store.Name}' is no bloom filter but {store.Type}");
        if (store.ValueSize != Unsafe.SizeOf<T>())
            throw new ArgumentException($"the values of map '{store.Name}' have {store.ValueSize} bytes, {typeof(T).Name} has {Unsafe.SizeOf<T>()}");
        this.store = store;
    }

    public void Add(T value) => store.TryPush(MemoryMarshal.AsBytes(new Span<T>(ref value)), UpdateMode.Always);

    /// <summary>False: it was never added. True: it was, or others look like it.</summary>
    public bool MayContain(T value) => store.TryLookup([], MemoryMarshal.AsBytes(new Span<T>(ref value)));
}
