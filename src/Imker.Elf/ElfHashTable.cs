namespace Imker.Elf;

/// <summary>Finds dynamic symbols by name with a few small reads, as the dynamic loader does.</summary>
internal abstract class ElfHashTable(ElfSource source, ElfEncoding encoding, ulong offset)
{
    protected ElfSource Source { get; } = source;

    protected ElfEncoding Encoding { get; } = encoding;

    protected ulong Offset { get; } = offset;

    /// <summary>Calls back with each symbol number whose name may be the one looked for, until one is taken.</summary>
    public abstract bool TryFind(ReadOnlySpan<byte> name, Func<uint, bool> isMatch);

    /// <summary>How many symbols the dynamic symbol table has: it is told nowhere else when there are no section headers.</summary>
    public abstract uint CountSymbols();

    protected uint ReadU32(ulong offset, string what)
    {
        Span<byte> bytes = stackalloc byte[4];
        Source.Read(offset, bytes, what);
        return Encoding.U32(bytes, 0);
    }
}

/// <summary><c>DT_GNU_HASH</c>: a Bloom filter, buckets, and for each symbol its hash, whose lowest bit ends a bucket's chain.</summary>
internal sealed class ElfGnuHashTable : ElfHashTable
{
    private const int HeaderSize = 16;

    private readonly uint bucketCount, firstSymbol, bloomCount;
    private readonly int bloomShift;

    public ElfGnuHashTable(ElfSource source, ElfEncoding encoding, ulong offset)
        : base(source, encoding, offset)
    {
        Span<byte> bytes = stackalloc byte[HeaderSize];
        source.Read(offset, bytes, "GNU hash table");
        bucketCount = encoding.U32(bytes, 0);
        firstSymbol = encoding.U32(bytes, 4);
        bloomCount = encoding.U32(bytes, 8);
        bloomShift = (int)encoding.U32(bytes, 12) & 31;
    }

    private ulong Buckets => Offset + HeaderSize + (ulong)bloomCount * (ulong)Encoding.WordSize;

    private ulong Chains => Buckets + 4 * (ulong)bucketCount;

    public override bool TryFind(ReadOnlySpan<byte> name, Func<uint, bool> isMatch)
    {
        uint hash = HashOf(name);
        if (bucketCount == 0 || !MayHold(hash))
            return false;
        uint symbol = ReadU32(Buckets + 4 * (ulong)(hash % bucketCount), "bucket of the GNU hash table");
        if (symbol == 0)
            return false;
        for (; ; symbol++)
        {
            uint entry = ReadChain(symbol);
            if ((entry | 1) == (hash | 1) && isMatch(symbol))
                return true;
            if ((entry & 1) != 0)
                return false;
        }
    }

    public override uint CountSymbols()
    {
        ReadOnlySpan<byte> buckets = Source.Slice(Buckets, 4 * (ulong)bucketCount, "buckets of the GNU hash table").Span;
        uint last = 0;
        for (int i = 0; i < (int)bucketCount; i++)
            last = Math.Max(last, Encoding.U32(buckets, 4 * i));
        if (last == 0)
            return firstSymbol;
        while ((ReadChain(last) & 1) == 0)
            last++;
        return last + 1;
    }

    private uint ReadChain(uint symbol)
    {
        if (symbol < firstSymbol)
            throw Source.Malformed(Buckets, $"the GNU hash table names symbol {symbol}, but starts with {firstSymbol}");
        return ReadU32(Chains + 4 * (ulong)(symbol - firstSymbol), "chain of the GNU hash table");
    }

    private bool MayHold(uint hash)
    {
        if (bloomCount == 0)
            return true;
        int word = Encoding.WordSize, bits = 8 * word;
        Span<byte> bytes = stackalloc byte[word];
        Source.Read(Offset + HeaderSize + hash / (uint)bits % bloomCount * (ulong)word, bytes, "filter of the GNU hash table");
        ulong filter = Encoding.Word(bytes, 0);
        return (filter >> (int)(hash % (uint)bits) & filter >> (int)((hash >> bloomShift) % (uint)bits) & 1) != 0;
    }

    private static uint HashOf(ReadOnlySpan<byte> name)
    {
        uint hash = 5381;
        foreach (byte b in name)
            hash = hash * 33 + b;
        return hash;
    }
}

/// <summary><c>DT_HASH</c> of the System V ABI: buckets, and for each symbol the next of its bucket.</summary>
internal sealed class ElfSysvHashTable : ElfHashTable
{
    private readonly uint bucketCount, chainCount;

    public ElfSysvHashTable(ElfSource source, ElfEncoding encoding, ulong offset)
        : base(source, encoding, offset)
    {
        bucketCount = ReadU32(offset, "hash table");
        chainCount = ReadU32(offset + 4, "hash table");
    }

    public override bool TryFind(ReadOnlySpan<byte> name, Func<uint, bool> isMatch)
    {
        if (bucketCount == 0)
            return false;
        uint symbol = ReadU32(Offset + 8 + 4 * (ulong)(HashOf(name) % bucketCount), "bucket of the hash table");
        for (uint steps = 0; symbol != 0; steps++)
        {
            if (symbol >= chainCount || steps >= chainCount)
                throw Source.Malformed(Offset, $"a chain of the hash table leads to symbol {symbol} of {chainCount} or round in a circle");
            if (isMatch(symbol))
                return true;
            symbol = ReadU32(Offset + 8 + 4 * ((ulong)bucketCount + symbol), "chain of the hash table");
        }
        return false;
    }

    public override uint CountSymbols() => chainCount;

    private static uint HashOf(ReadOnlySpan<byte> name)
    {
        uint hash = 0;
        foreach (byte b in name)
        {
            hash = (hash << 4) + b;
            hash = (hash ^ (hash & 0xf000_0000) >> 24) & 0x0fff_ffff;
        }
        return hash;
    }
}
