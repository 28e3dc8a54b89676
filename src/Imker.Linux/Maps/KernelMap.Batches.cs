using Imker.Hosting;
using Imker.Linux.Interop;

namespace Imker.Linux;

public sealed unsafe partial class KernelMap
{
    private volatile bool hasNoBatches;

    /// <inheritdoc/>
    /// <remarks>
    /// By BPF_MAP_LOOKUP_BATCH (5.6) where this kernel has it for this type of map, else key by key. A hash map wants room for one of its
    /// buckets at least, which the kernel says by ENOSPC.
    /// </remarks>
    /// <exception cref="BpfException">There is less room than a bucket takes, or the map cannot be walked.</exception>
    public override int ReadBatch(MapCursor cursor, Span<byte> keys, Span<byte> values)
    {
        ArgumentNullException.ThrowIfNull(cursor);
        if (hasNoBatches)
            return base.ReadBatch(cursor, keys, values);
        uint count = (uint)RoomOf(keys, values);
        if (count == 0 || cursor.IsAtEnd)
            return 0;
        // The token is a bucket's number for hash maps, and a key for all others; the kernel reads and writes the same one.
        int tokenSize = Math.Max(KeySize, sizeof(ulong));
        fixed (byte* token = cursor.Token(tokenSize), keyPointer = keys, valuePointer = values)
        {
            using DescriptorUse use = Descriptor.Use();
            var attributes = new MapBatchAttributes
            {
                Map = use.Number, InBatch = cursor.HasBegun ? (ulong)token : 0, OutBatch = (ulong)token, Keys = (ulong)keyPointer, Values = (ulong)valuePointer, Count = count,
            };
            if (BpfSyscall.Call(BpfCommand.MapLookupBatch, ref attributes, out Errno error) >= 0 || error == Errno.NoEntry)
            {
                cursor.Advance(error == Errno.NoEntry);
                return (int)attributes.Count;
            }
            if (cursor.HasBegun || !IsBatchMissing(error))
                throw Refusal("read", BpfCommand.MapLookupBatch, error);
        }
        hasNoBatches = true;
        return base.ReadBatch(cursor, keys, values);
    }

    /// <inheritdoc/>
    /// <exception cref="BpfException">The map is full, or anything else but what the mode forbids.</exception>
    public override bool TryUpdateBatch(ReadOnlySpan<byte> keys, ReadOnlySpan<byte> values, UpdateMode mode, out int done)
    {
        uint count = (uint)RoomOf(keys, values);
        done = 0;
        if (count == 0)
            return true;
        if (!hasNoBatches)
        {
            Errno error = Batch(BpfCommand.MapUpdateBatch, keys, values, (ulong)mode, count, out done);
            if (error == Errno.None)
                return true;
            if (mode == UpdateMode.OnlyIfAbsent ? error == Errno.Exists : mode == UpdateMode.OnlyIfPresent && error == Errno.NoEntry)
                return false;
            if (done > 0 || !IsBatchMissing(error))
                throw Refusal("update", BpfCommand.MapUpdateBatch, error);
        }
        return base.TryUpdateBatch(keys, values, mode, out done);
    }

    /// <inheritdoc/>
    /// <exception cref="BpfException">Anything but absence.</exception>
    public override int DeleteBatch(ReadOnlySpan<byte> keys)
    {
        if (KeySize == 0 || keys.Length % KeySize != 0)
            throw new ArgumentException($"{keys.Length} bytes are no keys of map '{Name}'", nameof(keys));
        int removed = 0;
        while (!hasNoBatches && keys.Length > 0)
        {
            Errno error = Batch(BpfCommand.MapDeleteBatch, keys, [], 0, (uint)(keys.Length / KeySize), out int done);
            removed += done;
            if (error == Errno.None)
                return removed;
            if (error != Errno.NoEntry)
            {
                if (done == 0 && IsBatchMissing(error))
                    break;
                throw Refusal("delete keys from", BpfCommand.MapDeleteBatch, error);
            }
            // The kernel stops at a key that is not there.
            keys = keys[((done + 1) * KeySize)..];
        }
        return removed + base.DeleteBatch(keys);
    }

    private Errno Batch(BpfCommand command, ReadOnlySpan<byte> keys, ReadOnlySpan<byte> values, ulong flags, uint count, out int done)
    {
        fixed (byte* keyPointer = keys, valuePointer = values)
        {
            using DescriptorUse use = Descriptor.Use();
            var attributes = new MapBatchAttributes
            {
                Map = use.Number, Keys = (ulong)keyPointer, Values = (ulong)valuePointer, Count = count, ElementFlags = flags,
            };
            bool isDone = BpfSyscall.Call(command, ref attributes, out Errno error) >= 0;
            // Where the command is missing the kernel has not touched the count.
            done = isDone || !IsBatchMissing(error) ? (int)attributes.Count : 0;
            return isDone ? Errno.None : error;
        }
    }
}
