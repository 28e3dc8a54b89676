using Imker.Bytecode;
using Imker.Elf;

namespace Imker.Objects;

/// <summary>A section of code that is being written: its functions one behind the other.</summary>
internal sealed class CodeSection(string name)
{
    private readonly List<(FunctionSpec Spec, string Symbol, int Slot)> functions = [];

    public string Name { get; } = name;

    /// <summary>The section's number, once its bytes are added to the file.</summary>
    public int Number { get; private set; }

    public IReadOnlyList<(FunctionSpec Spec, string Symbol, int Slot)> Functions => functions;

    public int SlotCount { get; private set; }

    public void Add(FunctionSpec function, string symbol)
    {
        functions.Add((function, symbol, SlotCount));
        SlotCount += function.Instructions.Sum(instruction => instruction.SlotCount);
    }

    /// <param name="link">What an instruction is in the file; its constant holds the addend.</param>
    public void AddTo(ElfWriter elf, Func<Instruction, Instruction> link)
    {
        byte[] bytes = new byte[SlotCount * InstructionEncoder.SlotSize];
        int at = 0;
        foreach (Instruction instruction in functions.SelectMany(function => function.Spec.Instructions))
            at += InstructionEncoder.Encode(link(instruction), bytes.AsSpan(at));
        Number = elf.AddSection(Name, ElfSectionType.ProgBits, ElfSectionFlags.Allocate | ElfSectionFlags.Execute, bytes, alignment: 8);
    }

    /// <param name="symbolOf">The symbol that an instruction's reference is relocated against.</param>
    public void AddRelocationsTo(ElfWriter elf, Func<Reference, ElfSymbolHandle> symbolOf)
    {
        ulong at = 0;
        foreach (Instruction instruction in functions.SelectMany(function => function.Spec.Instructions))
        {
            if (instruction.Reference is { } reference)
                elf.AddRelocation(Number, at, instruction.IsWideLoad ? Relocation.WideLoad : Relocation.Call, symbolOf(reference));
            at += (ulong)(instruction.SlotCount * InstructionEncoder.SlotSize);
        }
    }
}
