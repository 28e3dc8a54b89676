namespace Imker.Inspect;

/// <summary>How what is in the kernel is shown.</summary>
public enum InspectFormat
{
    /// <summary>Tables and listings for people.</summary>
    Text,

    /// <summary>One JSON value in one line, with the keys of bpftool.</summary>
    Json,

    /// <summary>The same, indented.</summary>
    PrettyJson,
}
