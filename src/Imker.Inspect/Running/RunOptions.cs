using System.Collections.Immutable;
using Imker.Linux;

namespace Imker.Inspect;

/// <summary>How an object is run.</summary>
public sealed record RunOptions
{
    public static RunOptions Default { get; } = new();

    /// <summary>A command that begins when everything is attached, and with whose end the run ends; empty, the default, for none.</summary>
    public ImmutableArray<string> Command { get; init; } = [];

    /// <summary>How long the run takes at most; null, the default, for no limit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Says nothing of how many programs were attached. Default: false.</summary>
    public bool IsQuiet { get; init; }

    /// <summary>By the name of a ring or perf buffer, the struct that its records are.</summary>
    public ImmutableDictionary<string, string> RecordTypes { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Where programs go whose sections name a kind of hook and no place; null, the default, leaves them unattached.</summary>
    public HookTargets? Targets { get; init; }

    /// <summary>How the object is loaded.</summary>
    public LoadOptions Load { get; init; } = LoadOptions.Default;
}
