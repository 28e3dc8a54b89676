using Imker.Linux.Interop;

namespace Imker.Linux;

public sealed unsafe partial class KernelMap
{
    private const int FirstCapacity = 64;

    /// <summary>
    /// Reads every entry: in batches where this kernel has them for this type of map, else key by key. Entries that come or go
    /// meanwhile may be missed; one that stays is read, and with batches read once.
    /// </summary>
    /// <exception cref="BpfException">The map cannot be walked.</exception>
    public MapSnapshot TakeSnapshot()
    {
        if (TryReadInBatches(BpfCommand.MapLookupBatch, out Errno error) is { } batches)
            return batches;
        return IsBatchMissing(error) ? ReadByKey() : throw Refusal("read", BpfCommand.MapLookupBatch, error);
    }

    /// <summary>
    /// Reads and removes every entry, with batches so that no update falls between the reading and the removal of its key
    /// (5.6 for hash maps); key by key where there are none.
    /// </summary>
    /// <inheritdoc cref="TakeSnapshot"/>
    public MapSnapshot TakeAll()
    {
        if (TryReadInBatches(BpfCommand.MapLookupAndDeleteBatch, out Errno error) is { } batches)
            return batches;
        if (!IsBatchMissing(error))
            throw Refusal("empty", BpfCommand.MapLookupAndDeleteBatch, error);
        MapSnapshot result = ReadByKey();
        for (int i = 0; i < result.Count; i++)
            TryDelete(result.Key(i));
        return result;
    }

    // The kernel's token between batches is a bucket number for hash maps and a key for all others.
    private MapSnapshot? TryReadInBatches(BpfCommand command, out Errno error)
    {
        var result = new MapSnapshot(KeySize, ValueBufferSize, (int)Math.Min(MaxEntries, FirstCapacity));
        int tokenSize = Math.Max(KeySize, sizeof(uint));
        byte[] tokens = new byte[tokenSize * 2];
        using DescriptorUse use = Descriptor.Use();
        fixed (byte* token = tokens)
        {
            var attributes = new MapBatchAttributes { Map = use.Number, OutBatch = (ulong)token };
            while (true)
            {
                if (result.Free == 0)
                    result.Grow();
                int status = ReadBatch(command, ref attributes, result, out error);
                if (status >= 0)
                    (attributes.InBatch, attributes.OutBatch) = NextTokens(token, tokenSize, attributes.OutBatch);
                else if (error == Errno.NoEntry)
                    return result;
                else if (error == Errno.NoSpace)
                    result.Grow();
                else
                    return null;
            }
        }
    }

    private static (ulong In, ulong Out) NextTokens(byte* tokens, int size, ulong lastOut) =>
        lastOut == (ulong)tokens ? (lastOut, (ulong)(tokens + size)) : (lastOut, (ulong)tokens);

    private static int ReadBatch(BpfCommand command, ref MapBatchAttributes attributes, MapSnapshot result, out Errno error)
    {
        fixed (byte* keys = result.FreeKeys, values = result.FreeValues)
        {
            attributes.Keys = (ulong)keys;
            attributes.Values = (ulong)values;
            attributes.Count = (uint)result.Free;
            int status = BpfSyscall.Call(command, ref attributes, out error);
            // At the end of the map the kernel says ENOENT and still hands over the last entries; other errors hand over none.
            if (status >= 0 || error == Errno.NoEntry)
                result.Added((int)attributes.Count);
            return status;
        }
    }

    private MapSnapshot ReadByKey()
    {
        var result = new MapSnapshot(KeySize, ValueBufferSize, (int)Math.Min(MaxEntries, FirstCapacity));
        byte[] key = new byte[KeySize];
        ReadOnlySpan<byte> previous = [];
        // A key that is removed while we stand on it leads back to the first one: no more keys are read than the map can hold.
        for (uint i = 0; i < MaxEntries && TryGetNextKey(previous, key); i++)
        {
            if (result.Free == 0)
                result.Grow();
            if (TryLookup(key, result.FreeValues))
            {
                key.CopyTo(result.FreeKeys);
                result.Added(1);
            }
            previous = key;
        }
        return result;
    }

    private static bool IsBatchMissing(Errno error) =>
        error == Errno.NotSupportedInside || error == Errno.NotSupported || error == Errno.Invalid;
}
