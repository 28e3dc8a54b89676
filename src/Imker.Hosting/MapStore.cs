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

    /// <summary>Puts a value into a map that has no keys; false when it is full.</summary>
    /// <param name="value">Exactly <see cref="ValueSize"/> bytes.</param>
    /// <param name="mode"><see cref="UpdateMode.OnlyIfPresent"/> to have the oldest value make room in a queue or stack.</param>
    public virtual bool TryPush(ReadOnlySpan<byte> value, UpdateMode mode) => TryUpdate([], value, mode);

    /// <summary>Copies a value and removes its key; false when there is none. In one step where the host can, so that no update is lost between.</summary>
    /// <inheritdoc cref="TryLookup"/>
    public virtual bool TryLookupAndDelete(ReadOnlySpan<byte> key, Span<byte> value) => TryLookup(key, value) && TryDelete(key);

    /// <summary>Reads the next entries behind a cursor, as many as there is room for; fewer, or none, when they end.</summary>
    /// <param name="cursor">Is moved.</param>
    /// <param name="keys">A multiple of <see cref="KeySize"/> bytes.</param>
    /// <param name="values">As many times <see cref="ValueBufferSize"/> bytes.</param>
    /// <returns>The number of entries read.</returns>
    public virtual int ReadBatch(MapCursor cursor, Span<byte> keys, Span<byte> values)
    {
        ArgumentNullException.ThrowIfNull(cursor);
        Span<byte> last = cursor.Token(KeySize)[..KeySize];
        int count = 0, room = RoomOf(keys, values);
        while (count < room && !cursor.IsAtEnd)
        {
            bool isThere = TryGetNextKey(cursor.HasBegun ? last : [], last);
            if (isThere && TryLookup(last, values.Slice(count * ValueBufferSize, ValueBufferSize)))
                last.CopyTo(keys[(count++ * KeySize)..]);
            cursor.Advance(!isThere);
        }
        return count;
    }

    /// <summary>Sets several values; false when <paramref name="mode"/> forbids one, which ends it.</summary>
    /// <param name="keys">A multiple of <see cref="KeySize"/> bytes.</param>
    /// <param name="values">As many times <see cref="ValueBufferSize"/> bytes.</param>
    /// <param name="mode">When to do it.</param>
    /// <param name="done">How many were set.</param>
    public virtual bool TryUpdateBatch(ReadOnlySpan<byte> keys, ReadOnlySpan<byte> values, UpdateMode mode, out int done)
    {
        int count = RoomOf(keys, values);
        for (done = 0; done < count; done++)
        {
            if (!TryUpdate(keys.Slice(done * KeySize, KeySize), values.Slice(done * ValueBufferSize, ValueBufferSize), mode))
                return false;
        }
        return true;
    }

    /// <summary>Removes several keys; those that are not there are passed over.</summary>
    /// <param name="keys">A multiple of <see cref="KeySize"/> bytes.</param>
    /// <returns>How many were there.</returns>
    public virtual int DeleteBatch(ReadOnlySpan<byte> keys)
    {
        int removed = 0;
        for (int at = 0; at + KeySize <= keys.Length; at += KeySize)
            removed += TryDelete(keys.Slice(at, KeySize)) ? 1 : 0;
        return removed;
    }

    /// <summary>How many entries two buffers hold.</summary>
    /// <exception cref="ArgumentException">They are not for the same number of entries, or the map has no keys.</exception>
    protected int RoomOf(ReadOnlySpan<byte> keys, ReadOnlySpan<byte> values)
    {
        if (KeySize == 0 || keys.Length % KeySize != 0 || values.Length != (long)(keys.Length / KeySize) * ValueBufferSize)
            throw new ArgumentException($"{keys.Length} bytes of keys and {values.Length} of values are no entries of map '{Name}'");
        return keys.Length / KeySize;
    }
}
