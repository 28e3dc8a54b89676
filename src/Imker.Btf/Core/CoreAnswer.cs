namespace Imker.Btf;

/// <summary>What the target's types say to a relocation.</summary>
/// <param name="LocalValue">The number that the program was compiled with.</param>
/// <param name="TargetValue">The number that belongs there.</param>
public readonly record struct CoreAnswer(ulong LocalValue, ulong TargetValue)
{
    /// <summary>The instruction must hold <see cref="LocalValue"/>; else it was made for something else.</summary>
    public bool IsLocalCertain { get; init; }

    /// <summary>The target does not have what is asked for: the instruction must not be reached.</summary>
    public bool IsMissing { get; init; }

    /// <summary>Bytes that a load or store takes in the program; 0 where nothing is accessed.</summary>
    public ulong LocalSize { get; init; }

    /// <summary>Bytes that a load or store takes in the target.</summary>
    public ulong TargetSize { get; init; }

    /// <summary>
    /// Sizes differ, and are not those of pointers or unsigned integers: a load or store of another width would read something else.
    /// </summary>
    public bool IsSizeUnsafe { get; init; }
}
