namespace Imker.Capture;

/// <summary>Ids of what can be wrong with a capture file.</summary>
public static class CaptureDiagnosticId
{
    /// <summary>The file cannot be opened or read.</summary>
    public const string Unreadable = "IMK7201";

    /// <summary>The file is of no format known here, or of a version of it that is not.</summary>
    public const string UnknownFormat = "IMK7202";

    /// <summary>The file ends within a header, a record or a block.</summary>
    public const string Truncated = "IMK7203";

    /// <summary>The file contradicts itself or its format.</summary>
    public const string Malformed = "IMK7204";

    /// <summary>The file cannot be written, or not on.</summary>
    public const string Unwritable = "IMK7205";

    /// <summary>Packets with different link-layer headers are meant for one file that can hold but one kind.</summary>
    public const string MixedLinkTypes = "IMK7206";
}
