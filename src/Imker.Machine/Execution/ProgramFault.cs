using System.Collections.Immutable;
using Imker.Bytecode;

namespace Imker.Machine;

/// <summary>Why a run was ended: what, where, and what every register held.</summary>
public sealed record ProgramFault
{
    public required FaultKind Kind { get; init; }

    /// <summary>The program, after tail calls the one that they led to.</summary>
    public required string Program { get; init; }

    /// <summary>The function of the program.</summary>
    public required string Function { get; init; }

    /// <summary>The instruction's first slot, counted from the start of the program.</summary>
    public required int Slot { get; init; }

    public required Instruction Instruction { get; init; }

    /// <summary>The first byte of the access, or the number that was refused.</summary>
    public ulong Address { get; init; }

    /// <summary>Bytes of the access; 0 where it was none.</summary>
    public int Size { get; init; }

    public bool IsWrite { get; init; }

    /// <summary>Where the address lies, in words, as seen from the memory that the program may touch.</summary>
    public string Place { get; init; } = "";

    /// <summary>R0 to R10.</summary>
    public required ImmutableArray<ulong> Registers { get; init; }

    /// <summary>What a helper of the host threw; null where none did.</summary>
    public Exception? Exception { get; init; }

    /// <summary>One sentence, such as <c>slot 3 of 'filter' (r0 = *(u8 *)(r1 +14)): a read of 1 byte at 0x…, right behind the context of 14 bytes</c>.</summary>
    public override string ToString() => $"slot {Slot} of '{Function}' ({Disassembler.Format(Instruction)}): {Describe()}";

    private string Describe() => Kind switch
    {
        FaultKind.BadAccess => $"a {(IsWrite ? "write" : "read")} of {Size} {(Size == 1 ? "byte" : "bytes")} at 0x{Address:x}, {Place}",
        FaultKind.Misaligned => $"an atomic access at 0x{Address:x}, which is no multiple of {Size}",
        FaultKind.OutOfBudget => "the budget of instructions is used up",
        FaultKind.TooDeep => $"the call would be deeper than {ExecutionState.MaxDepth} frames",
        FaultKind.BadCall => $"0x{Address:x} is neither a function of the program nor a helper",
        FaultKind.BadArgument => $"the helper cannot take 0x{Address:x}",
        FaultKind.HelperFailed => $"the helper failed: {Exception?.Message}",
        _ => "no fault",
    };
}
