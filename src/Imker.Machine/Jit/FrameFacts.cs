using System.Runtime.CompilerServices;
using Imker.Bytecode;

namespace Imker.Machine.Jit;

/// <summary>Which registers are known to be R10 plus a constant, along a stretch of code that is only entered at its beginning.</summary>
internal struct FrameFacts
{
    private int known;
    private Distances distances;

    /// <summary>Nothing is known but R10 itself.</summary>
    public void Reset()
    {
        known = 1 << (int)Register.R10;
        distances[(int)Register.R10] = 0;
    }

    /// <summary>Whether an access lies in the function's own frame.</summary>
    public readonly bool IsInFrame(MemoryAccess access)
    {
        if (!IsKnown(access.Base))
            return false;
        long start = (long)distances[(int)access.Base] + access.Offset;
        return start >= -ExecutionState.FrameSize && start + access.Size <= 0 && !(access.IsAtomic && start % access.Size != 0);
    }

    /// <summary>What is known after the instruction.</summary>
    public void Apply(in Instruction instruction)
    {
        int dst = (int)instruction.Dst;
        if (instruction.Class == InstructionClass.Alu64)
        {
            switch (instruction.Opcode & 0xf0)
            {
                case MoveCode when instruction.UsesSourceRegister && instruction.Offset == 0 && IsKnown(instruction.Src):
                    known |= 1 << dst;
                    distances[dst] = distances[(int)instruction.Src];
                    return;
                case (int)AluOperation.Add when !instruction.UsesSourceRegister && IsKnown(instruction.Dst) && TryAdd(dst, instruction.Constant):
                    return;
            }
        }
        known &= ~RegisterEffects.Written(instruction);
    }

    private const int MoveCode = 0xb0;

    private readonly bool IsKnown(Register register) => (known >> (int)register & 1) != 0;

    private bool TryAdd(int register, long constant)
    {
        // Far from the frame nothing is gained, and sums could overflow.
        const int Limit = 1 << 20;
        long sum = distances[register] + constant;
        if (sum is < -Limit or > Limit)
            return false;
        distances[register] = (int)sum;
        return true;
    }

    [InlineArray(11)]
    private struct Distances
    {
        private int first;
    }
}
