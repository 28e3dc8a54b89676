using System.Collections.Immutable;
using Imker.Bytecode;
using Imker.Objects;

namespace Imker.Linux;

/// <summary>A program with all functions that it reaches behind its entry, laid out as the kernel is given it.</summary>
internal sealed class LinkedProgram
{
    private readonly ImmutableArray<PlacedFunction> functions;

    internal LinkedProgram(ProgramSpec spec, ImmutableArray<PlacedFunction> functions)
    {
        Spec = spec;
        this.functions = functions;
    }

    internal ProgramSpec Spec { get; }

    /// <summary>Ascending by slot, the entry first.</summary>
    internal ImmutableArray<PlacedFunction> Functions => functions;

    internal int SlotCount => functions[^1].End;

    /// <summary>The slots as bytes, each reference replaced by its number.</summary>
    internal byte[] Encode(ReferenceNumbers numbers)
    {
        byte[] bytes = new byte[SlotCount * InstructionEncoder.SlotSize];
        foreach (PlacedFunction function in functions)
        {
            int slot = function.Start;
            foreach (Instruction instruction in function.Spec.Instructions)
            {
                Instruction resolved = Resolve(instruction, slot, numbers);
                slot += InstructionEncoder.Encode(resolved, bytes.AsSpan(slot * InstructionEncoder.SlotSize), !BitConverter.IsLittleEndian)
                    / InstructionEncoder.SlotSize;
            }
        }
        return bytes;
    }

    /// <summary>What stands at a slot; null outside of the program.</summary>
    internal VerifierLocation? LocationOf(int slot)
    {
        foreach (PlacedFunction function in functions)
        {
            if (slot >= function.Start && slot < function.End)
            {
                int instruction = function.IndexOf(slot);
                return new VerifierLocation(function.Spec.Name, instruction, function.Spec.LineAt(instruction));
            }
        }
        return null;
    }

    private Instruction Resolve(Instruction instruction, int slot, ReferenceNumbers numbers) => instruction.Reference switch
    {
        null => instruction,
        FunctionReference function when instruction.IsCall => Instruction.CallFunction(DistanceTo(function, slot)),
        FunctionReference function => instruction.WithConstant((uint)DistanceTo(function, slot)),
        MapReference map => map.ValueAddress
            ? Instruction.LoadMapValue(instruction.Dst, numbers.MapDescriptor(map), checked((int)map.Offset))
            : Instruction.LoadMapFd(instruction.Dst, numbers.MapDescriptor(map)),
        KfuncReference kfunc => numbers.KfuncCall(kfunc),
        KernelSymbolReference symbol => numbers.SymbolLoad(symbol, instruction),
        _ => throw new ArgumentException($"the instruction {slot} of '{Spec.Name}' refers to {instruction.Reference}, which must be laid out before"),
    };

    // Both a call and a callback's address count from the slot behind their first one (kernel: add_subprog_and_kfunc).
    private int DistanceTo(FunctionReference target, int slot)
    {
        foreach (PlacedFunction function in functions)
        {
            if (function.Spec.Name == target.Name)
                return function.Start - slot - 1;
        }
        throw new ArgumentException($"the program '{Spec.Name}' calls '{target.Name}', which the object does not have");
    }
}
