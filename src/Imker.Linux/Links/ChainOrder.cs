namespace Imker.Linux;

/// <summary>Where a program stands among those that are attached to the same.</summary>
public enum ChainOrder
{
    /// <summary>Runs after those that are there.</summary>
    Last,

    /// <summary>Runs before those that are there.</summary>
    First,
}
