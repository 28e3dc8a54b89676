using Imker.Bytecode;
using Imker.Compiler.Ir;
using Imker.Diagnostics;

namespace Imker.Compiler.Lir;

/// <summary>Which registers of an instruction are read, written or both.</summary>
internal enum LirForm : byte
{
    /// <summary>Definition = constant or symbol.</summary>
    Define,

    /// <summary>Definition = address of <see cref="LirInstruction.Slot"/>, plus a constant.</summary>
    FrameAddress,

    /// <summary>Definition = move, extension or load of the first operand.</summary>
    Convert,

    /// <summary>Definition = first operand changed in place.</summary>
    Modify,

    /// <summary>Definition = first operand changed in place by the second.</summary>
    Combine,

    /// <summary>A constant, or the second operand, to memory at the first; also atomics without result.</summary>
    Store,

    /// <summary>Definition = what memory at the second operand held before the first came in.</summary>
    Fetch,

    /// <summary>A conditional jump on the first operand and a constant, or on both.</summary>
    Test,

    /// <summary>Definition = result of a call with <see cref="LirInstruction.Arguments"/>.</summary>
    Call,
}

/// <summary>
/// A machine instruction with virtual registers. Three registers where the machine has two: an operand that is changed in place
/// and its result are different values, and share a register when the allocator can arrange it.
/// </summary>
internal sealed class LirInstruction(LirForm form, Instruction template)
{
    public LirForm Form { get; } = form;

    /// <summary>The instruction; its register fields are filled in when registers are known.</summary>
    public Instruction Template { get; } = template;

    public int Definition { get; init; } = LirRegister.None;

    public int First { get; set; } = LirRegister.None;

    public int Second { get; set; } = LirRegister.None;

    /// <summary>The frame slot that the template's offset counts from, where the address is R10.</summary>
    public FrameSlot? Slot { get; init; }

    public LirSource[] Arguments { get; init; } = [];

    /// <summary>What a load reads from; <see cref="Provenance.None"/> for everything else.</summary>
    public Provenance Accesses { get; init; }

    public SourceSpan Span { get; init; }

    /// <summary>The first operand's register becomes the definition's.</summary>
    public bool IsTied => Form is LirForm.Modify or LirForm.Combine or LirForm.Fetch;

    /// <summary>The second operand is still read when the definition is written.</summary>
    public bool ReadsSecondLate => Form is LirForm.Combine or LirForm.Fetch;

    /// <summary>Can be done again anywhere: a value that need not be kept in memory.</summary>
    public bool IsRepeatable => Form is LirForm.Define or LirForm.FrameAddress;
}
