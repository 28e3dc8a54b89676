namespace Imker.Machine;

/// <summary>A prefix in a trie: one that has a value, or a place where two part.</summary>
internal sealed class TrieNode(byte[] data, uint length)
{
    private readonly TrieNode?[] children = new TrieNode?[2];

    /// <summary>The bits of the prefix, the first one the highest of the first byte; those behind it have no meaning.</summary>
    public byte[] Data { get; } = data;

    /// <summary>Bits of the prefix.</summary>
    public uint Length { get; } = length;

    /// <summary>The element that holds the value, or <see cref="None"/> where only two prefixes part.</summary>
    public uint Element { get; init; } = None;

    public const uint None = uint.MaxValue;

    public bool HasValue => Element != None;

    public ref TrieNode? Child(int bit) => ref children[bit];

    /// <summary>The same prefix with the same children and another value: nodes that others may stand on are not changed.</summary>
    public TrieNode With(uint element)
    {
        var node = new TrieNode(Data, Length) { Element = element };
        node.children[0] = children[0];
        node.children[1] = children[1];
        return node;
    }

    public int BitAt(uint index) => Data[index / 8] >> (int)(7 - index % 8) & 1;

    /// <summary>The bits from the start that two prefixes have in common.</summary>
    public uint CommonWith(ReadOnlySpan<byte> other, uint otherLength)
    {
        uint limit = Math.Min(Length, otherLength), common = 0;
        for (int i = 0; common < limit; i++, common += 8)
        {
            int difference = Data[i] ^ other[i];
            if (difference != 0)
                return Math.Min(limit, common + (uint)System.Numerics.BitOperations.LeadingZeroCount((uint)difference) - 24);
        }
        return limit;
    }
}
