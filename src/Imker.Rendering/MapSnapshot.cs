using System.Collections.Immutable;

namespace Imker.Rendering;

public readonly record struct MapEntry(OutputValue Key, OutputValue Value);

/// <summary>What a map held when it was read, to be printed.</summary>
/// <param name="Name">The name with its <c>@</c>.</param>
/// <param name="Entries">In any order; a scalar map has one, with the key <see cref="OutputValue.None"/>.</param>
public sealed record MapSnapshot(string Name, ImmutableArray<MapEntry> Entries)
{
    /// <summary>A map without keys.</summary>
    public bool IsScalar { get; init; }

    /// <summary>Whether the values are made by <c>avg()</c> or <c>stats()</c>, which JSON calls <c>stats</c>.</summary>
    public bool IsStatistics { get; init; }

    /// <summary>
    /// The entries as they are printed: ascending by value (an average by itself, a histogram by its total), or by key where
    /// values are no numbers; of equals the lesser key comes first.
    /// </summary>
    /// <param name="top">Only the greatest so many; 0 for all.</param>
    /// <param name="divisor">What numbers are divided by.</param>
    public ImmutableArray<MapEntry> Arrange(int top = 0, ulong divisor = 1)
    {
        MapEntry[] sorted = [.. Entries];
        Array.Sort(sorted, MapOrder.Compare);
        ReadOnlySpan<MapEntry> kept = top > 0 && top < sorted.Length ? sorted.AsSpan(sorted.Length - top) : sorted;
        if (divisor <= 1)
            return [.. kept];
        var divided = ImmutableArray.CreateBuilder<MapEntry>(kept.Length);
        foreach (MapEntry entry in kept)
            divided.Add(entry with { Value = entry.Value.DividedBy(divisor) });
        return divided.MoveToImmutable();
    }
}
