namespace Imker.Btf;

/// <summary>Ids of the findings about BTF.</summary>
public static class BtfDiagnosticId
{
    /// <summary>The data is no BTF at all.</summary>
    public const string NotBtf = "IMK6101";

    /// <summary>The data contradicts itself or the format.</summary>
    public const string Malformed = "IMK6102";

    /// <summary>A type has a kind that this version does not know: where the next type starts cannot be told.</summary>
    public const string UnknownKind = "IMK6103";

    /// <summary>A path such as <c>a.b[3]</c> leads nowhere.</summary>
    public const string NoSuchField = "IMK6104";
}
