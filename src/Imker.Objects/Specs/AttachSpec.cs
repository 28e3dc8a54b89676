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

/// <summary>Functions of one executable or library whose names a pattern takes (<c>*</c>, <c>?</c>), all of them by one link.</summary>
/// <param name="Program">The name of a <see cref="ProgramSpec"/> of the object.</param>
/// <param name="Binary">Path of the ELF file as the tracer sees it.</param>
/// <param name="Pattern">Such as <c>SSL_*</c>.</param>
/// <param name="IsReturn">At the functions' returns.</param>
public sealed record UprobePatternAttach(string Program, string Binary, string Pattern, bool IsReturn) : AttachSpec(Program);

/// <summary>A place in a function of the kernel, or its return.</summary>
/// <param name="Program">The name of a <see cref="ProgramSpec"/> of the object.</param>
/// <param name="Symbol">The function.</param>
/// <param name="Offset">Bytes behind its start.</param>
/// <param name="IsReturn">At its return.</param>
public sealed record KprobeAttach(string Program, string Symbol, ulong Offset, bool IsReturn) : AttachSpec(Program);

/// <summary>Functions of the kernel whose names a pattern takes, all of them by one link (<c>kprobe_multi</c>).</summary>
/// <param name="Program">The name of a <see cref="ProgramSpec"/> of the object.</param>
/// <param name="Pattern">Such as <c>tcp_*</c>.</param>
/// <param name="IsReturn">At the functions' returns.</param>
public sealed record KprobeMultiAttach(string Program, string Pattern, bool IsReturn) : AttachSpec(Program);

/// <summary>The function in the kernel of a system call, whose name each architecture forms in its own way.</summary>
/// <param name="Program">The name of a <see cref="ProgramSpec"/> of the object.</param>
/// <param name="Name">The call's, such as <c>openat</c>.</param>
/// <param name="IsReturn">At its return.</param>
public sealed record KsyscallAttach(string Program, string Name, bool IsReturn) : AttachSpec(Program);

/// <summary>A place that an executable or library names itself (<c>.note.stapsdt</c>).</summary>
/// <param name="Program">The name of a <see cref="ProgramSpec"/> of the object.</param>
/// <param name="Binary">Path of the ELF file as the tracer sees it.</param>
/// <param name="Provider">Such as <c>libc</c>.</param>
/// <param name="Name">Such as <c>memory_heap_new</c>.</param>
public sealed record UsdtAttach(string Program, string Binary, string Provider, string Name) : AttachSpec(Program);

/// <summary>What the program is typed by says where it is attached (<see cref="ProgramSpec.AttachTarget"/>).</summary>
public sealed record TypedAttach(string Program) : AttachSpec(Program);

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
