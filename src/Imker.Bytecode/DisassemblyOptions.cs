namespace Imker.Bytecode;

/// <summary>What a listing shows beside the instructions.</summary>
public sealed record DisassemblyOptions
{
    /// <summary>As bpftool: slots and opcodes, jumps by distance.</summary>
    public static DisassemblyOptions Default { get; } = new();

    /// <summary>What a person reads and the assembler takes again after an edit: labels, no slots, no opcodes.</summary>
    public static DisassemblyOptions Listing { get; } = new() { Slots = false, Opcodes = false, Labels = true };

    /// <summary>The slot before each instruction. Default: true.</summary>
    public bool Slots { get; init; } = true;

    /// <summary>The opcode in parentheses before each instruction. Default: true.</summary>
    public bool Opcodes { get; init; } = true;

    /// <summary>A label before what a jump goes to, and its name in the jump. Default: false.</summary>
    public bool Labels { get; init; }
}
