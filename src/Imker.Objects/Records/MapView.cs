namespace Imker.Objects;

/// <summary>A map that people know by name, and how its entries print.</summary>
/// <param name="Name">As the source calls it, such as <c>@start</c>.</param>
/// <param name="Map">The name of the <see cref="MapSpec"/>.</param>
/// <param name="Key">Null for a map of one value without key.</param>
/// <param name="Value">What the values are; aggregates are combined over the CPUs when the map is per CPU.</param>
public sealed record MapView(string Name, string Map, DataType? Key, DataType Value)
{
    /// <summary>
    /// The second generation of a map that is both printed and cleared. Programs write to the one that the variable
    /// <see cref="GenerationVariable"/> names (0: <see cref="Map"/>, 1: this one), so that a reader can take the other whole.
    /// Null where one generation is enough.
    /// </summary>
    public string? AlternateMap { get; init; }

    /// <summary>The name of a <see cref="GlobalVariable"/>.</summary>
    public string? GenerationVariable { get; init; }

    /// <summary>
    /// Where in the value of a map without key a 64-bit flag tells that it was ever set, in bytes; -1 where there is none.
    /// </summary>
    public int PresenceOffset { get; init; } = -1;

    /// <summary>Printed when the run ends (unless it is empty).</summary>
    public bool PrintAtExit { get; init; } = true;
}
