namespace Imker.Capture.Dissection;

/// <summary>What of a packet's bytes is shown below its line.</summary>
public enum HexDump
{
    None,

    /// <summary>Hexadecimal, without the link-layer header: <c>-x</c>.</summary>
    Hex,

    /// <summary>Hexadecimal, whole: <c>-xx</c>.</summary>
    HexWithLink,

    /// <summary>Hexadecimal and ASCII, without the link-layer header: <c>-X</c>.</summary>
    HexAndAscii,

    /// <summary>Hexadecimal and ASCII, whole: <c>-XX</c>.</summary>
    HexAndAsciiWithLink,

    /// <summary>ASCII, without the link-layer header: <c>-A</c>.</summary>
    Ascii,

    /// <summary>ASCII, whole: <c>-AA</c>.</summary>
    AsciiWithLink,
}
