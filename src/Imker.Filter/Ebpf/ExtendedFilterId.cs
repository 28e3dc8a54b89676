namespace Imker.Filter.Ebpf;

/// <summary>The ids of what keeps a filter from becoming an eBPF program.</summary>
public static class ExtendedFilterId
{
    /// <summary>The filter asks what this kind of program cannot know of a packet.</summary>
    public const string UnknownField = "IMK7150";
}
