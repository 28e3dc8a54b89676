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

    /// <summary>A variable that the target's configuration should set, and does not, or not to what it is declared as.</summary>
    public const string BadConfiguration = "IMK6206";

    /// <summary>A CO-RE relocation is malformed.</summary>
    public const string BadCore = "IMK6401";

    /// <summary>Types of the target that a CO-RE relocation may mean give different answers.</summary>
    public const string AmbiguousCore = "IMK6402";

    /// <summary>The answer to a CO-RE relocation does not fit its instruction.</summary>
    public const string UnfitCore = "IMK6403";

    /// <summary>Two objects that are linked define the same, or what one leaves to the other is not there.</summary>
    public const string BadLink = "IMK6501";

    /// <summary>A description of a target is malformed.</summary>
    public const string BadDescription = "IMK6301";

    /// <summary>A description of a target was asked something that it does not hold.</summary>
    public const string UnansweredQuestion = "IMK6302";
}
