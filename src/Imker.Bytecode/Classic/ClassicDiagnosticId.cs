namespace Imker.Bytecode.Classic;

/// <summary>The ids of the findings in classic programs and their texts.</summary>
public static class ClassicDiagnosticId
{
    /// <summary>The bytes are not a multiple of eight.</summary>
    public const string BadLength = "IMK5201";

    /// <summary>A line is no instruction.</summary>
    public const string BadText = "IMK5202";

    /// <summary>A label is missing, there twice, or behind the last instruction.</summary>
    public const string BadLabel = "IMK5203";

    /// <summary>A jump goes backward, or further than its field says.</summary>
    public const string OutOfReach = "IMK5204";

    /// <summary>A number before an instruction, or the count before a program, is wrong.</summary>
    public const string BadCount = "IMK5205";

    /// <summary>The kernel takes programs of 1 to 4096 instructions.</summary>
    public const string ProgramLength = "IMK5210";

    /// <summary>The kernel has no such instruction.</summary>
    public const string UnknownOpcode = "IMK5211";

    /// <summary>A jump leaves the program.</summary>
    public const string BadJump = "IMK5212";

    /// <summary>The last instruction is no return.</summary>
    public const string NoReturn = "IMK5213";

    /// <summary>A division by a constant zero, or a shift by 32 bits or more.</summary>
    public const string BadConstant = "IMK5214";

    /// <summary>There are sixteen scratch cells.</summary>
    public const string BadCell = "IMK5215";

    /// <summary>A scratch cell is loaded that was not stored before on every way.</summary>
    public const string UnsetCell = "IMK5216";

    /// <summary>An ancillary load of something that Linux does not know.</summary>
    public const string UnknownAncillary = "IMK5217";

    /// <summary>An instruction that has no counterpart where the program is to run.</summary>
    public const string NotTranslatable = "IMK5220";
}
