using System.Runtime.CompilerServices;
using Imker.Objects;

namespace Imker.Machine;

/// <summary>Queue and stack (<c>kernel/bpf/queue_stack_maps.c</c>). Values are copied in and out, under a lock.</summary>
internal sealed unsafe class QueueStorage : MapStorage
{
    private readonly Lock gate = new();
    private readonly NativeBlock values;
    private readonly bool isStack;
    private readonly uint maxEntries;
    private uint first, count;

    /// <param name="spec">Without keys.</param>
    /// <param name="isStack">The last in is the first out.</param>
    public QueueStorage(MapSpec spec, bool isStack)
        : base(spec)
    {
        this.isStack = isStack;
        maxEntries = spec.MaxEntries;
        values = new NativeBlock((ulong)ValueSize * maxEntries);
    }

    public override int Push(byte* value, ulong flags)
    {
        bool replaces = OnlyIfPresent(flags);
        if (!IsMode(flags) || OnlyIfAbsent(flags))
            return -Errno.Invalid;
        lock (gate)
        {
            if (count == maxEntries)
            {
                if (!replaces)
                    return -Errno.TooBig;
                first = (first + 1) % maxEntries;
                count--;
            }
            Unsafe.CopyBlockUnaligned(At(count++), value, (uint)ValueSize);
            return 0;
        }
    }

    public override int Pop(byte* value) => Take(value, removes: true);

    public override int Peek(byte* value) => Take(value, removes: false);

    public override int Update(byte* key, byte* value, ulong flags, int cpu) => Push(value, flags);

    public override int Delete(byte* key) => -Errno.Invalid;

    public override int GetNextKey(byte* key, byte* next) => -Errno.Invalid;

    public override int Read(byte* key, byte* buffer) => Peek(buffer);

    public override int ReadAndDelete(byte* key, byte* buffer) => Pop(buffer);

    private int Take(byte* value, bool removes)
    {
        lock (gate)
        {
            if (count == 0)
            {
                Unsafe.InitBlockUnaligned(value, 0, (uint)ValueSize);
                return -Errno.NoEntry;
            }
            Unsafe.CopyBlockUnaligned(value, At(isStack ? count - 1 : 0), (uint)ValueSize);
            if (!removes)
                return 0;
            count--;
            if (!isStack)
                first = (first + 1) % maxEntries;
            return 0;
        }
    }

    private byte* At(uint position) => values.Start + (ulong)((first + (ulong)position) % maxEntries) * (uint)ValueSize;
}
