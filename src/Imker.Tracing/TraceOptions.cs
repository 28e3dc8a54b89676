using System.Collections.Immutable;

namespace Imker.Tracing;

/// <summary>How a script is run.</summary>
public sealed record TraceOptions
{
    public static TraceOptions Default { get; } = new();

    /// <summary>The program to start once the probes are attached, with its arguments; empty for none. The run ends with it.</summary>
    public ImmutableArray<string> Command { get; init; } = [];

    /// <summary>The process that is traced; the run ends with it. Null for all.</summary>
    public int? ProcessId { get; init; }

    /// <summary>Load and attach, then stop.</summary>
    public bool DryRun { get; init; }

    /// <summary>Do not say how many probes were attached.</summary>
    public bool IsQuiet { get; init; }

    /// <summary>
    /// Give up, once all is attached, the capabilities that the rest of the run does without. For a process that does nothing else.
    /// </summary>
    public bool DropsCapabilities { get; init; }

    /// <summary>Bytes that <c>cat</c> writes of a file.</summary>
    public int MaxFileBytes { get; init; } = 10240;

    /// <summary>Bytes that the script's texts have room for by default, the NUL included: a text that fills them was cut.</summary>
    public int MaxStringLength { get; init; } = 1024;

    /// <summary>What is shown behind a text that was cut, a character for each byte.</summary>
    public string TruncationTrailer { get; init; } = "..";

    /// <summary>A line that is written to standard output once everything is attached; null for none.</summary>
    public string? ReadinessLine { get; init; }
}
