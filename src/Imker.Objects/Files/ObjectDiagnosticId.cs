namespace Imker.Objects;

/// <summary>Ids of the findings about object files and descriptions of targets.</summary>
public static class ObjectDiagnosticId
{
    /// <summary>An ELF file that is no eBPF object.</summary>
    public const string NotBpf = "IMK6201";

    /// <summary>The file contradicts itself or the format.</summary>
    public const string Malformed = "IMK6202";

    /// <summary>Something that objects may hold and this reader does not take.</summary>
    public const string Unsupported = "IMK6203";

    /// <summary>A section of code whose name tells no program type.</summary>
    public const string UnknownSection = "IMK6204";

    /// <summary>What the object's parts say of each other does not fit, such as an attachment of a program that is not there.</summary>
    public const string Inconsistent = "IMK6205";

    /// <summary>A description of a target is malformed.</summary>
    public const string BadDescription = "IMK6301";

    /// <summary>A description of a target was asked something that it does not hold.</summary>
    public const string UnansweredQuestion = "IMK6302";
}
