namespace Imker.Inspect;

/// <summary>What a dump of code shows beside the instructions.</summary>
public sealed record CodeDumpOptions
{
    public static CodeDumpOptions Default { get; } = new();

    /// <summary>The bytes of each instruction. Default: false.</summary>
    public bool ShowsOpcodes { get; init; }

    /// <summary>File, line and column of each source line. Default: false.</summary>
    public bool ShowsLines { get; init; }
}
