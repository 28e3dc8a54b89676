using Imker.Btf;
using Imker.Bytecode;
using Imker.Diagnostics;

namespace Imker.Objects;

/// <summary>Reads the section <c>.maps</c>: BTF in which each map is a variable whose members tell what it is (bpf_helpers.h).</summary>
internal sealed class MapDefinitions
{
    private readonly ObjectFile file;
    private readonly BtfFile btf;
    private readonly DiagnosticBag diagnostics;
    private readonly MapInitialValues? values;

    private MapDefinitions(ObjectFile file, BtfFile btf, DiagnosticBag diagnostics)
    {
        this.file = file;
        this.btf = btf;
        this.diagnostics = diagnostics;
        values = MapInitialValues.Of(file);
    }

    public static IEnumerable<MapSpec> Read(ObjectFile file, DiagnosticBag diagnostics)
    {
        if (file.FindSection(FileNames.MapsSection) is not { Size: > 0 })
            return [];
        if (file.Btf is not { } btf || !btf.TryFind(BtfKind.DataSection, FileNames.MapsSection, out BtfType section))
            throw file.Malformed($"section '{FileNames.MapsSection}' has no BTF that describes it (clang writes it with -g)");
        var definitions = new MapDefinitions(file, btf, diagnostics);
        return [.. section.SectionEntries.Select(entry => entry.Variable)
            .Where(variable => variable.Kind == BtfKind.Variable && variable.Linkage != BtfLinkage.Extern).Select(definitions.Read)];
    }

    /// <summary>A map that the file declares, and another one defines.</summary>
    public static MapSpec ReadDeclaration(ObjectFile file, BtfType variable, DiagnosticBag diagnostics) =>
        new MapDefinitions(file, variable.Owner, diagnostics).Read(variable.Name, variable.Target.SkipModifiers(), isInner: false);

    private MapSpec Read(BtfType variable)
    {
        file.Budget.Take(variable.NameBytes.Length);
        BtfType definition = variable.Target.SkipModifiers();
        MapSpec map = Read(variable.Name, definition, isInner: false);
        return values is null ? map : values.Fill(map, variable.Name, definition);
    }

    private MapSpec Read(string name, BtfType definition, bool isInner)
    {
        if (definition.Kind != BtfKind.Struct)
            throw file.Malformed($"the map '{name}' is of kind {definition.Kind}, not a struct");
        var map = new MapSpec { Name = name, Type = MapType.Unspecified };
        file.Budget.Take(definition.Count);
        foreach (BtfMember member in definition.Members)
            map = With(map, member, isInner);
        return map;
    }

    private MapSpec With(MapSpec map, BtfMember member, bool isInner)
    {
        switch (member.Name)
        {
            case "type":
                return map with { Type = (MapType)NumberOf(map, member) };
            case "max_entries":
                return map with { MaxEntries = NumberOf(map, member) };
            case "map_flags":
                return map with { Flags = (MapFlags)NumberOf(map, member) };
            case "key_size":
                return map with { KeySize = SizeOf(map, member, map.KeySize, NumberOf(map, member)) };
            case "value_size":
                return map with { ValueSize = SizeOf(map, member, map.ValueSize, NumberOf(map, member)) };
            case "key":
                BtfType key = PointedTo(map, member);
                return map with { BtfKeyTypeId = key.Id, KeySize = SizeOf(map, member, map.KeySize, SizeOf(map, key)) };
            case "value":
                BtfType value = PointedTo(map, member);
                return map with { BtfValueTypeId = value.Id, ValueSize = SizeOf(map, member, map.ValueSize, SizeOf(map, value)) };
            case "values" when !isInner && map.Type is MapType.ArrayOfMaps or MapType.HashOfMaps:
                return map with { ValueSize = sizeof(int), InnerMap = ReadInner(map, member) };
            case "values" when !isInner && map.Type is MapType.ProgArray:
                return map with { ValueSize = sizeof(int) };
            case "numa_node":
                return map with { NumaNode = NumberOf(map, member), Flags = map.Flags | MapFlags.NumaNode };
            case "map_extra":
                return map with { Extra = LongNumberOf(map, member) };
            case "pinning" when !isInner && NumberOf(map, member) is 0 or 1:
                return map with { Pinning = (MapPinning)NumberOf(map, member) };
            default:
                diagnostics.Error(ObjectDiagnosticId.Unsupported, default,
                    $"cannot read {file.Name}: the map '{map.Name}' has a member '{member.Name}', which this reader does not take");
                return map;
        }
    }

    private MapSpec ReadInner(MapSpec outer, BtfMember member)
    {
        BtfType type = member.Type.SkipModifiers();
        type = type.Kind == BtfKind.Array ? type.Target.SkipModifiers() : type;
        return type.Kind == BtfKind.Pointer
            ? Read(outer.Name + ".inner", type.Target.SkipModifiers(), isInner: true)
            : throw Malformed(outer, member, "is no array of pointers to a map's definition");
    }

    // __ulong(name, number) is an enum of one value, which may be wider than the count of an array.
    private ulong LongNumberOf(MapSpec map, BtfMember member) => member.Type.SkipModifiers() switch
    {
        { Kind: BtfKind.Pointer } => NumberOf(map, member),
        { Kind: BtfKind.Enum or BtfKind.Enum64, Count: 1 } type => (ulong)type.Enumerators[0].Value,
        _ => throw Malformed(map, member, "is neither a pointer to an array nor an enum of one value"),
    };

    // __uint(name, number) points to an array of so many elements.
    private uint NumberOf(MapSpec map, BtfMember member) => PointedTo(map, member).SkipModifiers() is { Kind: BtfKind.Array } array
        ? array.ElementCount
        : throw Malformed(map, member, "is no pointer to an array, whose length would be the number");

    private BtfType PointedTo(MapSpec map, BtfMember member) =>
        member.Type.SkipModifiers() is { Kind: BtfKind.Pointer } pointer ? pointer.Target : throw Malformed(map, member, "is no pointer");

    private uint SizeOf(MapSpec map, BtfType type) => btf.TryGetSize(type, out ulong size) && size <= int.MaxValue
        ? (uint)size
        : throw file.Malformed($"the map '{map.Name}' has keys or values of a type without size");

    private int SizeOf(MapSpec map, BtfMember member, int before, uint size)
    {
        if (size > int.MaxValue || before != 0 && before != size)
            throw Malformed(map, member, $"says {size} bytes, another member {before}");
        return (int)size;
    }

    private DiagnosticException Malformed(MapSpec map, BtfMember member, string problem) =>
        file.Malformed($"the map '{map.Name}': its member '{member.Name}' {problem}");
}
