namespace Imker.Elf;

/// <summary>
/// What <c>PT_DYNAMIC</c> says, with addresses turned into file offsets. It is what the dynamic loader uses, and so is there and
/// right when section headers were stripped.
/// </summary>
internal sealed class ElfDynamic
{
    private const ulong PieFlag = 0x0800_0000; // DF_1_PIE

    public static readonly ElfDynamic None = new();

    public ulong? Hash { get; private set; }

    public ulong? GnuHash { get; private set; }

    public ulong? Symbols { get; private set; }

    public ulong? Strings { get; private set; }

    public ulong StringsSize { get; private set; }

    /// <summary>The table of version numbers, 2 bytes for each symbol.</summary>
    public ulong? Versions { get; private set; }

    public bool HasSoName { get; private set; }

    public bool IsPie { get; private set; }

    public static ElfDynamic Read(ElfFile file)
    {
        foreach (ElfSegment segment in file.Segments)
        {
            if (segment.Type == ElfSegmentType.Dynamic)
                return Read(file, file.SliceDynamic(segment).Span);
        }
        return None;
    }

    private static ElfDynamic Read(ElfFile file, ReadOnlySpan<byte> entries)
    {
        var dynamic = new ElfDynamic();
        ElfEncoding encoding = file.Encoding;
        int word = encoding.WordSize;
        for (; entries.Length >= 2 * word; entries = entries[(2 * word)..])
        {
            ulong tag = encoding.Word(entries, 0);
            if (tag == 0)
                break;
            dynamic.Take(file, tag, encoding.Word(entries, word));
        }
        return dynamic;
    }

    private void Take(ElfFile file, ulong tag, ulong value)
    {
        switch ((Tag)tag)
        {
            case Tag.Hash:
                Hash = OffsetOf(file, value);
                break;
            case Tag.GnuHash:
                GnuHash = OffsetOf(file, value);
                break;
            case Tag.StringTable:
                Strings = OffsetOf(file, value);
                break;
            case Tag.StringTableSize:
                StringsSize = value;
                break;
            case Tag.SymbolTable:
                Symbols = OffsetOf(file, value);
                break;
            case Tag.SymbolVersions:
                Versions = OffsetOf(file, value);
                break;
            case Tag.SoName:
                HasSoName = true;
                break;
            case Tag.Flags1:
                IsPie = (value & PieFlag) != 0;
                break;
        }
    }

    private static ulong? OffsetOf(ElfFile file, ulong address) => file.TryGetFileOffset(address, out ulong offset) ? offset : null;

    /// <summary><c>DT_…</c>, those that are used here.</summary>
    private enum Tag : ulong
    {
        Hash = 4,
        StringTable = 5,
        SymbolTable = 6,
        StringTableSize = 10,
        SoName = 14,
        GnuHash = 0x6fff_fef5,
        SymbolVersions = 0x6fff_fff0,
        Flags1 = 0x6fff_fffb,
    }
}
