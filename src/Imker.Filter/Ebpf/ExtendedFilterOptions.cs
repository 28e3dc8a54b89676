namespace Imker.Filter;

/// <summary>What a filter's eBPF program is for.</summary>
public sealed record ExtendedFilterOptions
{
    public static ExtendedFilterOptions Default { get; } = new();

    /// <summary>The kind of program. Default: a socket filter.</summary>
    public FilterTarget Target { get; init; } = FilterTarget.SocketFilter;

    /// <summary>The program's name. Default: <c>filter</c>.</summary>
    public string Name { get; init; } = "filter";

    /// <summary>What is returned for a packet that passes, such as <c>XDP_PASS</c>. Default null: the snapshot length, as the classic program does.</summary>
    public int? Accepted { get; init; }

    /// <summary>What is returned for one that does not. Default 0.</summary>
    public int Rejected { get; init; }
}
