namespace Imker.Machine;

/// <summary>What a local call keeps of its caller.</summary>
internal unsafe struct SavedFrame
{
    /// <summary>The step behind the call.</summary>
    public Step* Return;

    /// <summary>The steps of the caller's program, which a tail call in the callee may leave for another.</summary>
    public Step* Steps;

    public fixed ulong Saved[4];

    public int MayGotoLeft;
}
