using Imker.Script.Types;

namespace Imker.Script.Binding;

/// <summary>The type of what is wrong or not known yet. It goes with everything, so that one error is told once.</summary>
internal sealed record ErrorType : ScriptType
{
    public static ErrorType Instance { get; } = new();

    public override int Size => 8;

    public override bool IsScalar => true;

    public override string ToString() => "unknown";
}
