using Imker.Compiler.Lir;

namespace Imker.Compiler.Allocation;

/// <summary>
/// Numbers for the places in a function, in the order of its blocks. An instruction has four: where it reads its operands, where a
/// call loses registers, where the result is written, and one to spare. A block has four more at its start, its terminator the last.
/// </summary>
internal sealed class Positions
{
    public const int PerInstruction = 4;

    /// <summary>From an instruction's position to where registers are lost.</summary>
    public const int Clobber = 1;

    /// <summary>From an instruction's position to where its result is written.</summary>
    public const int Write = 2;

    private readonly int[] starts;

    public Positions(LirFunction function)
    {
        starts = new int[function.Blocks.Count + 1];
        for (int i = 0; i < function.Blocks.Count; i++)
            starts[i + 1] = starts[i] + PerInstruction * (function.Blocks[i].Instructions.Count + 2);
    }

    public int StartOf(LirBlock block) => starts[block.Index];

    /// <summary>The start of the next block.</summary>
    public int EndOf(LirBlock block) => starts[block.Index + 1];

    public int Of(LirBlock block, int instruction) => starts[block.Index] + PerInstruction * (instruction + 1);

    public int OfTerminator(LirBlock block) => EndOf(block) - PerInstruction;

    /// <summary>The index of the block that a position is in.</summary>
    public int BlockAt(int position)
    {
        int index = Array.BinarySearch(starts, position);
        return index < 0 ? ~index - 1 : index;
    }

    public int StartOf(int block) => starts[block];

    public bool IsBlockStart(int position) => Array.BinarySearch(starts, position) >= 0;
}
