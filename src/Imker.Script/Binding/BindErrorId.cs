namespace Imker.Script.Binding;

/// <summary>The stable names of what can be wrong with the meaning of a script.</summary>
public static class BindErrorId
{
    /// <summary>A variable, builtin or constant that does not exist.</summary>
    public const string UnknownName = "IMK2101";

    /// <summary>A function that does not exist.</summary>
    public const string UnknownFunction = "IMK2102";

    /// <summary>The wrong number or kind of arguments.</summary>
    public const string WrongArguments = "IMK2103";

    /// <summary>Values of types that do not go together.</summary>
    public const string TypeMismatch = "IMK2104";

    /// <summary>A type that does not exist.</summary>
    public const string UnknownType = "IMK2105";

    /// <summary>A field that a structure or tracepoint does not have.</summary>
    public const string UnknownField = "IMK2106";

    /// <summary>A format string that does not fit its arguments.</summary>
    public const string BadFormat = "IMK2107";

    /// <summary>Something that this kind of probe, or this place, does not have.</summary>
    public const string NotAvailableHere = "IMK2108";

    /// <summary>An attach point that is not there.</summary>
    public const string NoSuchProbe = "IMK2109";

    /// <summary>An attach point that is written wrong.</summary>
    public const string BadProbe = "IMK2110";

    /// <summary>A setting that does not exist, or a value that it does not take.</summary>
    public const string BadSetting = "IMK2111";

    /// <summary>Part of the language, but not of this version.</summary>
    public const string NotSupported = "IMK2112";

    /// <summary>A value that must be known when the script is compiled.</summary>
    public const string NotConstant = "IMK2113";

    /// <summary>A number outside of what is possible.</summary>
    public const string OutOfRange = "IMK2114";

    /// <summary>A function that changes the system, without <c>--unsafe</c>.</summary>
    public const string Unsafe = "IMK2115";

    /// <summary>A variable used where it is not declared, or declared twice.</summary>
    public const string VariableScope = "IMK2116";

    /// <summary>A map that is used but never given a value.</summary>
    public const string NeverAssigned = "IMK2117";

    /// <summary>A positional parameter that is missing, or of the wrong kind.</summary>
    public const string Parameter = "IMK2118";

    /// <summary>Something that is evaluated for nothing.</summary>
    public const string NoEffect = "IMK2119";

    /// <summary>A comparison of a signed number with an unsigned one that may surprise.</summary>
    public const string MixedSigns = "IMK2120";
}
