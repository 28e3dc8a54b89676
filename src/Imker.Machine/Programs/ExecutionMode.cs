namespace Imker.Machine;

/// <summary>How programs run.</summary>
public enum ExecutionMode
{
    /// <summary>Generated code where there is a generator for this processor, with checks unless the program was verified; else interpreted.</summary>
    Automatic,

    /// <summary>Step by step, with every access checked.</summary>
    Interpreted,

    /// <summary>Generated code with checks.</summary>
    Checked,

    /// <summary>
    /// Generated code without checks but the budget: only for programs that were verified, with contexts as their verifier takes them to be.
    /// Any other may touch whatever memory this process has.
    /// </summary>
    Verified,
}
