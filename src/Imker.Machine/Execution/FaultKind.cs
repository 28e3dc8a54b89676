namespace Imker.Machine;

/// <summary>Why a run was ended.</summary>
public enum FaultKind
{
    /// <summary>It was not.</summary>
    None,

    /// <summary>An access to memory that the program may not touch.</summary>
    BadAccess,

    /// <summary>An atomic access at an address that is no multiple of its size.</summary>
    Misaligned,

    /// <summary>The budget of instructions is used up.</summary>
    OutOfBudget,

    /// <summary>More than eight frames.</summary>
    TooDeep,

    /// <summary>A call through a register that holds neither a function of the program nor a helper's number.</summary>
    BadCall,

    /// <summary>A helper was given something that is not what it takes, such as a number for a map.</summary>
    BadArgument,

    /// <summary>A helper of the host threw an exception.</summary>
    HelperFailed,
}
