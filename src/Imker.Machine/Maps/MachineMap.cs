using Imker.Bytecode;
using Imker.Hosting;

namespace Imker.Machine;

/// <summary>
/// A map of the machine. It lives as long as somebody can reach it: an instance, a program, another map. Operations give the kernel's
/// answers; what is neither success nor absence is a <see cref="MapOperationException"/> with its errno.
/// </summary>
public sealed unsafe class MachineMap : MapStore
{
    private static int lastId;

    internal MachineMap(MapStorage storage)
    {
        Storage = storage;
        Id = Interlocked.Increment(ref lastId);
    }

    internal MapStorage Storage { get; }

    /// <summary>Unique in the process; what reading a map of maps gives.</summary>
    public int Id { get; }

    public override string Name => Storage.Spec.Name;

    public override MapType Type => Storage.Spec.Type;

    public override int KeySize => Storage.KeySize;

    public override int ValueSize => Storage.ValueSize;

    public override int ValueBufferSize => Storage.ValuesPerElement == 1 ? ValueSize : AlignedValueSize * Storage.ValuesPerElement;

    public override uint MaxEntries => Storage.Spec.MaxEntries;

    /// <summary>Records of a ring buffer that found no room.</summary>
    public long Dropped => Ring?.Dropped ?? 0;

    private RingBufferStorage? Ring => Storage as RingBufferStorage ?? (Storage as PerfEventStorage)?.Ring;

    /// <inheritdoc/>
    /// <exception cref="MapOperationException">The type has no lookup.</exception>
    public override bool TryLookup(ReadOnlySpan<byte> key, Span<byte> value)
    {
        CheckKey(key);
        ArgumentOutOfRangeException.ThrowIfLessThan(value.Length, ValueBufferSize, nameof(value));
        fixed (byte* keyAt = key, valueAt = value)
        {
            using var visit = new MapVisit(Storage);
            return Succeeds(Storage.Read(keyAt, valueAt), Errno.NoEntry, "look up a key in");
        }
    }

    /// <inheritdoc/>
    /// <exception cref="MapOperationException">The type has no such operation.</exception>
    public override bool TryLookupAndDelete(ReadOnlySpan<byte> key, Span<byte> value)
    {
        CheckKey(key);
        ArgumentOutOfRangeException.ThrowIfLessThan(value.Length, ValueBufferSize, nameof(value));
        fixed (byte* keyAt = key, valueAt = value)
            return Succeeds(Storage.ReadAndDelete(keyAt, valueAt), Errno.NoEntry, "take a key out of");
    }

    /// <inheritdoc/>
    /// <exception cref="MapOperationException">The map is full, or the type takes no values from the host.</exception>
    public override bool TryUpdate(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, UpdateMode mode = UpdateMode.Always)
    {
        CheckKey(key);
        ArgumentOutOfRangeException.ThrowIfNotEqual(value.Length, ValueBufferSize, nameof(value));
        fixed (byte* keyAt = key, valueAt = value)
            return Updated(Storage.Write(keyAt, valueAt, (ulong)mode), mode);
    }

    /// <summary>Puts a program into an array of programs, to be reached by tail calls.</summary>
    /// <param name="index">Below <see cref="MapStore.MaxEntries"/>.</param>
    /// <param name="program">Of any object of the machine.</param>
    /// <exception cref="MapOperationException">The index is too large, or this is no array of programs.</exception>
    public void SetProgram(int index, MachineProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        Succeeds((Storage as ProgramArrayStorage)?.Set((byte*)&index, program, 0) ?? -Errno.Invalid, 0, "put a program into");
    }

    /// <summary>Puts a map into a map of maps.</summary>
    /// <param name="key">Exactly <see cref="MapStore.KeySize"/> bytes.</param>
    /// <param name="inner">A map shaped like the blueprint's inner map.</param>
    /// <param name="mode">When to do it.</param>
    /// <exception cref="MapOperationException">It has another shape, the map is full, or this is no map of maps.</exception>
    public bool SetMap(ReadOnlySpan<byte> key, MachineMap inner, UpdateMode mode = UpdateMode.Always)
    {
        ArgumentNullException.ThrowIfNull(inner);
        CheckKey(key);
        fixed (byte* keyAt = key)
            return Updated((Storage as MapOfMapsStorage)?.Set(keyAt, inner, (ulong)mode) ?? -Errno.Invalid, mode);
    }

    /// <inheritdoc/>
    /// <exception cref="MapOperationException">Nothing can be removed from a map of this type.</exception>
    public override bool TryDelete(ReadOnlySpan<byte> key)
    {
        CheckKey(key);
        fixed (byte* keyAt = key)
            return Succeeds(Storage.Delete(keyAt), Errno.NoEntry, "delete a key from");
    }

    /// <inheritdoc/>
    /// <exception cref="MapOperationException">The map has no order.</exception>
    public override bool TryGetNextKey(ReadOnlySpan<byte> key, Span<byte> next)
    {
        if (!key.IsEmpty)
            CheckKey(key);
        ArgumentOutOfRangeException.ThrowIfLessThan(next.Length, KeySize, nameof(next));
        fixed (byte* keyAt = key, nextAt = next)
        {
            using var visit = new MapVisit(Storage);
            return Succeeds(Storage.GetNextKey(keyAt, nextAt), Errno.NoEntry, "walk through");
        }
    }

    /// <summary>Waits for a record in a ring buffer or an array of perf events; false when none came in time.</summary>
    /// <exception cref="InvalidOperationException">The map has no records.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public bool WaitForRecords(TimeSpan timeout, CancellationToken cancellation = default) => RequireRing().Wait(timeout, cancellation);

    /// <summary>Hands every complete record to a reader, in order, and frees its room.</summary>
    /// <returns>How many there were.</returns>
    /// <exception cref="InvalidOperationException">The map has no records.</exception>
    public int ReadRecords(RecordReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return RequireRing().Read(reader);
    }

    internal bool TryGetRegion(out MemoryRegion region) => Storage.TryGetRegion(out region);

    private RingBufferStorage RequireRing() => Ring ?? throw new InvalidOperationException($"map '{Name}' of type {Type} has no records");

    private void CheckKey(ReadOnlySpan<byte> key) => ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, KeySize, nameof(key));

    private bool Updated(int result, UpdateMode mode) =>
        Succeeds(result, mode switch { UpdateMode.OnlyIfAbsent => Errno.Exists, UpdateMode.OnlyIfPresent => Errno.NoEntry, _ => 0 }, "update");

    private bool Succeeds(int result, int expected, string doing) =>
        result == 0 || (-result == expected ? false : throw new MapOperationException(doing, Name, -result));
}
