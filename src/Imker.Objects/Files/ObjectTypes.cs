using System.Collections.Immutable;
using Imker.Btf;
using Imker.Bytecode;

namespace Imker.Objects;

/// <summary>
/// The BTF of a file: the object's own, which keeps its ids, and behind it what describes the file to libbpf: the maps of
/// <c>.maps</c>, the variables of each section of data, kernel symbols, and the strings of <c>.BTF.ext</c>.
/// </summary>
internal sealed class ObjectTypes
{
    private readonly BpfObject of;
    private readonly FileNames names;
    private readonly BtfFile? own;
    private readonly BtfBuilder builder;
    private bool isUsed;

    private ObjectTypes(BpfObject of, FileNames names, BtfFile? own)
    {
        this.of = of;
        this.names = names;
        this.own = own;
        builder = own is null ? new BtfBuilder() : BtfBuilder.From(own);
        isUsed = own is not null;
    }

    /// <summary>Types of the object's own BTF.</summary>
    public int OwnCount => own?.OwnCount ?? 0;

    /// <summary>Bytes of strings of the object's own BTF.</summary>
    public int OwnStringsSize => own?.StringsSize ?? 0;

    /// <summary>Of each section of tables of functions, its size and where each map's table begins.</summary>
    public Dictionary<string, (uint Size, Dictionary<string, uint> Offsets)> StructOpsLayout { get; } = [];

    /// <summary>Bytes of each map's definition in <c>.maps</c>, by the map's name.</summary>
    public Dictionary<string, uint> MapSizes { get; } = [];

    /// <summary>Where in <c>.maps</c> the addresses begin of the maps or programs that a map holds, by the map's name.</summary>
    public Dictionary<string, uint> ValuesOffsets { get; } = [];

    /// <exception cref="ArgumentException">The object's own BTF is none that this room writes.</exception>
    public static ObjectTypes Of(BpfObject of, FileNames names)
    {
        BtfFile? own = null;
        if (!of.Btf.IsEmpty)
        {
            if (!BtfFile.TryRead(of.Name, of.Btf, null, out own, out ImmutableArray<Diagnostics.Diagnostic> diagnostics))
                throw new ArgumentException($"cannot write the object '{of.Name}': {diagnostics[0].Message}", nameof(of));
            if (!BtfBuilder.From(own).ToArray().AsSpan().SequenceEqual(of.Btf.Span))
                throw new ArgumentException($"cannot write the object '{of.Name}': its BTF is not laid out as {nameof(BtfBuilder)} does", nameof(of));
        }
        var types = new ObjectTypes(of, names, own);
        types.AddMaps();
        types.AddDataSections();
        types.AddStructOps();
        types.AddKernelSymbols();
        types.AddConfiguration();
        return types;
    }

    /// <summary>Whether an id is a function's in the object's own BTF.</summary>
    public bool IsFunction(uint id) => own is not null && id < own.Count && own[id].Kind == BtfKind.Function;

    /// <summary>Interns a string for <c>.BTF.ext</c>.</summary>
    public uint AddString(string text)
    {
        // A string of BTF ends with its first zero.
        int end = text.IndexOf('\0');
        isUsed = true;
        return builder.AddString(end < 0 ? text : text[..end]);
    }

    /// <summary>The whole BTF; empty when there is nothing to tell.</summary>
    public byte[] ToArray()
    {
        if (!isUsed && builder.Count == 1)
            return [];
        // The kernel refuses BTF without types.
        if (builder.Count == 1)
            builder.AddInt("int", 4, BtfIntEncoding.Signed);
        return builder.ToArray();
    }

    private void AddMaps()
    {
        var entries = new List<BtfSectionEntrySpec>();
        uint offset = 0;
        foreach (MapSpec map in of.Maps.Where(map => names.Maps.ContainsKey(map.Name)))
        {
            uint definition = AddMapDefinition(map, out uint size);
            uint variable = builder.AddVariable(names.Maps[map.Name], definition);
            if (!map.InnerMaps.IsEmpty || !map.InnerPrograms.IsEmpty)
                ValuesOffsets.Add(map.Name, offset + size);
            size += sizeof(ulong) * (uint)(map.InnerMaps.Length + map.InnerPrograms.Length);
            MapSizes.Add(map.Name, size);
            entries.Add(new BtfSectionEntrySpec(variable, offset, size));
            offset += size;
        }
        if (entries.Count > 0)
            builder.AddDataSection(FileNames.MapsSection, offset, [.. entries]);
    }

    // Each number is the count of an array that a member points to: so does bpf_helpers.h (__uint) say it.
    private uint AddMapDefinition(MapSpec map, out uint size)
    {
        var members = new List<BtfMemberSpec>();
        void AddPointer(string name, uint target) => members.Add(new BtfMemberSpec(name, builder.AddPointer(target), 64 * (uint)members.Count));
        void AddNumber(string name, uint value)
        {
            if (value != 0)
                AddPointer(name, builder.AddArray(builder.AddInt("int", 4, BtfIntEncoding.Signed), value));
        }
        AddNumber("type", (uint)map.Type);
        AddNumber("map_flags", (uint)map.Flags);
        AddNumber("max_entries", map.MaxEntries);
        AddNumber("numa_node", map.NumaNode);
        AddNumber("pinning", (uint)map.Pinning);
        AddSide("key", map.BtfKeyTypeId, map.KeySize);
        AddSide("value", map.BtfValueTypeId, map.ValueSize);
        if (map.Extra > 0 && map.Extra <= uint.MaxValue)
            AddNumber("map_extra", (uint)map.Extra);
        else if (map.Extra != 0)
            members.Add(new BtfMemberSpec("map_extra", builder.AddEnum("", 8, isSigned: false, new BtfEnumeratorSpec("map_extra", (long)map.Extra)), 64 * (uint)members.Count));
        size = 8 * (uint)members.Count;
        if (!map.InnerPrograms.IsEmpty)
        {
            uint function = builder.AddPointer(builder.AddFunctionPrototype(builder.AddInt("int", 4, BtfIntEncoding.Signed)));
            members.Add(new BtfMemberSpec("values", builder.AddArray(function, 0), 8 * size));
        }
        if (map.InnerMap is { } inner)
        {
            uint definition = AddMapDefinition(inner, out _);
            members.Add(new BtfMemberSpec("values", builder.AddArray(builder.AddPointer(definition), 0), 8 * size));
        }
        return builder.AddStruct("", size, [.. members]);

        void AddSide(string side, uint type, int bytes)
        {
            AddNumber(side + "_size", (uint)bytes);
            if (type != 0 && own is not null && type < own.Count && own.TryGetSize(own[type], out ulong typeSize) && typeSize == (ulong)bytes)
                AddPointer(side, type);
        }
    }

    private void AddDataSections()
    {
        foreach (MapSpec map in of.Maps)
        {
            if (!names.DataSectionMaps.TryGetValue(map.Name, out string? section) || IsDescribed(map, section))
                continue;
            BtfSectionEntrySpec[] entries = names.WholeSections.TryGetValue(map.Name, out string? whole)
                ? [EntryOf(whole, 0, map.ValueSize)]
                : [.. VariablesOf(map).Select(variable => EntryOf(names.Variables[variable.Name], variable.Offset, variable.Size))];
            builder.AddDataSection(section, (uint)map.ValueSize, entries);
        }
    }

    private bool IsDescribed(MapSpec map, string section) => own is not null && map.BtfValueTypeId != 0 && map.BtfValueTypeId < own.Count
        && own[map.BtfValueTypeId] is { Kind: BtfKind.DataSection } type && type.Name == section;

    private void AddStructOps()
    {
        foreach (IGrouping<string, MapSpec> group in names.Tables.Keys.GroupBy(StructOpsReader.SectionOf))
        {
            var entries = new List<BtfSectionEntrySpec>();
            var offsets = new Dictionary<string, uint>(StringComparer.Ordinal);
            uint end = 0;
            foreach (MapSpec map in group)
            {
                uint type = map.StructOps!.TypeId;
                if (own is null || type >= own.Count)
                    throw new ArgumentException($"cannot write the object '{of.Name}': the struct of '{map.Name}' is not in its BTF");
                offsets.Add(map.Name, end);
                entries.Add(new BtfSectionEntrySpec(builder.AddVariable(names.Tables[map], type), end, (uint)map.Contents.Length));
                end = (end + (uint)map.Contents.Length + 7) / 8 * 8;
            }
            builder.AddDataSection(group.Key, end, [.. entries]);
            StructOpsLayout.Add(group.Key, (end, offsets));
        }
    }

    private void AddConfiguration()
    {
        if (of.KernelVariables.IsEmpty)
            return;
        builder.AddDataSection(FileNames.ConfigurationSection, 0, [.. of.KernelVariables.Select(variable => new BtfSectionEntrySpec(
            FindExtern(BtfKind.Variable, variable.Name) ?? builder.AddVariable(variable.Name, TypeOf(variable), BtfLinkage.Extern), 0, (uint)variable.Size))]);
    }

    private uint TypeOf(KernelVariable variable) => variable.Kind switch
    {
        KernelVariableKind.Boolean => builder.AddInt("_Bool", 1, BtfIntEncoding.Bool),
        KernelVariableKind.Character => builder.AddInt("char", 1, BtfIntEncoding.Char),
        KernelVariableKind.Text => builder.AddArray(builder.AddInt("char", 1, BtfIntEncoding.Char), (uint)variable.Size),
        KernelVariableKind.Tristate => builder.AddEnum("libbpf_tristate", 4, false, new("TRI_NO", 0), new("TRI_YES", 1), new("TRI_MODULE", 2)),
        _ => builder.AddInt($"{(variable.IsSigned ? "s" : "u")}{8 * variable.Size}", (uint)variable.Size, variable.IsSigned ? BtfIntEncoding.Signed : BtfIntEncoding.Unsigned),
    };

    // The kernel wants variables ascending, none inside of another.
    private IEnumerable<GlobalVariable> VariablesOf(MapSpec map)
    {
        int end = 0;
        foreach (GlobalVariable variable in of.Variables.Where(v => v.Map == map.Name && v.Size > 0).OrderBy(v => v.Offset))
        {
            if (variable.Offset < end)
                continue;
            end = variable.Offset + variable.Size;
            yield return variable;
        }
    }

    private BtfSectionEntrySpec EntryOf(string symbol, int offset, int size) =>
        new(builder.AddVariable(symbol, DataOf(size)), (uint)offset, (uint)size);

    private uint DataOf(int size) => size switch
    {
        1 => builder.AddInt("unsigned char", 1),
        2 => builder.AddInt("unsigned short", 2),
        4 => builder.AddInt("unsigned int", 4),
        8 => builder.AddInt("unsigned long", 8),
        _ => builder.AddArray(builder.AddInt("unsigned char", 1), (uint)size),
    };

    // Of a kernel symbol nothing but its name is known here: where the object's own BTF has no better, it is declared as void.
    private void AddKernelSymbols()
    {
        var entries = new List<BtfSectionEntrySpec>();
        foreach ((Reference reference, string symbol) in names.KernelSymbols)
        {
            bool isFunction = reference is KfuncReference || FindExtern(BtfKind.Variable, symbol) is null && FindExtern(BtfKind.Function, symbol) is not null;
            uint id = isFunction
                ? FindExtern(BtfKind.Function, symbol) ?? builder.AddFunction(symbol, builder.AddFunctionPrototype(0), BtfLinkage.Extern)
                : FindExtern(BtfKind.Variable, symbol) ?? builder.AddVariable(symbol, builder.AddConst(0), BtfLinkage.Extern);
            entries.Add(new BtfSectionEntrySpec(id, 0, 0));
        }
        if (entries.Count > 0)
            builder.AddDataSection(FileNames.KernelSymbolsSection, 0, [.. entries]);
    }

    private uint? FindExtern(BtfKind kind, string name)
    {
        BtfType? found = own?.FindAll(kind, name).Cast<BtfType?>().FirstOrDefault(type => type!.Value.Linkage == BtfLinkage.Extern);
        return found?.Id;
    }
}
