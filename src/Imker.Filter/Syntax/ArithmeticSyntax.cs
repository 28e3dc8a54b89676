using Imker.Diagnostics;

namespace Imker.Filter.Syntax;

/// <summary>A number computed from a packet, of 32 bits without sign.</summary>
/// <param name="Depth">How many operations are nested in it.</param>
public abstract record ArithmeticSyntax(SourceSpan Span, int Depth);

/// <summary><c>0x800</c>, <c>tcp-syn</c></summary>
public sealed record NumberSyntax(SourceSpan Span, uint Value) : ArithmeticSyntax(Span, 0);

/// <summary><c>len</c>: the bytes of the packet.</summary>
public sealed record PacketLengthSyntax(SourceSpan Span) : ArithmeticSyntax(Span, 0);

/// <summary><c>ip[2:2]</c>: bytes of a header.</summary>
/// <param name="Index">The offset in the header.</param>
/// <param name="Size">How many bytes, as written.</param>
public sealed record PacketBytesSyntax(SourceSpan Span, FilterProtocol Protocol, ArithmeticSyntax Index, uint Size) : ArithmeticSyntax(Span, Index.Depth + 1);

/// <summary><c>-a</c></summary>
public sealed record NegationSyntax(SourceSpan Span, ArithmeticSyntax Operand) : ArithmeticSyntax(Span, Operand.Depth + 1);

/// <summary><c>a &amp; b</c></summary>
/// <param name="Operation">The sign between.</param>
public sealed record BinarySyntax(SourceSpan Span, ArithmeticSyntax Left, FilterTokenKind Operation, ArithmeticSyntax Right)
    : ArithmeticSyntax(Span, Math.Max(Left.Depth, Right.Depth) + 1);

/// <summary><c>ip[0] &amp; 0xf != 5</c></summary>
public sealed record RelationSyntax(SourceSpan Span, ArithmeticSyntax Left, Comparison Comparison, ArithmeticSyntax Right) : FilterSyntax(Span);
