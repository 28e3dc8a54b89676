using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Imker.Bytecode;

namespace Imker.Hosting;

/// <summary>A map without keys whose values leave it in an order: QUEUE, first in first out, and STACK, last in first out.</summary>
/// <typeparam name="T">Laid out as the program lays it out, padding included.</typeparam>
public sealed class BpfQueue<T>
    where T : unmanaged
{
    private readonly MapStore store;

    /// <param name="store">The map; it stays the caller's.</param>
    /// <exception cref="ArgumentException">It is of another type, or the size differs.</exception>
    public BpfQueue(MapStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        if (store.Type is not (MapType.Queue or MapType.Stack))
            throw new ArgumentException($"map '{store.Name}' is no queue or stack but {store.Type}");
        if (store.ValueSize != Unsafe.SizeOf<T>())
            throw new ArgumentException($"the values of map '{store.Name}' have {store.ValueSize} bytes, {typeof(T).Name} has {Unsafe.SizeOf<T>()}");
        this.store = store;
    }

    /// <summary>Puts a value in; false when it is full.</summary>
    public bool TryPush(T value) => store.TryPush(Bytes(ref value), UpdateMode.Always);

    /// <summary>Puts a value in; when it is full, the oldest one makes room (<c>BPF_EXIST</c>).</summary>
    public void Push(T value) => store.TryPush(Bytes(ref value), UpdateMode.OnlyIfPresent);

    /// <summary>Takes the next value out; false when it is empty.</summary>
    public bool TryPop(out T value)
    {
        value = default;
        return store.TryLookupAndDelete([], Bytes(ref value));
    }

    /// <summary>Reads the next value and leaves it in; false when it is empty.</summary>
    public bool TryPeek(out T value)
    {
        value = default;
        return store.TryLookup([], Bytes(ref value));
    }

    private static Span<byte> Bytes(ref T value) => MemoryMarshal.AsBytes(new Span<T>(ref value));
}
