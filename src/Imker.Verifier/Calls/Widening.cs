using Imker.Verifier.State;

namespace Imker.Verifier.Calls;

/// <summary>Makes loops converge: numbers that differ from round to round and that no check relied on may be any (kernel: <c>widen_imprecise_scalars</c>).</summary>
internal static class Widening
{
    public static void Widen(ProgramState old, ProgramState current)
    {
        for (int i = Math.Min(old.Current, current.Current); i >= 0; i--)
        {
            FrameState before = old.Frames[i], after = current.Frames[i];
            for (int r = 0; r < 10; r++)
                Widen(before.Registers[r], ref after.Registers[r]);
            int slots = Math.Min(before.Depth, after.Depth) / FrameState.SlotSize;
            for (int s = 0; s < slots; s++)
            {
                if (before.IsSpill(s) && after.IsSpill(s))
                    Widen(before.Spills[s], ref after.Spills[s]);
            }
        }
    }

    private static void Widen(in RegisterState old, ref RegisterState current)
    {
        if (!old.IsScalar || !current.IsScalar || old.IsPrecise || current.IsPrecise || old.Number.Equals(current.Number) && old.Id == current.Id && old.Flags == current.Flags)
            return;
        current = RegisterState.UnknownScalar;
    }
}
