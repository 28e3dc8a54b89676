namespace Imker.Capture;

/// <summary>When a capture goes on in another file, and what that is called.</summary>
public sealed record RotationOptions
{
    /// <summary>The first file's name; with <see cref="Period"/>, a pattern of strftime(3) for each.</summary>
    public required string Path { get; init; }

    /// <summary>Bytes after which another file begins, with a number behind its name: <c>-C</c>. Default: never.</summary>
    public long? Size { get; init; }

    /// <summary>How long a file goes on: <c>-G</c>. Default: for ever.</summary>
    public TimeSpan? Period { get; init; }

    /// <summary>
    /// With a size, how many files there are at most, the first being overwritten then; with a period alone, after how many the capture
    /// ends: <c>-W</c>. Default: no limit.
    /// </summary>
    public int? FileLimit { get; init; }

    /// <summary>A program that is started with the name of each file that is complete: <c>-z</c>. Default: none.</summary>
    public string? Command { get; init; }

    /// <summary>Whether each packet is written as it comes: <c>-U</c>. Default: no.</summary>
    public bool IsPacketBuffered { get; init; }
}
