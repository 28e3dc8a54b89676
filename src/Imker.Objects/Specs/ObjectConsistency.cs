using System.Collections.Immutable;
using Imker.Btf;
using Imker.Bytecode;

namespace Imker.Objects;

/// <summary>
/// Whether the parts of an object fit together: every name that one part calls another by is there, once. What a compiler makes
/// is so; what was read from a file is checked.
/// </summary>
internal sealed class ObjectConsistency
{
    private readonly BpfObject of;
    private readonly HashSet<string> programs, functions, views, variables;
    private readonly Dictionary<string, MapSpec> maps = new(StringComparer.Ordinal);
    private readonly ImmutableHashSet<string> sections;
    private readonly List<string> problems = [];
    private readonly Lazy<BtfFile?> types;

    private ObjectConsistency(BpfObject of)
    {
        this.of = of;
        programs = Distinct(of.Programs.Select(program => program.Name), "program");
        functions = Distinct(of.Functions.Select(function => function.Name), "function");
        Distinct(of.Maps.Select(map => map.Name), "map");
        foreach (MapSpec map in of.Maps)
            maps[map.Name] = map;
        views = Distinct(of.Views.Select(view => view.Name), "view");
        variables = Distinct(of.Variables.Select(variable => variable.Name), "variable");
        sections = DataSections.Of(of);
        types = new(() => of.Btf.IsEmpty || !BtfFile.TryRead(of.Name, of.Btf, null, out BtfFile? read, out _) ? null : read);
    }

    /// <summary>What does not fit, a sentence each; empty mostly.</summary>
    public static IReadOnlyList<string> FindProblems(BpfObject of)
    {
        var check = new ObjectConsistency(of);
        foreach (FunctionSpec function in DataSections.AllCode(of))
            check.CheckCode(function);
        check.CheckMaps();
        check.CheckVariables();
        check.CheckRecords();
        check.CheckViews();
        foreach (AttachSpec attachment in of.Attachments)
            check.Need(check.programs, attachment.Program, $"the attachment '{attachment.DisplayName}' names the program");
        return check.problems;
    }

    private HashSet<string> Distinct(IEnumerable<string> names, string what)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string name in names)
        {
            if (!seen.Add(name))
                problems.Add($"two {what}s are called '{name}'");
        }
        return seen;
    }

    private void CheckCode(FunctionSpec function)
    {
        if (function.Instructions.IsEmpty)
            problems.Add($"the function '{function.Name}' has no instructions");
        foreach (Instruction instruction in function.Instructions)
        {
            if (ProblemOf(instruction) is { } problem)
                problems.Add($"the function '{function.Name}': {Disassembler.Format(instruction)}: {problem}");
        }
        foreach (CoreRelocationSpec relocation in function.CoreRelocations)
        {
            if ((uint)relocation.Instruction >= function.Instructions.Length || types.Value is not { } known || relocation.TypeId >= known.Count)
                problems.Add($"the function '{function.Name}' has a CO-RE relocation of an instruction or a type that is not there");
        }
    }

    private string? ProblemOf(Instruction instruction)
    {
        if (!InstructionForms.TryGet(instruction, out _))
            return "this is no instruction";
        return instruction.Reference switch
        {
            null => instruction is { IsWideLoad: true, SrcField: not 0 } or { IsCall: true, CallKind: not CallKind.Helper, Opcode: 0x85 }
                ? "it holds a number of one run of one machine instead of a name" : null,
            Label => "its jump is not laid out",
            MapReference map when !maps.ContainsKey(map.Name) => $"there is no map '{map.Name}'",
            MapReference map when maps[map.Name].StructOps is not null => $"'{map.Name}' is for the kernel to call, not for programs to use",
            MapReference { ValueAddress: true } map => ProblemOf(map),
            MapReference map => sections.Contains(map.Name) ? $"'{map.Name}' is a section of global data, not a map to call helpers with" : null,
            FunctionReference to => functions.Contains(to.Name) ? null : $"there is no function '{to.Name}'",
            _ => null,
        };
    }

    private string? ProblemOf(MapReference value)
    {
        if (!sections.Contains(value.Name))
            return $"'{value.Name}' is no array of one value, whose address could be taken";
        int size = maps[value.Name].ValueSize;
        return value.Offset >= 0 && value.Offset <= size ? null : $"'{value.Name}' has {size} bytes only";
    }

    private void CheckMaps()
    {
        foreach (MapSpec map in of.Maps)
        {
            if (sections.Contains(map.Name) && map.Contents.Length > map.ValueSize)
                problems.Add($"the section '{map.Name}' of {map.ValueSize} bytes begins with {map.Contents.Length}");
            if (map.KeySize < 0 || map.ValueSize < 0)
                problems.Add($"the map '{map.Name}' has keys of {map.KeySize} bytes and values of {map.ValueSize}");
            CheckInnerMaps(map);
            CheckStructOps(map);
        }
        if (of.LossMap is { } losses)
            NeedMap(losses, "losses are counted in the map");
        else if (!of.Losses.IsEmpty)
            problems.Add("losses are counted, but in no map");
    }

    private void CheckInnerMaps(MapSpec outer)
    {
        if (!outer.InnerMaps.IsEmpty && (outer.InnerMap is null || outer.KeySize != sizeof(int) || outer.Type is not (MapType.ArrayOfMaps or MapType.HashOfMaps)))
            problems.Add($"the map '{outer.Name}' holds maps, but is no map of maps with numbers for keys");
        if (outer.InnerMap is { InnerMaps.IsEmpty: false })
            problems.Add($"the map '{outer.Name}' holds maps that hold maps");
        foreach (string name in outer.InnerPrograms.Where(name => name.Length > 0))
            Need(programs, name, $"the map '{outer.Name}' holds the program");
        if (!outer.InnerPrograms.IsEmpty && (outer.Type != MapType.ProgArray || outer.KeySize != sizeof(int)))
            problems.Add($"the map '{outer.Name}' holds programs, but is no array of programs");
        foreach (string name in outer.InnerMaps.Where(name => name.Length > 0))
        {
            if (!maps.TryGetValue(name, out MapSpec? inner))
                problems.Add($"the map '{outer.Name}' holds the map '{name}', which is not there");
            else if (sections.Contains(name) || !inner.InnerMaps.IsEmpty || inner.StructOps is not null)
                problems.Add($"the map '{outer.Name}' holds '{name}', which is a section of global data or holds maps itself");
        }
    }

    private void CheckStructOps(MapSpec map)
    {
        if (map.Type == MapType.StructOps != map.StructOps is not null)
            problems.Add($"the map '{map.Name}' is of type {map.Type}, which does not fit what it calls");
        foreach (StructOpsFunction function in map.StructOps?.Functions ?? [])
        {
            Need(programs, function.Program, $"the map '{map.Name}' calls the program");
            if (function.Offset < 0 || (long)function.Offset + sizeof(ulong) > map.Contents.Length)
                problems.Add($"the map '{map.Name}' calls '{function.Program}' from a member outside of its {map.Contents.Length} bytes");
        }
    }

    private void CheckVariables()
    {
        foreach (KernelVariable variable in of.KernelVariables)
        {
            NeedMap(FileNames.ConfigurationSection, $"the variable '{variable.Name}' lies in the map");
            if (maps.TryGetValue(FileNames.ConfigurationSection, out MapSpec? map)
                && (variable.Offset < 0 || variable.Size < 0 || (long)variable.Offset + variable.Size > map.ValueSize))
                problems.Add($"the variable '{variable.Name}' lies outside of '{FileNames.ConfigurationSection}'");
        }
        foreach (GlobalVariable variable in of.Variables)
        {
            NeedMap(variable.Map, $"the variable '{variable.Name}' lies in the map");
            if (maps.TryGetValue(variable.Map, out MapSpec? map)
                && (variable.Offset < 0 || variable.Size < 0 || (long)variable.Offset + variable.Size > map.ValueSize))
                problems.Add($"the variable '{variable.Name}' lies outside of '{variable.Map}'");
        }
    }

    private void CheckRecords()
    {
        for (int i = 0; i < of.Records.Length; i++)
        {
            RecordSchema record = of.Records[i];
            if (record.Id != i)
                problems.Add($"record {i} has the id {record.Id}");
            foreach (RecordField field in record.Fields)
            {
                int size = field.IsVariable ? sizeof(uint) : field.Type.Size;
                if (field.Offset < 0 || (long)field.Offset + size > record.FixedSize)
                    problems.Add($"a field of record {i} lies outside of its {record.FixedSize} bytes");
                CheckType(field.Type, $"record {i}");
            }
            if (record.FixedSize + record.Fields.Where(f => f.IsVariable).Sum(f => (long)f.Type.Size) > int.MaxValue)
                problems.Add($"record {i} may be longer than 2 GiB");
            string? view = record.Action switch
            {
                PrintMapAction print => print.View,
                ClearMapAction clear => clear.View,
                ZeroMapAction zero => zero.View,
                _ => null,
            };
            if (view is not null)
                Need(views, view, $"record {i} prints or clears");
        }
    }

    private void CheckViews()
    {
        foreach (MapView view in of.Views)
        {
            string what = $"the view '{view.Name}' shows";
            NeedMap(view.Map, what);
            if (view.AlternateMap is { } alternate)
                NeedMap(alternate, what);
            if (view.GenerationVariable is { } generation)
                Need(variables, generation, $"the view '{view.Name}' goes by");
            if (view.Key is { } key)
                CheckType(key, what);
            CheckType(view.Value, what);
        }
    }

    private void CheckType(DataType type, string what)
    {
        switch (type)
        {
            case StackData stack:
                NeedMap(stack.StackMap, $"{what}: stacks lie in");
                break;
            case ArrayData array:
                CheckType(array.Element, what);
                break;
            case TupleData tuple:
                CheckFields(tuple.Fields, tuple.Size, what);
                break;
            case StructData structure:
                CheckFields(structure.Fields, structure.Size, what);
                break;
        }
    }

    private void CheckFields(ImmutableArray<DataField> fields, int size, string what)
    {
        foreach (DataField field in fields)
        {
            if (field.Offset < 0 || (long)field.Offset + field.Type.Size > size)
                problems.Add($"{what}: a field lies outside of its {size} bytes");
            CheckType(field.Type, what);
        }
    }

    private void NeedMap(string name, string what)
    {
        if (!maps.ContainsKey(name))
            problems.Add($"{what} '{name}', which is not there");
    }

    private void Need(HashSet<string> names, string name, string what)
    {
        if (!names.Contains(name))
            problems.Add($"{what} '{name}', which is not there");
    }
}
