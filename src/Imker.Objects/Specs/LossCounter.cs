namespace Imker.Objects;

/// <summary>Why something that a program should have recorded was not.</summary>
public enum LossCause
{
    /// <summary>The ring buffer had no room for the record.</summary>
    RingFull,

    /// <summary>The map had no room for another key (<c>E2BIG</c>).</summary>
    MapFull,

    /// <summary>An update of a map failed for another reason.</summary>
    InsertFailed,

    /// <summary>A helper answered with an error.</summary>
    HelperFailed,

    /// <summary>All scratch buffers of the CPU were in use by nested or preempted programs.</summary>
    ScratchTaken,

    /// <summary>A loop was ended by the kernel's budget (<c>may_goto</c>) before the script ended it.</summary>
    LoopBudget,

    /// <summary>The kernel did not run the program because it was running already (<c>recursion_misses</c>); counted by the kernel.</summary>
    NotRun,
}

/// <summary>One 64-bit cell of the loss map.</summary>
/// <param name="Program">The program that counts in it.</param>
/// <param name="Probe">What a person calls it.</param>
/// <param name="Cause">What the cell counts.</param>
/// <param name="Detail">The map or helper that failed; empty when the cause says all.</param>
public sealed record LossCounter(string Program, string Probe, LossCause Cause, string Detail);
