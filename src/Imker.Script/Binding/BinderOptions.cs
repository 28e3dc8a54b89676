using System.Collections.Immutable;

namespace Imker.Script.Binding;

/// <summary>What the user says beside the script.</summary>
public sealed record BinderOptions
{
    public static BinderOptions Default { get; } = new();

    /// <summary>The positional parameters, <c>$1</c> first.</summary>
    public ImmutableArray<string> Parameters { get; init; } = [];

    /// <summary>Trace this process alone, where the kind of probe can tell; null for all.</summary>
    public int? ProcessId { get; init; }

    /// <summary>Functions that change the system may be used.</summary>
    public bool AllowUnsafe { get; init; }

    /// <summary>Environment variables; those called <c>BPFTRACE_…</c> override settings of the script.</summary>
    public ImmutableDictionary<string, string> Environment { get; init; } = ImmutableDictionary<string, string>.Empty;
}
