namespace Imker.Rendering;

/// <summary>What becomes of the characters in foreign text that could steer a terminal or feign a line.</summary>
public enum TextEscaping
{
    /// <summary>Everything passes: for text that is escaped as a whole afterwards.</summary>
    None,

    /// <summary>Control and bidirectional characters and what is not UTF-8 become <c>\xNN</c>; line breaks and tabs too.</summary>
    Line,

    /// <summary>Like <see cref="Line"/>, but line breaks and tabs pass: for the text of a file or of a command.</summary>
    Block,
}
