using System.Runtime.CompilerServices;
using Imker.Objects;

namespace Imker.Machine;

/// <summary>
/// Longest-prefix match (<c>kernel/bpf/lpm_trie.c</c>). A key is the length of its prefix in bits, four bytes in the processor's order,
/// and then the prefix. Lookups read nodes that never change but in their links.
/// </summary>
internal sealed unsafe class LpmTrieStorage : MapStorage
{
    private const int PrefixOffset = sizeof(uint);

    private readonly Lock gate = new();
    private readonly ElementPool pool;
    private readonly uint maxPrefix;
    private TrieNode? root;
    private uint count;

    public LpmTrieStorage(MapSpec spec)
        : base(spec)
    {
        maxPrefix = (uint)(KeySize - PrefixOffset) * 8;
        pool = new ElementPool(0, (ulong)ValueStride, spec.MaxEntries);
    }

    public override bool IsReclaimed => true;

    public override byte* Lookup(byte* key, int cpu)
    {
        TrieNode? found = Match(key);
        return found is null ? null : pool.Value(found.Element);
    }

    public override int Read(byte* key, byte* buffer)
    {
        while (Match(key) is { } found)
        {
            uint version = pool.Version(found.Element);
            if (Match(key)?.Element != found.Element)
                continue;
            Unsafe.CopyBlockUnaligned(buffer, pool.Value(found.Element), (uint)ValueSize);
            Volatile.ReadBarrier();
            if (pool.Version(found.Element) == version)
                return 0;
        }
        return -Errno.NoEntry;
    }

    public override int Update(byte* key, byte* value, ulong flags, int cpu)
    {
        uint length = LengthOf(key);
        if (!IsMode(flags) || length > maxPrefix)
            return -Errno.Invalid;
        lock (gate)
        {
            ref TrieNode? place = ref PlaceOf(key, length, out uint common);
            bool isPresent = place is not null && common == length && place.Length == length && place.HasValue;
            int refusal = isPresent ? OnlyIfAbsent(flags) ? Errno.Exists : 0
                : OnlyIfPresent(flags) ? Errno.NoEntry : count == Spec.MaxEntries ? Errno.NoSpace : 0;
            if (refusal != 0)
                return -refusal;
            uint element = pool.Take();
            Unsafe.CopyBlockUnaligned(pool.Value(element), value, (uint)ValueSize);
            uint replaced = isPresent ? place!.Element : TrieNode.None;
            Insert(ref place, DataOf(key).ToArray(), length, common, element);
            if (isPresent)
                pool.Return(replaced);
            else
                count++;
            return 0;
        }
    }

    public override int Delete(byte* key)
    {
        uint length = LengthOf(key);
        if (length > maxPrefix)
            return -Errno.Invalid;
        lock (gate)
        {
            ref TrieNode? parent = ref root, place = ref root;
            while (place is { } node && node.CommonWith(DataOf(key), length) is var common && common == node.Length && node.Length < length)
            {
                parent = ref place;
                place = ref node.Child(BitOf(key, node.Length));
            }
            if (place is not { HasValue: true } found || found.Length != length || found.CommonWith(DataOf(key), length) != length)
                return -Errno.NoEntry;
            Remove(ref parent, ref place, found);
            pool.Return(found.Element);
            count--;
            return 0;
        }
    }

    /// <summary>Longer prefixes come before those that they begin with, else a zero bit before a one (<c>trie_get_next_key</c>).</summary>
    public override int GetNextKey(byte* key, byte* next)
    {
        lock (gate)
        {
            var walk = new Stack<TrieNode>();
            if (root is null)
                return -Errno.NoEntry;
            if (key == null || LengthOf(key) > maxPrefix || !TryDescend(key, walk))
                return Report(LeftmostBelow(root), next);
            TrieNode node = walk.Pop();
            while (walk.TryPop(out TrieNode? parent))
            {
                if (parent.Child(0) == node && parent.Child(1) is { } right)
                    return Report(LeftmostBelow(right), next);
                if (parent.HasValue)
                    return Report(parent, next);
                node = parent;
            }
            return -Errno.NoEntry;
        }
    }

    public override bool TryGetRegion(out MemoryRegion region)
    {
        region = RegionOf(pool.Values.Start, pool.Values.Length);
        return true;
    }

    private TrieNode? Match(byte* key)
    {
        uint length = LengthOf(key);
        TrieNode? found = null;
        if (length > maxPrefix)
            return null;
        ReadOnlySpan<byte> data = DataOf(key);
        for (TrieNode? node = Volatile.Read(ref root); node is not null;)
        {
            uint common = node.CommonWith(data, length);
            if (common < node.Length)
                break;
            if (node.HasValue)
                found = node;
            if (common == maxPrefix || node.Length >= length)
                break;
            node = Volatile.Read(ref node.Child(BitOf(key, node.Length)));
        }
        return found;
    }

    // The link that leads to the node with this prefix, or to where it belongs.
    private ref TrieNode? PlaceOf(byte* key, uint length, out uint common)
    {
        ref TrieNode? place = ref root;
        common = 0;
        while (place is { } node)
        {
            common = node.CommonWith(DataOf(key), length);
            if (common != node.Length || node.Length == length)
                break;
            place = ref node.Child(BitOf(key, node.Length));
        }
        return ref place;
    }

    private static void Insert(ref TrieNode? place, byte[] data, uint length, uint common, uint element)
    {
        TrieNode? there = place;
        if (there is null)
        {
            Volatile.Write(ref place, new TrieNode(data, length) { Element = element });
            return;
        }
        if (there.Length == length && common == length)
        {
            Volatile.Write(ref place, there.With(element));
            return;
        }
        var added = new TrieNode(data, length) { Element = element };
        if (common == length)
        {
            added.Child(there.BitAt(length)) = there;
            Volatile.Write(ref place, added);
            return;
        }
        var fork = new TrieNode(data, common);
        fork.Child(added.BitAt(common)) = added;
        fork.Child(there.BitAt(common)) = there;
        Volatile.Write(ref place, fork);
    }

    // A node with two children stays as a fork; a fork that is left with one gives way to it.
    private static void Remove(ref TrieNode? parent, ref TrieNode? place, TrieNode node)
    {
        if (node.Child(0) is not null && node.Child(1) is not null)
        {
            Volatile.Write(ref place, node.With(TrieNode.None));
            return;
        }
        TrieNode? child = node.Child(0) ?? node.Child(1);
        if (child is null && parent is { HasValue: false } fork && fork != node)
            Volatile.Write(ref parent, fork.Child(0) == node ? fork.Child(1) : fork.Child(0));
        else
            Volatile.Write(ref place, child);
    }

    private bool TryDescend(byte* key, Stack<TrieNode> walk)
    {
        uint length = LengthOf(key);
        for (TrieNode? node = root; node is not null; node = node.Child(BitOf(key, node.Length)))
        {
            walk.Push(node);
            uint common = node.CommonWith(DataOf(key), length);
            if (node.Length == length)
                return common == length && node.HasValue;
            if (common != node.Length)
                return false;
        }
        return false;
    }

    private static TrieNode LeftmostBelow(TrieNode node)
    {
        while ((node.Child(0) ?? node.Child(1)) is { } child)
            node = child;
        return node;
    }

    private int Report(TrieNode node, byte* next)
    {
        Unsafe.WriteUnaligned(next, node.Length);
        node.Data.CopyTo(new Span<byte>(next + PrefixOffset, KeySize - PrefixOffset));
        return 0;
    }

    private static uint LengthOf(byte* key) => Unsafe.ReadUnaligned<uint>(key);

    private ReadOnlySpan<byte> DataOf(byte* key) => new(key + PrefixOffset, KeySize - PrefixOffset);

    private static int BitOf(byte* key, uint index) => key[PrefixOffset + index / 8] >> (int)(7 - index % 8) & 1;
}
