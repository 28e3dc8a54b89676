using System.Collections.Immutable;
using Imker.Btf;
using Imker.Bytecode;
using Imker.Elf;

namespace Imker.Objects;

/// <summary>
/// What maps in <c>.maps</c> hold from the beginning: the addresses that are relocated into their member <c>values</c>, of maps in a
/// map of maps, of programs in an array of programs.
/// </summary>
internal sealed class MapInitialValues
{
    private const int MaxValues = 1 << 16;

    private readonly ObjectFile file;
    private readonly ElfSection section;
    private readonly List<ElfRelocation> relocations;

    private MapInitialValues(ObjectFile file, ElfSection section, List<ElfRelocation> relocations)
    {
        this.file = file;
        this.section = section;
        this.relocations = relocations;
    }

    /// <summary>Null where there are none.</summary>
    public static MapInitialValues? Of(ObjectFile file)
    {
        if (file.FindSection(FileNames.MapsSection) is not { } section)
            return null;
        List<ElfRelocation> relocations = [.. file.ReadRelocations(section.Index).Values.OrderBy(relocation => relocation.Offset)];
        return relocations.Count == 0 ? null : new MapInitialValues(file, section, relocations);
    }

    /// <summary>The map with what it holds.</summary>
    public MapSpec Fill(MapSpec map, string symbolName, BtfType definition)
    {
        ObjectSymbol symbol = file.Symbols.FirstOrDefault(symbol => symbol.Section == section.Index && symbol.Name == symbolName && symbol.Type == ElfSymbolType.Object)
            ?? throw file.Malformed($"the map '{symbolName}' has no symbol in section '{section.Name}'");
        ElfRelocation[] own = [.. relocations.Where(relocation => relocation.Offset >= symbol.Value && relocation.Offset - symbol.Value < symbol.Size)];
        if (own.Length == 0)
            return map;
        BtfMember[] members = [.. definition.Members.Where(member => member.Name == "values")];
        if (members.Length == 0)
            throw Malformed(map, own[0], "its definition has no member 'values'");
        ulong start = symbol.Value + members[0].BitOffset / 8;
        var held = ImmutableArray.CreateBuilder<string>();
        foreach (ElfRelocation relocation in own)
        {
            ulong slot = (relocation.Offset - start) / sizeof(ulong);
            if (relocation.Offset < start || (relocation.Offset - start) % sizeof(ulong) != 0 || slot >= MaxValues || relocation.Type != Relocation.Address)
                throw Malformed(map, relocation, "it is for none of its values");
            while (held.Count < (int)slot)
                held.Add("");
            held.Add(NameOf(map, relocation));
        }
        return map.Type == MapType.ProgArray ? map with { InnerPrograms = held.DrainToImmutable() } : map with { InnerMaps = held.DrainToImmutable() };
    }

    private string NameOf(MapSpec map, ElfRelocation relocation)
    {
        if (relocation.SymbolIndex >= (uint)file.Symbols.Length)
            throw Malformed(map, relocation, $"there is no symbol {relocation.SymbolIndex}");
        ObjectSymbol symbol = file.Symbols[(int)relocation.SymbolIndex];
        bool isRight = map.Type switch
        {
            MapType.ArrayOfMaps or MapType.HashOfMaps => symbol.Section == section.Index,
            MapType.ProgArray => symbol.Type == ElfSymbolType.Function && symbol.Section != ElfSymbol.UndefinedSection,
            _ => false,
        };
        return isRight ? symbol.Name : throw Malformed(map, relocation, $"'{symbol.Name}' is nothing that it could hold");
    }

    private Diagnostics.DiagnosticException Malformed(MapSpec map, ElfRelocation relocation, string problem) =>
        file.Malformed($"section '{section.Name}', offset 0x{relocation.Offset:x}: what the map '{map.Name}' holds from the beginning: {problem}");
}
