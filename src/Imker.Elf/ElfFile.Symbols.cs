using System.Buffers;

namespace Imker.Elf;

public sealed partial class ElfFile
{
    private ElfSymbolList? symbols;
    private ElfSymbolList? dynamicSymbols;
    private ElfSymbolTable? symbolTable;
    private ElfHashTable? hashTable;

    /// <summary>The whole symbol table (<c>.symtab</c>); empty in a stripped file.</summary>
    public ElfSymbolList Symbols => symbols ??= ReadSymbolSection(ElfSectionType.SymbolTable) ?? ElfSymbolList.Empty;

    /// <summary>The symbols that the dynamic loader sees (<c>.dynsym</c>), found without section headers too.</summary>
    public ElfSymbolList DynamicSymbols =>
        dynamicSymbols ??= ReadDynamicSymbols() ?? ReadSymbolSection(ElfSectionType.DynamicSymbolTable) ?? ElfSymbolList.Empty;

    /// <summary>The functions by address.</summary>
    public ElfSymbolTable SymbolTable => symbolTable ??= new ElfSymbolTable(Functions);

    /// <summary>
    /// The functions of both symbol tables, each name at an address once. Indirect ones are among them, old versions and functions
    /// without a size too.
    /// </summary>
    public IEnumerable<ElfSymbol> Functions
    {
        get
        {
            var seen = new HashSet<FunctionKey>();
            foreach (ElfSymbol symbol in Symbols.Concat(DynamicSymbols))
            {
                if (symbol.IsFunction && symbol.NameBytes.Length > 0 && seen.Add(new FunctionKey(symbol)))
                    yield return symbol;
            }
        }
    }

    /// <summary>
    /// The function of that name, in the version that new programs are linked against. Asks the hash table of the dynamic symbols
    /// first: some kilobytes are read, whatever the file's size. Only a name that is not exported costs a walk through <c>.symtab</c>.
    /// </summary>
    public bool TryFindFunction(string name, out ElfSymbol symbol) => TryFind(name, functionsOnly: true, out symbol);

    /// <summary>As <see cref="TryFindFunction"/>, for any defined symbol.</summary>
    public bool TryFindSymbol(string name, out ElfSymbol symbol) => TryFind(name, functionsOnly: false, out symbol);

    /// <summary>The functions whose whole name matches a pattern of <c>*</c> (any characters) and <c>?</c> (one byte).</summary>
    public IEnumerable<ElfSymbol> FindFunctions(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(pattern);
        return Functions.Where(f => Wildcard.IsMatch(bytes, f.NameBytes));
    }

    private bool TryFind(string name, bool functionsOnly, out ElfSymbol symbol)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(name);
        if (HashTable is { } table && Dynamic is { Symbols: { } symbolsOffset, Strings: { } stringsOffset })
        {
            var search = new DynamicSearch(this, bytes, functionsOnly, symbolsOffset, stringsOffset);
            if (search.Run(table, out symbol))
                return true;
        }
        else if (TryScan(DynamicSymbols, bytes, functionsOnly, out symbol))
        {
            return true;
        }
        return TryScan(Symbols, bytes, functionsOnly, out symbol);
    }

    private static bool TryScan(ElfSymbolList list, ReadOnlySpan<byte> name, bool functionsOnly, out ElfSymbol found)
    {
        found = default;
        for (int i = 1; i < list.Count; i++)
        {
            ElfSymbol symbol = list[i];
            if (!IsWanted(symbol, functionsOnly) || !symbol.NameBytes.SequenceEqual(name))
                continue;
            if (found.IsDefined && symbol.IsOldVersion)
                continue;
            found = symbol;
            if (!symbol.IsOldVersion)
                break;
        }
        return found.IsDefined;
    }

    private static bool IsWanted(ElfSymbol symbol, bool functionsOnly) =>
        functionsOnly ? symbol.IsFunction : symbol.IsDefined && symbol.Type is not (ElfSymbolType.Section or ElfSymbolType.File);

    private ElfHashTable? HashTable
    {
        get
        {
            // Two machines have hash tables of 8-byte entries where all others have 4; their files are scanned instead.
            bool hasWideHash = Machine == ElfMachine.Alpha || Machine == ElfMachine.S390 && Is64Bit;
            return hashTable ??= Dynamic switch
            {
                { GnuHash: { } offset } => new ElfGnuHashTable(source, Encoding, offset),
                { Hash: { } offset } when !hasWideHash => new ElfSysvHashTable(source, Encoding, offset),
                _ => null,
            };
        }
    }

    private ElfSymbolList? ReadDynamicSymbols()
    {
        if (HashTable is not { } table || Dynamic is not { Symbols: { } symbolsOffset, Strings: { } stringsOffset })
            return null;
        ulong count = table.CountSymbols();
        ReadOnlyMemory<byte> entries = source.Slice(symbolsOffset, count * (ulong)ElfSymbol.SizeOf(Encoding), "dynamic symbol table");
        ReadOnlyMemory<byte> names = source.Slice(stringsOffset, Dynamic.StringsSize, "dynamic string table");
        ReadOnlyMemory<byte> versions = Dynamic.Versions is { } offset ? source.Slice(offset, 2 * count, "symbol versions") : default;
        return new ElfSymbolList(Encoding, entries, new ElfStringTable(source, stringsOffset, names), versions, default);
    }

    private ElfSymbolList? ReadSymbolSection(ElfSectionType type)
    {
        if (Sections.FirstOrDefault(s => s.Type == type) is not { } section)
            return null;
        if (section.Link >= Sections.Length)
            throw source.Malformed(section.Offset,
                $"the names of section {section.Index} are said to be in section {section.Link} of {Sections.Length}");
        ElfSection? indexes = Sections.FirstOrDefault(s => s.Type == ElfSectionType.SymbolSectionIndexes && s.Link == section.Index);
        return new ElfSymbolList(Encoding, ReadSection(section), ReadStringTable(Sections[(int)section.Link]), default,
            indexes is null ? default : ReadSection(indexes));
    }

    internal ReadOnlyMemory<byte> SliceDynamic(ElfSegment segment) => source.Slice(segment.Offset, segment.FileSize, "dynamic segment");

    /// <summary>One look-up through the hash table, reading only the entries that it names.</summary>
    private sealed class DynamicSearch(ElfFile file, byte[] name, bool functionsOnly, ulong symbolsOffset, ulong stringsOffset)
    {
        private ElfSymbol found;

        public bool Run(ElfHashTable table, out ElfSymbol symbol)
        {
            table.TryFind(name, Take);
            symbol = found;
            return found.IsDefined;
        }

        // True ends the search: an old version is kept only until a better one comes.
        private bool Take(uint index)
        {
            Span<byte> entry = stackalloc byte[ElfSymbol.SizeOf(file.Encoding)];
            file.source.Read(symbolsOffset + index * (ulong)entry.Length, entry, "dynamic symbol");
            if (!HasName(file.Encoding.U32(entry, 0)))
                return false;
            var symbol = new ElfSymbol(file.Encoding, entry, name, IsOldVersion(index));
            if (!IsWanted(symbol, functionsOnly) || found.IsDefined && symbol.IsOldVersion)
                return false;
            found = symbol;
            return !symbol.IsOldVersion;
        }

        private bool HasName(uint offset)
        {
            int length = name.Length + 1;
            if (offset >= file.Dynamic.StringsSize || (ulong)length > file.Dynamic.StringsSize - offset)
                return false;
            byte[] bytes = ArrayPool<byte>.Shared.Rent(length);
            file.source.Read(stringsOffset + offset, bytes.AsSpan(0, length), "dynamic string");
            bool isEqual = bytes[length - 1] == 0 && bytes.AsSpan(0, length - 1).SequenceEqual(name);
            ArrayPool<byte>.Shared.Return(bytes);
            return isEqual;
        }

        private bool IsOldVersion(uint index)
        {
            if (file.Dynamic.Versions is not { } offset)
                return false;
            Span<byte> version = stackalloc byte[2];
            file.source.Read(offset + 2 * (ulong)index, version, "symbol version");
            return (file.Encoding.U16(version, 0) & ElfSymbolList.OldVersionBit) != 0;
        }
    }

    private readonly record struct FunctionKey
    {
        private readonly ElfSymbol symbol;

        public FunctionKey(ElfSymbol symbol) => this.symbol = symbol;

        public bool Equals(FunctionKey other) =>
            symbol.Value == other.symbol.Value && symbol.NameBytes.SequenceEqual(other.symbol.NameBytes);

        public override int GetHashCode()
        {
            var hash = new HashCode();
            hash.Add(symbol.Value);
            hash.AddBytes(symbol.NameBytes);
            return hash.ToHashCode();
        }
    }
}
