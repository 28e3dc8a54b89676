using System.Globalization;

namespace Imker.Bench;

/// <summary>A row of the table: one figure of every peer, null where a peer could not do it.</summary>
internal sealed record Row(string Figure, IReadOnlyList<string?> Cells)
{
    public static Row Of<T>(string figure, IReadOnlyList<IReadOnlyList<T>> samples, Func<T, double> value, string unit, string format = "0") =>
        new(figure, [.. samples.Select(s => s.Count == 0
            ? null
            : Statistics.Median(s.Select(value)).ToString(format, CultureInfo.InvariantCulture) + unit)]);

    public override string ToString() => $"| {Figure} | {string.Join(" | ", Cells.Select(c => c ?? "–"))} |";
}
