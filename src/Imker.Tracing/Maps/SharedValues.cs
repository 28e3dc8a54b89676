using System.Runtime.InteropServices;
using Imker.Linux;
using Imker.Objects;

namespace Imker.Tracing.Maps;

/// <summary>Values that programs change by atomic operations in memory that is theirs and ours: they can be taken in one operation, too.</summary>
internal sealed class SharedValues : IDisposable
{
    private readonly Dictionary<KernelMap, MappedMemory> memories = [];

    public static bool Has(KernelMap map) => map.Flags.HasFlag(MapFlags.MemoryMappable);

    /// <summary>What the first value of an array was when zeros took its place, word for word.</summary>
    public byte[] Take(KernelMap map)
    {
        if (!memories.TryGetValue(map, out MappedMemory? memory))
            memories.Add(map, memory = map.MapValues(writable: true));
        byte[] taken = new byte[map.ValueBufferSize];
        Span<ulong> from = MemoryMarshal.Cast<byte, ulong>(memory.WritableBytes[..taken.Length]);
        Span<ulong> to = MemoryMarshal.Cast<byte, ulong>(taken.AsSpan());
        for (int i = 0; i < to.Length; i++)
            to[i] = Interlocked.Exchange(ref from[i], 0);
        return taken;
    }

    public void Dispose()
    {
        foreach (MappedMemory memory in memories.Values)
            memory.Dispose();
    }
}
