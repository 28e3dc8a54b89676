using System.Runtime.Intrinsics.X86;

namespace Imker.Machine.Jit.X64;

/// <summary>What differs among processors and systems of the architecture.</summary>
internal sealed record X64Features
{
    /// <summary>What this process runs on.</summary>
    public static X64Features OfThisMachine { get; } = new() { HasBmi2 = Bmi2.X64.IsSupported, IsWindows = OperatingSystem.IsWindows() };

    /// <summary>Whether shifts take their count from any register.</summary>
    public bool HasBmi2 { get; init; }

    /// <summary>Whether calls follow Windows' convention: four argument registers, other ones, and room for them on the stack.</summary>
    public bool IsWindows { get; init; }
}
