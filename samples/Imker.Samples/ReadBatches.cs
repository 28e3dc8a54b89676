using Imker.Bytecode;
using Imker.Hosting;
using Imker.Linux;

namespace Imker.Samples;

/// <summary>Writes many values of a map by one call, and reads them by a few, without allocating.</summary>
internal static class ReadBatches
{
    public static int Run()
    {
        using KernelMap map = KernelMap.Create(new MapParameters(MapType.Hash, sizeof(uint), sizeof(ulong), 1000) { Name = "counts" });
        uint[] some = [.. Enumerable.Range(0, 500).Select(i => (uint)i)];
        new BpfMap<uint, ulong>(map).SetBatch(some, [.. some.Select(i => 2ul * i)]);

        ulong total = 0;
        var counts = new BpfMap<uint, ulong>(map);
        var cursor = new MapCursor();
        Span<uint> keys = stackalloc uint[64];
        Span<ulong> values = stackalloc ulong[64];
        while (counts.ReadBatch(cursor, keys, values) is var read and > 0)
            total += Sum(values[..read]);

        Console.WriteLine($"all counts together: {total}");
        return 0;
    }

    private static ulong Sum(ReadOnlySpan<ulong> values)
    {
        ulong sum = 0;
        foreach (ulong value in values)
            sum += value;
        return sum;
    }
}
