using System.Collections.Immutable;
using Imker.Bytecode;

namespace Imker.Machine.Jit;

/// <summary>
/// Finds the lookups whose map is known before the program runs, and is of a kind that generated code can look into itself: arrays, and
/// hashes with keys of 4 to 64 bytes.
/// </summary>
internal sealed class MapLookups
{
    private const int MaxKeySize = 64;

    private readonly ImmutableArray<MachineMap> maps;
    private readonly MachineMap?[] found;
    private readonly ulong[] constants = new ulong[(int)Register.R10 + 1];
    private int known;

    /// <param name="shape">The program's; its leaders are known.</param>
    /// <param name="maps">Those that its handles may stand for.</param>
    public MapLookups(ProgramShape shape, ImmutableArray<MachineMap> maps)
    {
        this.maps = maps;
        ReadOnlySpan<Instruction> instructions = shape.Instructions;
        found = new MachineMap?[instructions.Length];
        for (int i = 0; i < instructions.Length; i++)
        {
            if (shape.IsLeader(i))
                known = 0;
            Visit(i, instructions[i]);
        }
    }

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The map that a call looks into; null for every other instruction.</summary>
    public MachineMap? this[int index] => found[index];

    private void Visit(int index, in Instruction instruction)
    {
        int dst = (int)instruction.Dst, src = instruction.SrcField;
        if (instruction.IsWideLoad)
        {
            known |= 1 << dst;
            constants[dst] = (ulong)instruction.Constant;
            return;
        }
        if (IsMove(instruction) && (known >> src & 1) != 0)
        {
            known |= 1 << dst;
            constants[dst] = constants[src];
            return;
        }
        bool isLookup = instruction is { IsCall: true, IsCallThroughRegister: false, CallKind: CallKind.Helper, Constant: (int)HelperId.MapLookupElem };
        if (isLookup && (known >> (int)Register.R1 & 1) != 0 && Find(constants[(int)Register.R1]) is { } map)
        {
            found[index] = map;
            Count++;
        }
        known &= ~RegisterEffects.Written(instruction);
    }

    private static bool IsMove(in Instruction instruction) =>
        instruction.Class == InstructionClass.Alu64 && (instruction.Opcode & 0xf8) == 0xb8 && instruction.Offset == 0;

    private MachineMap? Find(ulong handle)
    {
        foreach (MachineMap map in maps)
        {
            if (MapHandle.Of(map) == handle)
                return IsDirect(map.Storage) ? map : null;
        }
        return null;
    }

    private static bool IsDirect(MapStorage storage) => storage switch
    {
        ArrayStorage => storage.ValuesPerElement == 1,
        HashStorage hash => hash.Layout is not null && storage.KeySize is >= sizeof(uint) and <= MaxKeySize && storage.KeySize % sizeof(uint) == 0,
        _ => false,
    };
}
