using System.Collections.Immutable;
using System.Text;
using Imker.Diagnostics;

namespace Imker.Script.Syntax;

/// <summary>A number. Its sign is a <see cref="UnarySyntax"/>; a duration is its nanoseconds.</summary>
public sealed class IntegerLiteralSyntax(SourceSpan span, ulong value) : ExpressionSyntax(span)
{
    public ulong Value { get; } = value;
}

/// <summary>A string, as the bytes it stands for.</summary>
public sealed class StringLiteralSyntax(SourceSpan span, ImmutableArray<byte> bytes) : ExpressionSyntax(span)
{
    public ImmutableArray<byte> Bytes { get; } = bytes;

    /// <summary>The bytes as text; what is not UTF-8 becomes U+FFFD.</summary>
    public string Text => Encoding.UTF8.GetString(Bytes.AsSpan());
}

public sealed class BooleanLiteralSyntax(SourceSpan span, bool value) : ExpressionSyntax(span)
{
    public bool Value { get; } = value;
}
