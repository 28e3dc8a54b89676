namespace Imker.Filter;

/// <summary>
/// A basic block: statements without jumps out of it, then a conditional jump or a return. The role of libpcap's <c>block</c>.
/// </summary>
public sealed class FilterBlock(FilterStatement branch)
{
    /// <summary>What runs before the branch, in order.</summary>
    public List<FilterStatement> Statements { get; init; } = [];

    /// <summary>
    /// The end: <c>BPF_JMP|(JEQ, JGT, JGE or JSET)|(K or X)</c> with both targets, or <c>BPF_RET|BPF_K</c> with none.
    /// A constant condition is a <c>JEQ</c> of K behind <c>ld #0</c> or <c>ld #1</c>, as libpcap makes it.
    /// </summary>
    public FilterStatement Branch { get; } = branch;

    /// <summary>Where the branch goes when it holds. Null only in a return, and while the graph is being built.</summary>
    public FilterBlock? TrueTarget { get; set; }

    public FilterBlock? FalseTarget { get; set; }

    public bool IsReturn => TrueTarget is null && FalseTarget is null;
}
