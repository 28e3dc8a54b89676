namespace Imker.Machine;

/// <summary>
/// The maps that a run may use: those of its program, of programs that tail calls led to, and what it found in maps of maps.
/// </summary>
internal sealed class MapsOfRun
{
    private const int CacheSize = 16;

    private readonly MachineMap?[] cache = new MachineMap?[CacheSize];
    private MachineMap[] maps = [];

    public int Count { get; private set; }

    public MachineMap this[int index] => maps[index];

    public ReadOnlySpan<MachineMap>.Enumerator GetEnumerator() => new ReadOnlySpan<MachineMap>(maps, 0, Count).GetEnumerator();

    /// <summary>Takes all maps from <paramref name="count"/> on out again.</summary>
    public void Truncate(int count)
    {
        if (Count == count)
            return;
        Array.Clear(cache);
        Array.Clear(maps, count, Count - count);
        Count = count;
    }

    /// <summary>Adds a map, if it is not there yet.</summary>
    public void Add(MachineMap map)
    {
        if (Find(map.Id) is not null)
            return;
        if (Count == maps.Length)
            Array.Resize(ref maps, Math.Max(4, 2 * Count));
        maps[Count++] = map;
    }

    /// <summary>A map of the run by its id; null when the run has none of that id.</summary>
    public MachineMap? Find(int id)
    {
        ref MachineMap? cached = ref cache[id & (CacheSize - 1)];
        if (cached is { } hit && hit.Id == id)
            return hit;
        for (int i = 0; i < Count; i++)
        {
            if (maps[i].Id == id)
                return cached = maps[i];
        }
        return null;
    }
}
