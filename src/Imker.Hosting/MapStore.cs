using Imker.Bytecode;

namespace Imker.Hosting;

/// <summary>
/// A map where it lives: in the kernel, or in an embedded machine. Each host has one sealed kind, so that whoever knows the host calls
/// it directly. Nothing here allocates, nor throws for what may be absent.
/// </summary>
public abstract class MapStore
{
    public abstract string Name { get; }

    public abstract MapType Type { get; }

    /// <summary>Bytes of a key.</summary>
    public abstract int KeySize { get; }

    /// <summary>Bytes of a value, of one CPU's where each has its own.</summary>
    public abstract int ValueSize { get; }

    /// <summary>
    /// Bytes that a read fills and an update takes. Where each CPU has its own value: those of all possible CPUs, in their order,
    /// each padded to a multiple of eight bytes (<see cref="AlignedValueSize"/>).
    /// </summary>
    public abstract int ValueBufferSize { get; }

    /// <summary>The distance of one CPU's value to the next.</summary>
    public int AlignedValueSize => (ValueSize + 7) & ~7;

    public abstract uint MaxEntries { get; }

    /// <summary>Copies the value of a key; false when there is none.</summary>
    /// <param name="key">Exactly <see cref="KeySize"/> bytes.</param>
    /// <param name="value">At least <see cref="ValueBufferSize"/> bytes.</param>
    public abstract bool TryLookup(ReadOnlySpan<byte> key, Span<byte> value);

    /// <summary>Sets a value; false when <paramref name="mode"/> forbids it.</summary>
    /// <param name="key">Exactly <see cref="KeySize"/> bytes.</param>
    /// <param name="value">Exactly <see cref="ValueBufferSize"/> bytes.</param>
    /// <param name="mode">When to do it.</param>
    public abstract bool TryUpdate(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, UpdateMode mode = UpdateMode.Always);

    /// <summary>Removes a key; false when it is not there.</summary>
    /// <param name="key">Exactly <see cref="KeySize"/> bytes.</param>
    public abstract bool TryDelete(ReadOnlySpan<byte> key);

    /// <summary>The key behind another in the map's own order; false behind the last.</summary>
    /// <param name="key">Exactly <see cref="KeySize"/> bytes, or none for the first key. An absent key also leads to the first.</param>
    /// <param name="next">At least <see cref="KeySize"/> bytes. May be the same memory as <paramref name="key"/>.</param>
    public abstract bool TryGetNextKey(ReadOnlySpan<byte> key, Span<byte> next);
}
