namespace Imker.Btf;

/// <summary>Names to the numbers of what they name, hashed by their bytes. Several may have the same name; lower numbers come first.</summary>
internal sealed class BtfNameIndex
{
    private readonly BtfFile btf;
    private readonly uint[] names;

    // Chains, not probing: a thousand types of one name must not make the thousand and first slow to add.
    private readonly int[] heads;
    private readonly int[] nexts;

    /// <param name="names">Offsets of the names, by number; anonymous ones (0) are left out.</param>
    public BtfNameIndex(BtfFile btf, uint[] names)
    {
        this.btf = btf;
        this.names = names;
        heads = new int[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)names.Length + 1)];
        nexts = new int[names.Length];
        heads.AsSpan().Fill(-1);
        for (int i = names.Length - 1; i >= 0; i--)
        {
            if (names[i] == 0)
                continue;
            ref int head = ref heads[HashOf(btf.StringBytes(names[i])) & (uint)(heads.Length - 1)];
            nexts[i] = head;
            head = i;
        }
    }

    /// <summary>The lowest number of a name, or −1.</summary>
    public int First(ReadOnlySpan<byte> name) => Match(heads[HashOf(name) & (uint)(heads.Length - 1)], name);

    /// <summary>The next higher number of the same name, or −1.</summary>
    public int Next(int number, ReadOnlySpan<byte> name) => Match(nexts[number], name);

    private int Match(int number, ReadOnlySpan<byte> name)
    {
        while (number >= 0 && !btf.StringBytes(names[number]).SequenceEqual(name))
            number = nexts[number];
        return number;
    }

    // FNV-1a
    private static uint HashOf(ReadOnlySpan<byte> name)
    {
        uint hash = 2166136261;
        foreach (byte b in name)
            hash = (hash ^ b) * 16777619;
        return hash;
    }
}
