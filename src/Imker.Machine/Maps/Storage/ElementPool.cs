using System.Runtime.CompilerServices;

namespace Imker.Machine;

/// <summary>
/// Elements of a hash map: a header with the key, and the values apart from it, so that programs can touch values alone. An element that
/// was removed is used again when no run can see it any more; if there is none left but those, the oldest of them, as the kernel's
/// preallocated elements are at once. Whoever takes or returns holds the map's lock.
/// </summary>
internal sealed unsafe class ElementPool
{
    /// <summary>In each header: the number of the next element of the chain, and the key's hash; then the key.</summary>
    public const int NextOffset = 0;
    public const int HashOffset = 4;
    public const int KeyOffset = 8;

    // As many removed elements as this, or as the map has entries if those are more, may wait for runs to end.
    private const uint SpareElements = 256;
    private const int AdvanceInterval = 32;

    private readonly NativeBlock headers, values, versions;
    private readonly byte* firstHeader, firstValue;
    private readonly uint capacity;
    private readonly Queue<(uint Element, long Epoch)> waiting = new();
    private readonly Stack<uint> free = new();
    private uint fresh;
    private long freeEpoch;
    private int returnedSinceAdvance;

    public ElementPool(int keySize, ulong valueStride, uint maxEntries)
    {
        HeaderStride = KeyOffset + ((keySize + 7) & ~7);
        ValueStride = valueStride;
        capacity = checked(maxEntries + Math.Max(maxEntries, SpareElements));
        headers = new NativeBlock((ulong)HeaderStride * capacity);
        values = new NativeBlock(valueStride * capacity);
        firstHeader = headers.Start;
        firstValue = values.Start;
        versions = new NativeBlock((ulong)sizeof(uint) * capacity);
    }

    /// <summary>The bytes from one header to the next.</summary>
    public int HeaderStride { get; }

    /// <summary>The bytes of an element's values, of all CPUs together.</summary>
    public ulong ValueStride { get; }

    public NativeBlock Values => values;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte* Header(uint element) => firstHeader + (ulong)element * (uint)HeaderStride;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte* Value(uint element) => firstValue + element * ValueStride;

    /// <summary>
    /// How often an element has been taken. Whoever copies a value and finds the same number before and after, copied one value.
    /// </summary>
    public uint Version(uint element) => Volatile.Read(ref ((uint*)versions.Start)[element]);

    /// <summary>An element that is in no chain; its contents are whatever they were.</summary>
    public uint Take()
    {
        uint element = TakeAny();
        ((uint*)versions.Start)[element]++;
        Volatile.WriteBarrier();
        return element;
    }

    private uint TakeAny()
    {
        while (waiting.TryPeek(out (uint Element, long Epoch) oldest) && oldest.Epoch <= freeEpoch)
            free.Push(waiting.Dequeue().Element);
        if (free.TryPop(out uint element))
            return element;
        if (fresh < capacity)
            return fresh++;
        freeEpoch = ReclamationEpoch.Advance();
        return waiting.Dequeue().Element;
    }

    /// <summary>Takes back an element that is in no chain any more, though runs may still hold its address.</summary>
    public void Return(uint element)
    {
        waiting.Enqueue((element, ReclamationEpoch.Current));
        if (++returnedSinceAdvance < AdvanceInterval)
            return;
        returnedSinceAdvance = 0;
        freeEpoch = ReclamationEpoch.Advance();
    }
}
