namespace Imker.Filter.Ebpf;

/// <summary>
/// A run of statements without jumps among them, then where it goes on. A <see cref="FilterBlock"/> with jumps in its list is several.
/// </summary>
internal sealed class FlatBlock
{
    public List<FilterStatement> Statements { get; } = [];

    /// <summary>The condition of the end; null for a return and for a jump to <see cref="WhenTrue"/>.</summary>
    public FilterStatement? Condition { get; set; }

    /// <summary>Where it goes on when the condition holds, or always. Null for a return.</summary>
    public FlatBlock? WhenTrue { get; set; }

    /// <summary>Where it goes on when the condition does not hold.</summary>
    public FlatBlock? WhenFalse { get; set; }

    /// <summary>For a return: the bytes to keep.</summary>
    public uint Result { get; set; }

    /// <summary>Its place among all, ascending along every way but those back to the head of a loop.</summary>
    public int Order { get; set; }

    /// <summary>How many edges come to it.</summary>
    public int EdgeCount { get; set; }

    public bool IsReturn => WhenTrue is null;
}
