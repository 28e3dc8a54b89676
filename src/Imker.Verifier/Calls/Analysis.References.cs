using Imker.Verifier.State;

namespace Imker.Verifier.Transfer;

internal sealed partial class Analysis
{
    private int Acquire(string what)
    {
        int id = NewId();
        state.References.Add(new AcquiredReference(id, slot, what));
        return id;
    }

    /// <summary>Gives a reference back: whatever hangs on it is a number now.</summary>
    private void Release(int id)
    {
        int index = state.References.FindIndex(reference => reference.Id == id);
        if (index < 0)
            Fail(VerifierDiagnosticId.Reference, $"reference {id} has not been acquired before, or was given back already");
        state.References.RemoveAt(index);
        ForgetReference(id);
    }

    private void ForgetReference(int id)
    {
        for (int i = 0; i <= state.Current; i++)
        {
            FrameState frame = state.Frames[i];
            for (int r = 0; r < 10; r++)
                ForgetReference(ref frame.Registers[r], id);
            for (int s = 0; s < frame.Depth / FrameState.SlotSize; s++)
            {
                if (frame.IsWholeSpill(s))
                    ForgetReference(ref frame.Spills[s], id);
            }
        }
    }

    private void ForgetReference(ref RegisterState register, int id)
    {
        if (register.IsPointer && register.ReferenceId == id)
            register = target.IsPrivileged ? RegisterState.UnknownScalar : RegisterState.Unset;
    }
}
