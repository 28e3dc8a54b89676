namespace Imker.Filter;

/// <summary>The stable names of what can be wrong with the meaning of a filter.</summary>
public static class FilterBindId
{
    /// <summary>A host, network, service or protocol that no database knows.</summary>
    public const string UnknownName = "IMK7101";

    /// <summary>A condition that packets of the link-layer type cannot be asked.</summary>
    public const string NotForLinkType = "IMK7102";

    /// <summary>Qualifiers that do not fit what they stand before.</summary>
    public const string BadQualifier = "IMK7103";

    /// <summary>A number that its field cannot hold.</summary>
    public const string OutOfRange = "IMK7104";

    /// <summary>An address or network that is none.</summary>
    public const string BadAddress = "IMK7105";

    /// <summary>A computation that has no result: a division by zero, a shift by 32 bits, a size that cannot be loaded.</summary>
    public const string BadArithmetic = "IMK7106";

    /// <summary>A filter that needs more scratch cells than the machine has.</summary>
    public const string TooComplex = "IMK7107";

    /// <summary>A filter that no packet can pass.</summary>
    public const string RejectsAll = "IMK7108";

    /// <summary>A condition that cannot be asked where the packets come from, or for which something is not known.</summary>
    public const string NotHere = "IMK7109";

    /// <summary>A filter with more tests than anything could run.</summary>
    public const string TooLarge = "IMK7110";
}
