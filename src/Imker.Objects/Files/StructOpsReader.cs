using System.Collections.Immutable;
using Imker.Btf;
using Imker.Bytecode;
using Imker.Elf;

namespace Imker.Objects;

/// <summary>Reads the sections <c>.struct_ops</c>: each variable is a table of functions, its pointers relocated to programs.</summary>
internal static class StructOpsReader
{
    public const string Section = ".struct_ops", LinkSection = ".struct_ops.link";

    /// <summary>The section that a table is written into.</summary>
    public static string SectionOf(MapSpec map) =>
        (map.StructOps!.IsOnRequest ? "?" : "") + (map.StructOps.NeedsLink ? LinkSection : Section);

    public static bool IsStructOps(string section) => section.TrimStart('?') is Section or LinkSection;

    public static IEnumerable<MapSpec> Read(ObjectFile file) =>
        file.Sections.Where(section => IsStructOps(section.Name) && section.Size > 0).SelectMany(section => Read(file, section));

    private static IEnumerable<MapSpec> Read(ObjectFile file, ElfSection section)
    {
        if (file.Btf is not { } btf || !btf.TryFind(BtfKind.DataSection, section.Name, out BtfType types))
            throw file.Malformed($"section '{section.Name}' has no BTF that describes it (clang writes it with -g)");
        Dictionary<ulong, ElfRelocation> relocations = file.ReadRelocations(section.Index);
        ILookup<string, ObjectSymbol> symbols = file.Symbols.Where(symbol => symbol.Section == section.Index).ToLookup(symbol => symbol.Name);
        foreach (BtfType variable in types.SectionEntries.Select(entry => entry.Variable).Where(variable => variable.Kind == BtfKind.Variable))
        {
            ObjectSymbol symbol = symbols[variable.Name].FirstOrDefault()
                ?? throw file.Malformed($"section '{section.Name}' has no symbol for its variable '{variable.Name}'");
            yield return Read(file, section, variable, symbol, relocations);
        }
    }

    private static MapSpec Read(
        ObjectFile file, ElfSection section, BtfType variable, ObjectSymbol symbol, Dictionary<ulong, ElfRelocation> relocations)
    {
        BtfType type = variable.Target.SkipModifiers();
        ReadOnlyMemory<byte> bytes = file.ReadSection(section);
        if (type.Kind != BtfKind.Struct || type.NameBytes.IsEmpty)
            throw file.Malformed($"section '{section.Name}': the variable '{symbol.Name}' is no struct that has a name");
        if (symbol.Value > (ulong)bytes.Length || type.Size > (ulong)bytes.Length - symbol.Value)
            throw file.Malformed($"section '{section.Name}': the variable '{symbol.Name}' (0x{symbol.Value:x}, {type.Size} bytes) does not lie in its {bytes.Length} bytes");
        file.Budget.Take(type.Size);
        var functions = relocations.Values.Where(r => r.Offset >= symbol.Value && r.Offset - symbol.Value < type.Size).OrderBy(r => r.Offset)
            .Select(r => new StructOpsFunction((int)(r.Offset - symbol.Value), ProgramOf(file, section, r)));
        return new MapSpec
        {
            Name = symbol.Name,
            Type = MapType.StructOps,
            KeySize = sizeof(int),
            ValueSize = (int)type.Size,
            MaxEntries = 1,
            Contents = bytes.Slice((int)symbol.Value, (int)type.Size),
            StructOps = new StructOpsSpec(type.Id, [.. functions])
            {
                NeedsLink = section.Name.EndsWith(LinkSection, StringComparison.Ordinal),
                IsOnRequest = section.Name[0] == '?',
            },
        };
    }

    private static string ProgramOf(ObjectFile file, ElfSection section, ElfRelocation relocation)
    {
        ObjectSymbol? symbol = relocation.SymbolIndex < (uint)file.Symbols.Length ? file.Symbols[(int)relocation.SymbolIndex] : null;
        return relocation.Type == Relocation.Address && symbol is { Type: ElfSymbolType.Function, Section: not ElfSymbol.UndefinedSection }
            ? symbol.Name
            : throw file.Malformed($"section '{section.Name}', offset 0x{relocation.Offset:x}: what is to be called, '{symbol?.Name}', is no program of the file");
    }
}
