namespace Imker.Machine.Jit;

/// <summary>Code that stands once in a program and is called from many places of it.</summary>
internal enum Routine
{
    /// <summary>Clears the frame below R10.</summary>
    ClearFrame,

    /// <summary>The region's place in the table for an address and size in two scratch registers; negative when there is none.</summary>
    SearchRegion,

    /// <summary>As <see cref="SearchRegion"/>, but asks the machine too and ends the run when there is none.</summary>
    FindRegion,

    /// <summary>Ends the run after a fault: keeps R0 to R10 for the report.</summary>
    Fault,

    /// <summary>Ends the run after a fault in a helper, whose arguments were kept before.</summary>
    HelperFault,

    /// <summary>Ends the run after a fault that was reported where it happened.</summary>
    Unwind,
}
