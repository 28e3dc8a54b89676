namespace Imker.Cli;

/// <summary>What the command line of <c>imker trace</c> asks for.</summary>
internal sealed record TraceArguments
{
    /// <summary>Programs given with <c>-e</c>.</summary>
    public required IReadOnlyList<string> Expressions { get; init; }

    public required int? ProcessId { get; init; }

    public required string? Command { get; init; }

    public required string? OutputPath { get; init; }

    public required bool IsJson { get; init; }

    public required bool IsQuiet { get; init; }

    public required bool IsVerbose { get; init; }

    public required bool IsDryRun { get; init; }

    public required bool IsUnsafe { get; init; }

    public required bool HidesWarnings { get; init; }

    public required bool IsList { get; init; }

    /// <summary><c>ir</c>, <c>asm</c> or <c>object</c>; null to run.</summary>
    public required string? Emit { get; init; }

    /// <summary>A description of the machine to compile for; null for this one.</summary>
    public required string? TargetPath { get; init; }

    /// <summary>The BTF of that machine's kernel.</summary>
    public required string? TargetTypesPath { get; init; }

    /// <summary>Where a description of the machine that is compiled for goes.</summary>
    public required string? SavedTargetPath { get; init; }

    /// <summary>The script's file, unless there are expressions, and its parameters.</summary>
    public required IReadOnlyList<string> Words { get; init; }
}
