namespace Imker.Filter.Syntax;

/// <summary>The stable names of what can be wrong with the form of a filter.</summary>
public static class FilterErrorId
{
    /// <summary>Something else stands where a word, a number or a sign must stand.</summary>
    public const string Unexpected = "IMK7001";

    /// <summary>A character that starts nothing.</summary>
    public const string BadCharacter = "IMK7002";

    /// <summary>A number that is none, or that 32 bits do not hold.</summary>
    public const string BadNumber = "IMK7003";

    /// <summary>An Ethernet or IPv6 address that is none.</summary>
    public const string BadAddress = "IMK7004";

    /// <summary>Parentheses, negations or operators nested deeper than the parser follows.</summary>
    public const string TooDeep = "IMK7005";

    /// <summary>An identifier without qualifiers, and none before it to take over.</summary>
    public const string NoQualifier = "IMK7006";

    /// <summary>A name that its keyword does not know: a frame type, an LLC type, a reason.</summary>
    public const string UnknownName = "IMK7007";

    /// <summary>A word that is too long to be one.</summary>
    public const string TooLong = "IMK7008";
}
