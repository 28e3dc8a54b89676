namespace Imker.Bytecode;

/// <summary>The ids of the findings in bytes and texts.</summary>
public static class BytecodeDiagnosticId
{
    /// <summary>Code is not a multiple of eight bytes.</summary>
    public const string BadLength = "IMK5001";

    /// <summary>The second slot of a wide load is missing, or holds more than a constant.</summary>
    public const string BadWideLoad = "IMK5002";

    /// <summary>A register field is over ten.</summary>
    public const string BadRegister = "IMK5003";

    /// <summary>Opcode and fields make no instruction.</summary>
    public const string NoInstruction = "IMK5004";

    /// <summary>A line is no instruction.</summary>
    public const string BadText = "IMK5101";

    /// <summary>A label is missing, there twice, or behind the last instruction.</summary>
    public const string BadLabel = "IMK5102";

    /// <summary>The slot or the opcode before an instruction is not that instruction's.</summary>
    public const string BadPrefix = "IMK5103";

    /// <summary>A jump does not reach its label.</summary>
    public const string OutOfReach = "IMK5104";
}
