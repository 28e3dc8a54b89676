using System.Collections.Immutable;
using Imker.Bytecode;

namespace Imker.Objects;

/// <summary>The code of one BPF function, laid out: jumps hold slot offsets; maps, functions and kernel symbols stay symbolic.</summary>
public sealed record FunctionSpec
{
    public required string Name { get; init; }

    public required ImmutableArray<Instruction> Instructions { get; init; }

    /// <summary>Ascending by instruction; an entry holds until the next. Empty when nothing is known.</summary>
    public ImmutableArray<SourceLine> Lines { get; init; } = [];

    /// <summary>Instructions that depend on the layout of the target's types, ascending.</summary>
    public ImmutableArray<CoreRelocationSpec> CoreRelocations { get; init; } = [];

    /// <summary>The id of the function's <c>FUNC</c> type in <see cref="BpfObject.Btf"/>; 0 when it has none.</summary>
    public uint BtfTypeId { get; init; }

    /// <summary>A global function is verified by its signature alone, a static one with every caller.</summary>
    public bool IsGlobal { get; init; }

    /// <summary>Gives way to another function of its name where objects are linked; global too.</summary>
    public bool IsWeak { get; init; }

    /// <summary>The source line of an instruction.</summary>
    public SourceLine? LineAt(int instruction)
    {
        int low = 0, high = Lines.Length - 1;
        SourceLine? found = null;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            if (Lines[middle].Instruction <= instruction)
                (found, low) = (Lines[middle], middle + 1);
            else
                high = middle - 1;
        }
        return found;
    }
}

/// <summary>The place in the source that code from <paramref name="Instruction"/> on was made from.</summary>
/// <param name="Instruction">Index into the function's instructions (a wide load counts once).</param>
/// <param name="File">The source's name.</param>
/// <param name="Line">One-based.</param>
/// <param name="Column">One-based; 0 when unknown.</param>
/// <param name="Text">The line's text, for whoever shows it; may be empty.</param>
public readonly record struct SourceLine(int Instruction, string File, int Line, int Column, string Text);
