namespace Imker.Machine;

/// <summary>The ids of the findings in programs that are to run in the machine.</summary>
public static class MachineDiagnosticId
{
    /// <summary>A program without instructions, or with more than the machine takes.</summary>
    public const string BadLength = "IMK8001";

    /// <summary>A jump leads outside of its function or into a wide load.</summary>
    public const string BadJump = "IMK8002";

    /// <summary>A function ends with neither an exit nor a jump.</summary>
    public const string FallsOffTheEnd = "IMK8003";

    /// <summary>A local call or the address of a function leads to no instruction.</summary>
    public const string BadCall = "IMK8004";

    /// <summary>The machine does not have this helper.</summary>
    public const string NoHelper = "IMK8005";

    /// <summary>R10 is written.</summary>
    public const string FramePointerWritten = "IMK8006";

    /// <summary>Something that only a kernel has: its functions, its variables, its address spaces.</summary>
    public const string NeedsKernel = "IMK8007";

    /// <summary>A map that the machine cannot make, or that is not there.</summary>
    public const string BadMap = "IMK8008";

    /// <summary>No instruction.</summary>
    public const string NoInstruction = "IMK8009";
}
