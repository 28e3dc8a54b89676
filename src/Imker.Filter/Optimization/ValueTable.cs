using Imker.Bytecode.Classic;

namespace Imker.Filter.Optimization;

/// <summary>
/// Numbers for values: what is computed in the same way from the same values has the same number. 0 stands for a value that is not known.
/// Different constants have different numbers.
/// </summary>
internal sealed class ValueTable
{
    private readonly List<Entry> entries = [default];
    private int[] buckets = new int[256];

    private record struct Entry(int Code, uint First, uint Second, int Next);

    public void Clear()
    {
        entries.RemoveRange(1, entries.Count - 1);
        Array.Clear(buckets);
    }

    /// <summary>The number of a constant.</summary>
    public int Constant(uint value) => Number(ClassicOpcode.LoadImmediate, value, 0);

    /// <summary>The number of what an opcode makes of an offset or of values.</summary>
    public int Number(int code, uint first, uint second)
    {
        int bucket = BucketOf(code, first, second);
        for (int i = buckets[bucket]; i != 0; i = entries[i].Next)
        {
            Entry entry = entries[i];
            if (entry.Code == code && entry.First == first && entry.Second == second)
                return i;
        }
        entries.Add(new Entry(code, first, second, buckets[bucket]));
        buckets[bucket] = entries.Count - 1;
        if (entries.Count > 2 * buckets.Length)
            Grow();
        return entries.Count - 1;
    }

    /// <summary>The constant that a number stands for; false for all else.</summary>
    public bool TryGetConstant(int number, out uint value)
    {
        Entry entry = entries[number];
        value = entry.First;
        return number != 0 && entry.Code == ClassicOpcode.LoadImmediate;
    }

    private int BucketOf(int code, uint first, uint second) =>
        (int)((uint)HashCode.Combine(code, first, second) % (uint)buckets.Length);

    private void Grow()
    {
        buckets = new int[buckets.Length * 4];
        for (int i = 1; i < entries.Count; i++)
        {
            Entry entry = entries[i];
            int bucket = BucketOf(entry.Code, entry.First, entry.Second);
            entries[i] = entry with { Next = buckets[bucket] };
            buckets[bucket] = i;
        }
    }
}
