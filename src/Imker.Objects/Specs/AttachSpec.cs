using System.Collections.Immutable;
using Imker.Diagnostics;

namespace Imker.Objects;

/// <summary>
/// Where a program is to be attached, in symbols that a host resolves. One program may serve many attachments; the cookie
/// tells them apart inside the program (<c>bpf_get_attach_cookie</c>).
/// </summary>
/// <param name="Program">The name of a <see cref="ProgramSpec"/> of the object.</param>
public abstract record AttachSpec(string Program)
{
    /// <summary>What a person calls it: the probe as the script wrote it, wildcards expanded.</summary>
    public string DisplayName { get; init; } = "";

    public ulong Cookie { get; init; }

    /// <summary>Where the attach point stands in the source, for messages.</summary>
    public SourceSpan Span { get; init; }
}

/// <summary>A static kernel event by category and name, with the format of tracefs as context.</summary>
public sealed record TracepointAttach(string Program, string Category, string Event) : AttachSpec(Program);

/// <summary>A static kernel event by name, with its raw arguments as context.</summary>
public sealed record RawTracepointAttach(string Program, string Event) : AttachSpec(Program);

/// <summary>
/// Entries or returns of functions of one executable or library. Hosts attach all targets by one link where they can
/// (<c>uprobe_multi</c>), else one by one.
/// </summary>
/// <param name="Program">The name of a <see cref="ProgramSpec"/> of the object.</param>
/// <param name="Binary">Path of the ELF file as the tracer sees it.</param>
/// <param name="Targets">At least one.</param>
/// <param name="IsReturn">At the functions' returns.</param>
/// <param name="ProcessId">Only in this process; null for all.</param>
public sealed record UprobeAttach(
    string Program, string Binary, ImmutableArray<UprobeTarget> Targets, bool IsReturn, int? ProcessId) : AttachSpec(Program);

/// <summary>One place in an executable: <see cref="Offset"/> bytes behind a symbol, or in the file when the symbol is null.</summary>
public readonly record struct UprobeTarget(string? Symbol, ulong Offset, ulong Cookie);

/// <summary>A timer: on every CPU (profile) or on one (interval).</summary>
/// <param name="Program">The name of a <see cref="ProgramSpec"/> of the object.</param>
/// <param name="EveryCpu">A sample on every CPU, else one event in all.</param>
/// <param name="PeriodNanoseconds">Nanoseconds between events; 0 when <paramref name="Frequency"/> is given.</param>
/// <param name="Frequency">Events a second; 0 when the period is given.</param>
public sealed record TimerAttach(string Program, bool EveryCpu, ulong PeriodNanoseconds, ulong Frequency) : AttachSpec(Program);

/// <summary>Run once by the host itself, before anything else is attached or after all is detached.</summary>
public sealed record RunOnceAttach(string Program, RunPhase Phase) : AttachSpec(Program);

public enum RunPhase
{
    /// <summary>Before anything else is attached.</summary>
    Begin,

    /// <summary>After everything is detached.</summary>
    End,
}
