namespace Imker.Machine.Jit;

/// <summary>How an instruction's access to memory is checked.</summary>
internal enum AccessKind : byte
{
    /// <summary>It accesses none.</summary>
    None,

    /// <summary>It lies in the function's own frame whatever the run does.</summary>
    InFrame,

    /// <summary>A check stands before it, which may be for others behind it too.</summary>
    Checked,

    /// <summary>A check before it was for it too.</summary>
    Covered,
}
