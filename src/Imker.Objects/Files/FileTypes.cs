using Imker.Btf;

namespace Imker.Objects;

/// <summary>
/// The types of a file that become the object's own: all but the data sections at their end, of which those of global data come back
/// with the offsets that their symbols tell (clang leaves them to the linker). Where types stand behind data sections, as clang 19 adds
/// what relocations need only, the sections keep their ids: those of global data, or as pointers to nothing.
/// </summary>
internal sealed class FileTypes
{
    private readonly ObjectFile file;
    private readonly BtfFile btf;
    private readonly BtfBuilder builder;
    private readonly int ownCount;
    private readonly Dictionary<(string Section, string Name), Queue<ObjectSymbol>> symbols;

    private FileTypes(ObjectFile file, BtfFile btf)
    {
        this.file = file;
        this.btf = btf;
        ownCount = btf.OwnCount;
        while (ownCount > 0 && btf[(uint)ownCount].Kind == BtfKind.DataSection)
            ownCount--;
        builder = BtfBuilder.From(btf, ownCount, btf.StringsSize);
        symbols = file.Symbols.GroupBy(symbol => (file.FindSection(symbol.Section)?.Name ?? "", symbol.Name))
            .ToDictionary(group => group.Key, group => new Queue<ObjectSymbol>(group.OrderBy(symbol => symbol.Value)));
    }

    /// <summary>The object's own BTF.</summary>
    /// <param name="dataSections">Names and sizes of the sections of global data.</param>
    /// <param name="ids">The types of those that are described, by name.</param>
    public static byte[] Take(ObjectFile file, BtfFile btf, IEnumerable<(string Name, uint Size)> dataSections, out Dictionary<string, uint> ids)
    {
        var types = new FileTypes(file, btf);
        ids = new Dictionary<string, uint>(StringComparer.Ordinal);
        foreach ((string name, uint size) in dataSections)
        {
            if (btf.TryFind(BtfKind.DataSection, name, out BtfType section))
                ids.Add(name, types.Take(section, size));
        }
        types.DropOthers(ids.Values);
        byte[] own = types.builder.ToArray();
        // What is left may refer to what was dropped.
        BtfFile.Read(file.Name, own);
        return own;
    }

    private uint Take(BtfType section, uint size)
    {
        BtfSectionEntrySpec[] entries = EntriesOf(section, size);
        if (section.Id > ownCount)
            return builder.AddDataSection(section.Name, size, entries);
        builder.ReplaceDataSection(section.Id, size, entries);
        return section.Id;
    }

    // The kernel refuses what describes sections of the file only, because clang gives them no size.
    private void DropOthers(IEnumerable<uint> taken)
    {
        foreach (BtfType type in btf.OwnTypes.Take(ownCount).Where(type => type.Kind == BtfKind.DataSection).ExceptBy(taken, type => type.Id))
            builder.DropDataSection(type.Id);
    }

    private BtfSectionEntrySpec[] EntriesOf(BtfType section, uint size)
    {
        var entries = new List<BtfSectionEntrySpec>();
        uint end = 0;
        foreach (BtfSectionEntrySpec entry in section.SectionEntries.Select(entry => Place(section, entry)).OrderBy(entry => entry.Offset))
        {
            // The kernel wants variables ascending, none inside of another, all inside of the section.
            if (entry.Size == 0 || entry.Offset < end || entry.Offset > size || entry.Size > size - entry.Offset)
                continue;
            end = entry.Offset + entry.Size;
            entries.Add(entry);
        }
        return [.. entries];
    }

    private BtfSectionEntrySpec Place(BtfType section, BtfSectionEntry entry)
    {
        BtfType variable = entry.Variable;
        if (variable.Kind != BtfKind.Variable || variable.Id > ownCount)
            throw file.Malformed($"section '.BTF': '{section.Name}' has an entry that is no variable");
        // Static variables of files that were linked may be called the same: they come in the order of their places.
        ObjectSymbol? symbol = symbols.TryGetValue((section.Name, variable.Name), out Queue<ObjectSymbol>? queue) && queue.Count > 0 ? queue.Dequeue() : null;
        return new BtfSectionEntrySpec(variable.Id, symbol is { Value: <= uint.MaxValue } ? (uint)symbol.Value : entry.Offset, entry.Size);
    }
}
