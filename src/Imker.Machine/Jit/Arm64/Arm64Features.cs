namespace Imker.Machine.Jit.Arm64;

/// <summary>What differs among processors of the architecture.</summary>
internal sealed record Arm64Features
{
    /// <summary>What this process runs on. The framework tells of no such feature, but all of Apple's processors have it.</summary>
    public static Arm64Features OfThisMachine { get; } = new() { HasAtomics = OperatingSystem.IsMacOS() };

    /// <summary>Whether memory is changed in one instruction (FEAT_LSE); else in exclusive sequences, which every processor has.</summary>
    public bool HasAtomics { get; init; }
}
