namespace Imker.Rendering;

/// <summary>A column of a table.</summary>
/// <param name="Title">What stands above it in text: <c>PID</c>.</param>
/// <param name="Key">Its name in JSON and CSV: <c>pid</c>.</param>
/// <param name="Width">The least characters it takes in text.</param>
/// <param name="IsRight">Whether text is aligned to the right, as numbers are.</param>
public sealed record Column(string Title, string Key, int Width = 0, bool IsRight = false);

public enum TableFormat
{
    /// <summary>Aligned columns.</summary>
    Text,

    /// <summary>An object for each row, a line each.</summary>
    Json,

    /// <summary>RFC 4180, with the keys as header, but lines end as everywhere on Linux.</summary>
    Csv,
}
