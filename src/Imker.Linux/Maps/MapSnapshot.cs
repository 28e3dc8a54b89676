namespace Imker.Linux;

/// <summary>The entries of a map as they were read, in the map's own order, keys and values each in one buffer.</summary>
public sealed class MapSnapshot
{
    private byte[] keys;
    private byte[] values;

    internal MapSnapshot(int keySize, int valueSize, int capacity)
    {
        KeySize = keySize;
        ValueSize = valueSize;
        keys = new byte[(long)keySize * capacity];
        values = new byte[(long)valueSize * capacity];
    }

    /// <summary>Entries read.</summary>
    public int Count { get; private set; }

    public int KeySize { get; }

    /// <summary>Bytes of a value; of a map with a value for each CPU, those of all CPUs.</summary>
    public int ValueSize { get; }

    public ReadOnlySpan<byte> Key(int index) => keys.AsSpan(Checked(index) * KeySize, KeySize);

    public ReadOnlySpan<byte> Value(int index) => values.AsSpan(Checked(index) * ValueSize, ValueSize);

    internal int Free => KeySize == 0 ? 0 : keys.Length / KeySize - Count;

    internal Span<byte> FreeKeys => keys.AsSpan(Count * KeySize);

    internal Span<byte> FreeValues => values.AsSpan(Count * ValueSize);

    internal void Added(int count) => Count += count;

    internal void Grow()
    {
        int capacity = Math.Max(64, (Count + Free) * 2);
        Array.Resize(ref keys, checked(capacity * KeySize));
        Array.Resize(ref values, checked(capacity * ValueSize));
    }

    private int Checked(int index) =>
        (uint)index < (uint)Count ? index : throw new ArgumentOutOfRangeException(nameof(index));
}
