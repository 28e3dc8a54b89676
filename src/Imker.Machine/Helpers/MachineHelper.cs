namespace Imker.Machine;

/// <summary>A helper as engines call it. Both entries do the same; they never throw and never leave a lock held.</summary>
internal sealed unsafe class MachineHelper
{
    internal MachineHelper(
        int number,
        delegate*<ulong, ulong, ulong, ulong, ulong, ExecutionState*, ulong> managed,
        delegate* unmanaged[Cdecl]<ulong, ulong, ulong, ulong, ulong, ExecutionState*, ulong> native,
        bool needsNumber = false)
    {
        Number = number;
        Managed = managed;
        Native = native;
        NeedsNumber = needsNumber;
    }

    /// <summary>As it stands in a call.</summary>
    public int Number { get; }

    /// <summary>R1 to R5 and the state; returns R0.</summary>
    public delegate*<ulong, ulong, ulong, ulong, ulong, ExecutionState*, ulong> Managed { get; }

    /// <summary>The same for generated code, whose registers the C convention keeps.</summary>
    public delegate* unmanaged[Cdecl]<ulong, ulong, ulong, ulong, ulong, ExecutionState*, ulong> Native { get; }

    /// <summary>Whether the caller sets <see cref="ExecutionState.HelperNumber"/> before: the entry is shared with other helpers.</summary>
    public bool NeedsNumber { get; }
}
