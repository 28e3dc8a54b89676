namespace Imker.Script.Syntax;

/// <summary>The stable names of what can be wrong with the form of a script.</summary>
public static class SyntaxErrorId
{
    /// <summary>Something else stands where a token or a construct must stand.</summary>
    public const string Unexpected = "IMK2001";

    /// <summary>A character that starts no token, or a character literal.</summary>
    public const string BadCharacter = "IMK2002";

    /// <summary>A string or comment that does not end.</summary>
    public const string Unterminated = "IMK2003";

    /// <summary>A number that is none, or that 64 bits do not hold.</summary>
    public const string BadNumber = "IMK2004";

    /// <summary>An escape sequence that the language does not have.</summary>
    public const string BadEscape = "IMK2005";

    /// <summary>Parentheses, blocks or operators nested deeper than the parser follows.</summary>
    public const string TooDeep = "IMK2006";

    /// <summary>A brace, parenthesis or bracket without its partner.</summary>
    public const string Unbalanced = "IMK2007";

    /// <summary>An assignment to, or increment of, what holds no value.</summary>
    public const string NotAssignable = "IMK2008";

    /// <summary>A probe type that does not exist.</summary>
    public const string UnknownProvider = "IMK2009";

    /// <summary>A preprocessor line that cannot be followed.</summary>
    public const string BadDirective = "IMK2010";

    /// <summary>Part of the language, but not of this version.</summary>
    public const string NotSupported = "IMK2011";

    /// <summary>A part of the script that stands where it may not.</summary>
    public const string Misplaced = "IMK2012";
}
