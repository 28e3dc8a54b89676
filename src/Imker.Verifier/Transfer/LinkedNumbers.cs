using Imker.Bytecode;
using Imker.Verifier.Domain;
using Imker.Verifier.State;

namespace Imker.Verifier.Transfer;

/// <summary>Numbers that are copies of each other, perhaps with a constant added (kernel: <c>sync_linked_regs</c>).</summary>
internal static class LinkedNumbers
{
    /// <summary>The registers of the running frame that are copies, a bit each; all where there are copies elsewhere too.</summary>
    public static ushort Find(ProgramState state, in RegisterState of)
    {
        if (!of.IsScalar || of.Id == 0)
            return 0;
        int found = 0, count = 0;
        for (int i = 0; i <= state.Current; i++)
        {
            FrameState frame = state.Frames[i];
            for (int r = 0; r < 10; r++)
            {
                if (!frame.Registers[r].IsScalar || frame.Registers[r].Id != of.Id)
                    continue;
                count++;
                if (i != state.Current)
                    return Step.AllLinked;
                found |= 1 << r;
            }
            for (int s = 0; s < frame.Depth / FrameState.SlotSize; s++)
            {
                if (frame.IsSpill(s) && frame.Spills[s].IsScalar && frame.Spills[s].Id == of.Id)
                    return Step.AllLinked;
            }
        }
        return count > 1 ? (ushort)found : (ushort)0;
    }

    /// <summary>Gives to all copies what is known of one.</summary>
    public static void Spread(ProgramState state, RegisterState known)
    {
        if (!known.IsScalar || known.Id == 0)
            return;
        for (int i = 0; i <= state.Current; i++)
        {
            FrameState frame = state.Frames[i];
            for (int r = 0; r < 10; r++)
                Follow(ref frame.Registers[r], known);
            for (int s = 0; s < frame.Depth / FrameState.SlotSize; s++)
            {
                if (frame.IsSpill(s))
                    Follow(ref frame.Spills[s], known);
            }
        }
    }

    private static void Follow(ref RegisterState copy, in RegisterState known)
    {
        if (!copy.IsScalar || copy.Id != known.Id)
            return;
        long distance = DeltaOf(copy) - DeltaOf(known);
        copy.Number = distance == 0 ? known.Number : ScalarArithmetic<Width64>.Compute(AluOperation.Add, known.Number, Scalar.Constant((ulong)distance));
    }

    private static long DeltaOf(in RegisterState number) => number.Has(PointerFlags.Delta) ? number.Offset : 0;
}
