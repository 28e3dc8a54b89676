namespace Imker.Compiler;

/// <summary>Ids of the compiler's findings.</summary>
public static class CompilerDiagnosticId
{
    /// <summary>The code needs an instruction that the target kernel does not have.</summary>
    public const string MissingFeature = "IMK3001";

    /// <summary>A function, or a chain of calls, needs more stack than the kernel gives.</summary>
    public const string StackTooLarge = "IMK3002";

    /// <summary>A function is longer than the kernel takes.</summary>
    public const string TooLong = "IMK3003";
}
