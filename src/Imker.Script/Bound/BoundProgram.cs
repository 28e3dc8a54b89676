using System.Collections.Immutable;
using Imker.Bytecode;
using Imker.Diagnostics;
using Imker.Objects;
using Imker.Script.Types;

namespace Imker.Script.Bound;

/// <summary>A script whose names are resolved, whose types are known and whose probes are found: what is compiled.</summary>
public sealed record BoundProgram(
    ImmutableArray<BoundProbe> Probes,
    ImmutableArray<MapSymbol> Maps,
    ScriptConfig Config)
{
    /// <summary>Some probe sends records of data: it prints text or values. Set by the binder, so that a script that does not needs no ring for them.</summary>
    public bool SendsData { get; init; }
}

/// <summary>The settings of the <c>config</c> block and the environment, with the defaults of the newest release.</summary>
public sealed record ScriptConfig
{
    public static ScriptConfig Default { get; } = new();

    /// <summary>Bytes that <c>str()</c> reads at most when the script does not say; 1 to 65,536.</summary>
    public int MaxStringLength { get; init; } = 1024;

    /// <summary>Entries of a map.</summary>
    public int MaxMapKeys { get; init; } = 4096;

    /// <summary>Bytes that <c>cat</c> writes of a file.</summary>
    public int MaxCatBytes { get; init; } = 10240;

    public int MaxProbes { get; init; } = 1024;

    public bool PrintMapsOnExit { get; init; } = true;

    public StackMode StackMode { get; init; } = StackMode.Bpftrace;

    public string StringTruncationTrailer { get; init; } = "..";

    public string License { get; init; } = "GPL";

    public MissingProbes MissingProbes { get; init; } = MissingProbes.Error;

    /// <summary>The most data rings that there may be.</summary>
    public const int MostDataRings = 16;

    /// <summary>Data rings, rounded up to a power of two; 0 lets the number of CPUs decide.</summary>
    public int DataRings { get; init; }

    /// <summary>Bytes of all data rings together; a power of two.</summary>
    public int RingBytes { get; init; } = 2 << 20;
}

/// <summary>What happens when one of many attach points is not there.</summary>
public enum MissingProbes
{
    Error,
    Warn,
    Ignore,
}

public enum ProbeKind
{
    Begin,
    End,
    Tracepoint,
    RawTracepoint,
    Uprobe,
    Uretprobe,
    Interval,
    Profile,
}

/// <summary>
/// One program to be made: a body, the attach points that can share it, and what they have in common. A probe of the script
/// becomes several of these when its attach points differ in what the body sees (fields of different tracepoints).
/// </summary>
public sealed record BoundProbe
{
    /// <summary>Unique: becomes the program's name (letters, digits, underscores).</summary>
    public required string Name { get; init; }

    public required ProbeKind Kind { get; init; }

    /// <summary>At least one.</summary>
    public required ImmutableArray<BoundAttachPoint> AttachPoints { get; init; }

    /// <summary>The layout of <c>args</c>; null where the probe has none or the body does not look at it.</summary>
    public TracepointFormat? Format { get; init; }

    /// <summary>Integer or boolean; null when there is none.</summary>
    public BoundExpression? Predicate { get; init; }

    public required BoundBlock Body { get; init; }

    /// <summary>Whose memory an address means when its type does not tell; unknown where the address itself has to.</summary>
    public AddressSpace DefaultSpace { get; init; }

    public SourceSpan Span { get; init; }
}

/// <param name="Name">The full name, wildcards expanded: what <c>probe</c> gives.</param>
/// <param name="Function">What <c>func</c> gives when it is known here; null otherwise.</param>
/// <param name="Attach">Where it goes; its program is <see cref="BoundProbe.Name"/>. Hosts join what can share a link.</param>
public sealed record BoundAttachPoint(string Name, string? Function, AttachSpec Attach);

/// <summary>A scratch variable (<c>$x</c>) of one probe.</summary>
public sealed class VariableSymbol(string name, ScriptType type)
{
    public string Name { get; } = name;

    /// <summary>The widest type that it is given.</summary>
    public ScriptType Type { get; set; } = type;
}

/// <summary>A map (<c>@x</c>) of the script.</summary>
public sealed class MapSymbol(string name)
{
    /// <summary>With the at sign.</summary>
    public string Name { get; } = name;

    /// <summary>Null for a map of one value without key. A key of several parts is a tuple.</summary>
    public ScriptType? Key { get; set; }

    public ScriptType Value { get; set; } = ScriptType.None;

    /// <summary>The type that a declaration asks for; null lets the compiler choose.</summary>
    public MapType? DeclaredType { get; set; }

    /// <summary>Entries that a declaration asks for; 0 for the configured number.</summary>
    public int DeclaredEntries { get; set; }

    /// <summary>Both printed and cleared (or zeroed) by the script: wants two generations to lose nothing.</summary>
    public bool IsPrintedAndCleared { get; set; }

    public SourceSpan Span { get; set; }
}
