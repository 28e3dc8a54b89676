using System.Collections.Immutable;
using Imker.Btf;
using Imker.Bytecode;
using Imker.Objects;

namespace Imker.Verifier.Code;

/// <summary>A program with all functions that it reaches behind its entry, by slots, each reference resolved to what it stands for.</summary>
internal sealed class ProgramCode
{
    private readonly Instruction[] instructions;
    private readonly object?[] operands;
    private readonly bool[] isSecondHalf;

    private ProgramCode(ProgramSpec program, BtfFile? types, ImmutableArray<Subprogram> functions, Dictionary<string, MapInfo> maps)
    {
        Program = program;
        Types = types;
        Functions = functions;
        Maps = maps;
        int count = functions[^1].End;
        instructions = new Instruction[count];
        operands = new object?[count];
        isSecondHalf = new bool[count];
        foreach (Subprogram function in functions)
            Place(function, maps);
    }

    public ProgramSpec Program { get; }

    /// <summary>The object's own types; null where it has none.</summary>
    public BtfFile? Types { get; }

    /// <summary>The entry first.</summary>
    public ImmutableArray<Subprogram> Functions { get; }

    /// <summary>The object's maps by name.</summary>
    public IReadOnlyDictionary<string, MapInfo> Maps { get; }

    public int SlotCount => instructions.Length;

    public ref readonly Instruction this[int slot] => ref instructions[slot];

    /// <summary>The map, function or kernel symbol that an instruction refers to.</summary>
    public object? OperandAt(int slot) => operands[slot];

    /// <summary>The second half of a wide load, which is no instruction.</summary>
    public bool IsSecondHalf(int slot) => isSecondHalf[slot];

    /// <exception cref="ArgumentException">The program refers to a function or map that the object does not have.</exception>
    public static ProgramCode Link(BpfObject source, ProgramSpec program, BtfFile? types)
    {
        ImmutableArray<FunctionSpec> reached = FunctionLinker.Reach(source, program);
        var functions = ImmutableArray.CreateBuilder<Subprogram>(reached.Length);
        int start = 0;
        foreach (FunctionSpec spec in reached)
        {
            int end = start + spec.Instructions.Sum(instruction => instruction.SlotCount);
            functions.Add(new Subprogram
            {
                Index = functions.Count,
                Spec = spec,
                Start = start,
                End = end,
                Type = types is not null && spec.BtfTypeId != 0 && spec.BtfTypeId < types.Count && types[spec.BtfTypeId].Kind == BtfKind.Function ? types[spec.BtfTypeId] : null,
                IsGlobal = functions.Count > 0 && (spec.IsGlobal || spec.IsWeak) && types is not null && spec.BtfTypeId != 0,
            });
            start = end;
        }
        var maps = source.Maps.ToDictionary(map => map.Name, map => Describe(map, types), StringComparer.Ordinal);
        return new ProgramCode(program, types, functions.MoveToImmutable(), maps);
    }

    public Subprogram FunctionAt(int slot)
    {
        int low = 0, high = Functions.Length - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (Functions[middle].Start <= slot)
                low = middle;
            else
                high = middle - 1;
        }
        return Functions[low];
    }

    /// <summary>The function that starts at a slot; null where none does.</summary>
    public Subprogram? FunctionThatStartsAt(int slot)
    {
        if (slot < 0 || slot >= SlotCount)
            return null;
        Subprogram function = FunctionAt(slot);
        return function.Start == slot ? function : null;
    }

    /// <summary>The index of an instruction in its function.</summary>
    public int IndexOf(int slot)
    {
        Subprogram function = FunctionAt(slot);
        int index = 0;
        for (int at = function.Start; at < slot; at += instructions[at].SlotCount)
            index++;
        return index;
    }

    public SourceLine? LineAt(int slot) => FunctionAt(slot).Spec.LineAt(IndexOf(slot));

    /// <summary>The slot that a jump goes to.</summary>
    public int JumpTarget(int slot) => slot + 1 + instructions[slot].JumpDistance;

    private void Place(Subprogram function, Dictionary<string, MapInfo> maps)
    {
        int slot = function.Start;
        foreach (Instruction instruction in function.Spec.Instructions)
        {
            instructions[slot] = instruction;
            operands[slot] = instruction.Reference switch
            {
                MapReference map => maps.TryGetValue(map.Name, out MapInfo? info) ? info : throw new ArgumentException($"the object has no map '{map.Name}'"),
                FunctionReference called => Functions.First(f => f.Name == called.Name),
                Reference other => other,
                null => instruction is { IsCall: true, CallKind: CallKind.Function } ? FunctionThatStartsAt(slot + 1 + (int)instruction.Constant) : null,
            };
            if (instruction.IsWideLoad && slot + 1 < isSecondHalf.Length)
                isSecondHalf[slot + 1] = true;
            slot += instruction.SlotCount;
        }
    }

    private static MapInfo Describe(MapSpec map, BtfFile? types)
    {
        SpecialFields fields = types is not null && map.BtfValueTypeId != 0 && map.BtfValueTypeId < types.Count
            ? SpecialFields.Find(types[map.BtfValueTypeId])
            : SpecialFields.None;
        return new MapInfo { Spec = map, Fields = fields, Inner = map.InnerMap is { } inner ? Describe(inner, types) : null };
    }
}
