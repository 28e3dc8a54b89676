using System.Collections.Immutable;
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
    private readonly List<string> doubles = [];

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
    }

    /// <summary>What does not fit, a sentence each, found as it is asked for.</summary>
    public static IEnumerable<string> FindProblems(BpfObject of)
    {
        var check = new ObjectConsistency(of);
        return check.doubles
            .Concat(DataSections.AllCode(of).SelectMany(check.CheckCode))
            .Concat(of.Maps.SelectMany(check.CheckMap))
            .Concat(check.CheckLosses())
            .Concat(of.Variables.SelectMany(check.CheckVariable))
            .Concat(of.Records.SelectMany(check.CheckRecord))
            .Concat(of.Views.SelectMany(check.CheckView))
            .Concat(of.Attachments.SelectMany(attachment =>
                Need(check.programs.Contains(attachment.Program), attachment.Program, $"the attachment '{attachment.DisplayName}' names the program")));
    }

    private HashSet<string> Distinct(IEnumerable<string> names, string what)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string name in names)
        {
            if (!seen.Add(name))
                doubles.Add($"two {what}s are called '{name}'");
        }
        return seen;
    }

    private IEnumerable<string> CheckCode(FunctionSpec function)
    {
        if (function.Instructions.IsEmpty)
            yield return $"the function '{function.Name}' has no instructions";
        foreach (Instruction instruction in function.Instructions)
        {
            if (ProblemOf(instruction) is { } problem)
                yield return $"the function '{function.Name}': {Disassembler.Format(instruction)}: {problem}";
        }
    }

    private string? ProblemOf(Instruction instruction)
    {
        if (!InstructionForms.TryGet(instruction, out _))
            return "this is no instruction";
        return instruction.Reference switch
        {
            null => instruction is { IsWideLoad: true, SrcField: not 0 } or { IsCall: true, CallKind: CallKind.Function or CallKind.Kfunc }
                ? "it holds a number of one run of one machine instead of a name" : null,
            Label => "its jump is not laid out",
            MapReference map when !maps.ContainsKey(map.Name) => $"there is no map '{map.Name}'",
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

    private IEnumerable<string> CheckMap(MapSpec map)
    {
        if (sections.Contains(map.Name) && map.Contents.Length > map.ValueSize)
            yield return $"the section '{map.Name}' of {map.ValueSize} bytes begins with {map.Contents.Length}";
        if (map.KeySize < 0 || map.ValueSize < 0)
            yield return $"the map '{map.Name}' has keys of {map.KeySize} bytes and values of {map.ValueSize}";
    }

    private IEnumerable<string> CheckLosses() => of.LossMap is { } losses
        ? NeedMap(losses, "losses are counted in the map")
        : of.Losses.IsEmpty ? [] : ["losses are counted, but in no map"];

    private IEnumerable<string> CheckVariable(GlobalVariable variable)
    {
        if (!maps.TryGetValue(variable.Map, out MapSpec? map))
            yield return $"the variable '{variable.Name}' lies in the map '{variable.Map}', which is not there";
        else if (variable.Offset < 0 || variable.Size < 0 || (long)variable.Offset + variable.Size > map.ValueSize)
            yield return $"the variable '{variable.Name}' lies outside of '{variable.Map}'";
    }

    private IEnumerable<string> CheckRecord(RecordSchema record, int index)
    {
        if (record.Id != index)
            yield return $"record {index} has the id {record.Id}";
        foreach (RecordField field in record.Fields)
        {
            int size = field.IsVariable ? sizeof(uint) : field.Type.Size;
            if (field.Offset < 0 || (long)field.Offset + size > record.FixedSize)
                yield return $"a field of record {index} lies outside of its {record.FixedSize} bytes";
        }
        if (record.FixedSize + record.Fields.Where(f => f.IsVariable).Sum(f => (long)f.Type.Size) > int.MaxValue)
            yield return $"record {index} may be longer than 2 GiB";
        string? view = record.Action switch
        {
            PrintMapAction print => print.View,
            ClearMapAction clear => clear.View,
            ZeroMapAction zero => zero.View,
            _ => null,
        };
        if (view is not null && !views.Contains(view))
            yield return $"record {index} prints or clears '{view}', which is not there";
        foreach (string problem in record.Fields.SelectMany(field => CheckType(field.Type, $"record {index}")))
            yield return problem;
    }

    private IEnumerable<string> CheckView(MapView view)
    {
        string what = $"the view '{view.Name}' shows";
        return NeedMap(view.Map, what)
            .Concat(view.AlternateMap is { } alternate ? NeedMap(alternate, what) : [])
            .Concat(view.GenerationVariable is { } variable ? Need(variables.Contains(variable), variable, $"the view '{view.Name}' goes by") : [])
            .Concat(view.Key is { } key ? CheckType(key, what) : [])
            .Concat(CheckType(view.Value, what));
    }

    private IEnumerable<string> CheckType(DataType type, string what) => type switch
    {
        StackData stack => NeedMap(stack.StackMap, $"{what}: stacks lie in"),
        ArrayData array => CheckType(array.Element, what),
        TupleData tuple => CheckFields(tuple.Fields, tuple.Size, what),
        StructData structure => CheckFields(structure.Fields, structure.Size, what),
        _ => [],
    };

    private IEnumerable<string> CheckFields(ImmutableArray<DataField> fields, int size, string what)
    {
        foreach (DataField field in fields)
        {
            if (field.Offset < 0 || (long)field.Offset + field.Type.Size > size)
                yield return $"{what}: a field lies outside of its {size} bytes";
            foreach (string problem in CheckType(field.Type, what))
                yield return problem;
        }
    }

    private IEnumerable<string> NeedMap(string name, string what) => Need(maps.ContainsKey(name), name, what);

    private static IEnumerable<string> Need(bool isThere, string name, string what) => isThere ? [] : [$"{what} '{name}', which is not there"];
}
