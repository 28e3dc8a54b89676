using Imker.Diagnostics;
using Imker.Script.Types;

namespace Imker.Script.Binding;

/// <summary>What is known so far of the type of a variable, a map's key or a map's value. It only ever grows.</summary>
internal sealed class TypeCell
{
    /// <summary>Null until something was merged in.</summary>
    public ScriptType? Type { get; private set; }

    /// <summary>Where the type comes from.</summary>
    public SourceSpan Span { get; private set; }

    /// <summary>Only non-negative constants so far: they take the sign of whatever comes next.</summary>
    public bool IsFlexible { get; private set; }

    /// <summary>A declaration says the type: it does not grow.</summary>
    public bool IsFixed { get; private set; }

    public void Fix(ScriptType type, SourceSpan span) => (Type, Span, IsFixed) = (type, span, true);

    /// <summary>Takes in the type of one more value; false when it does not go with those before.</summary>
    public bool TryMerge(ScriptType type, bool isFlexible, SourceSpan span, out bool changed)
    {
        changed = false;
        if (type is ErrorType)
            return true;
        if (Type is null)
        {
            (Type, IsFlexible, Span) = (TypeJoin.Widen(type), isFlexible, span);
            changed = true;
            return true;
        }
        if (isFlexible && CountsAsInteger(Type) || IsFixed && CanConvert(type))
            return true;
        ScriptType? joined = IsFlexible && CountsAsInteger(type) ? TypeJoin.Widen(type) : TypeJoin.Join(Type, TypeJoin.Widen(type));
        if (joined is null || IsFixed && joined != Type)
            return false;
        changed = joined != Type || IsFlexible != (IsFlexible && isFlexible);
        (Type, IsFlexible) = (joined, IsFlexible && isFlexible);
        return true;
    }

    private bool CanConvert(ScriptType type) =>
        CountsAsInteger(Type!) && CountsAsInteger(type) || Type is StringType && type is StringType;

    // A null pointer is written 0.
    private static bool CountsAsInteger(ScriptType type) => type is IntegerType or EnumType or PointerType;
}
