using System.Text;

namespace Imker.Symbols;

/// <summary>
/// Symbols by address, a few bytes each: their names lie in one block, and a string is made only of a name that is asked for.
/// </summary>
internal sealed class AddressTable
{
    /// <summary>How far a symbol of unknown size reaches at most: past that, what is found is another thing without a name.</summary>
    public const uint LongestUnsized = 1024 * 1024;

    public static readonly AddressTable Empty = new Builder(keepsLast: false).Build();

    private readonly ulong[] starts;
    private readonly Entry[] entries;
    private readonly byte[] names;

    private AddressTable(ulong[] starts, Entry[] entries, byte[] names)
    {
        this.starts = starts;
        this.entries = entries;
        this.names = names;
    }

    private readonly record struct Entry(int NameStart, int NameLength, uint Size, int Group);

    public int Count => starts.Length;

    /// <summary>The symbol that holds an address.</summary>
    /// <param name="address">What is looked for.</param>
    /// <param name="name">Its name.</param>
    /// <param name="offset">How far into it the address lies.</param>
    /// <param name="group">What was given when it was added.</param>
    public bool TryFind(ulong address, out string name, out ulong offset, out int group)
    {
        int i = Array.BinarySearch(starts, address);
        if (i < 0)
            i = ~i - 1;
        if (i < 0 || address - starts[i] >= SizeOf(i))
        {
            (name, offset, group) = ("", 0, 0);
            return false;
        }
        Entry entry = entries[i];
        name = Encoding.UTF8.GetString(names, entry.NameStart, entry.NameLength);
        offset = address - starts[i];
        group = entry.Group;
        return true;
    }

    private uint SizeOf(int i) => entries[i].Size != 0 ? entries[i].Size : LongestUnsized;

    /// <summary>Gathers the symbols, in any order.</summary>
    /// <param name="keepsLast">Which of several at one address stays: the last one added, or the first.</param>
    public sealed class Builder(bool keepsLast)
    {
        private const int MostSymbols = 2 * 1024 * 1024, MostNameBytes = 128 * 1024 * 1024;

        private readonly List<ulong> starts = [];
        private readonly List<Entry> entries = [];
        private byte[] names = new byte[16 * 1024];
        private int namesLength;
        private bool isSorted = true;

        /// <summary>Adds a symbol; 0 as its size when that is unknown. Past a limit that no honest file reaches, nothing is added.</summary>
        public void Add(ulong start, uint size, ReadOnlySpan<byte> name, int group = 0)
        {
            if (starts.Count == MostSymbols || namesLength > MostNameBytes - name.Length)
                return;
            if (names.Length - namesLength < name.Length)
                Array.Resize(ref names, Math.Max(2 * names.Length, namesLength + name.Length));
            name.CopyTo(names.AsSpan(namesLength));
            isSorted = isSorted && (starts.Count == 0 || starts[^1] <= start);
            starts.Add(start);
            entries.Add(new Entry(namesLength, name.Length, size, group));
            namesLength += name.Length;
        }

        public AddressTable Build()
        {
            ulong[] keys = [.. starts];
            int[] order = [.. Enumerable.Range(0, keys.Length)];
            if (!isSorted)
                Array.Sort(keys, order);
            int count = DropDuplicates(keys, order);
            Entry[] sorted = new Entry[count];
            for (int i = 0; i < count; i++)
                sorted[i] = entries[order[i]];
            Array.Resize(ref keys, count);
            Array.Resize(ref names, namesLength);
            return new AddressTable(keys, sorted, names);
        }

        private int DropDuplicates(ulong[] keys, int[] order)
        {
            int count = 0;
            for (int i = 0; i < keys.Length; i++)
            {
                if (count > 0 && keys[count - 1] == keys[i])
                {
                    order[count - 1] = keepsLast ? Math.Max(order[count - 1], order[i]) : Math.Min(order[count - 1], order[i]);
                    continue;
                }
                keys[count] = keys[i];
                order[count++] = order[i];
            }
            return count;
        }
    }
}
