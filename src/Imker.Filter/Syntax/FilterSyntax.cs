using System.Collections.Immutable;
using Imker.Diagnostics;

namespace Imker.Filter.Syntax;

/// <summary>A condition on a packet, as it was written.</summary>
/// <param name="Span">Where it stands in the filter.</param>
public abstract record FilterSyntax(SourceSpan Span)
{
    /// <summary>Reads a filter.</summary>
    /// <param name="source">The filter, and what messages call it.</param>
    /// <param name="diagnostics">Gets what is wrong with its form.</param>
    /// <returns>Null when the filter is empty, which takes every packet, and when it is wrong.</returns>
    public static FilterSyntax? Parse(SourceText source, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(diagnostics);
        return FilterParser.Parse(source, diagnostics);
    }
}

/// <summary><c>a and b or c</c>: both words bind alike, from left to right.</summary>
/// <param name="First">The first condition.</param>
/// <param name="Rest">The others, each with the word before it.</param>
public sealed record ChainSyntax(SourceSpan Span, FilterSyntax First, ImmutableArray<ChainLink> Rest) : FilterSyntax(Span);

/// <summary>A condition of a chain but the first.</summary>
/// <param name="IsOr">Whether <c>or</c> stands before it, and not <c>and</c>.</param>
public readonly record struct ChainLink(bool IsOr, FilterSyntax Operand);

/// <summary><c>not a</c></summary>
public sealed record NotSyntax(SourceSpan Span, FilterSyntax Operand) : FilterSyntax(Span);

/// <summary>A protocol alone: <c>tcp</c>.</summary>
public sealed record ProtocolSyntax(SourceSpan Span, FilterProtocol Protocol) : FilterSyntax(Span);

/// <summary><c>broadcast</c> or <c>multicast</c>, perhaps of a protocol.</summary>
public sealed record GroupCastSyntax(SourceSpan Span, FilterProtocol Protocol, bool IsMulticast) : FilterSyntax(Span);

/// <summary><c>less 64</c>: at most; <c>greater 64</c>: at least.</summary>
public sealed record LengthTestSyntax(SourceSpan Span, bool IsGreater, uint Length) : FilterSyntax(Span);

/// <summary><c>byte 0 = 1</c>: a byte of the link-layer header.</summary>
public sealed record ByteTestSyntax(SourceSpan Span, uint Offset, FilterTokenKind Operation, uint Value) : FilterSyntax(Span);

/// <summary><c>inbound</c> or <c>outbound</c>.</summary>
public sealed record TrafficDirectionSyntax(SourceSpan Span, bool IsOutbound) : FilterSyntax(Span);

/// <summary><c>ifindex 2</c></summary>
public sealed record InterfaceIndexSyntax(SourceSpan Span, uint Index) : FilterSyntax(Span);

/// <summary><c>vlan</c>, <c>mpls 16</c> and their like.</summary>
/// <param name="Number">The tag, label, session or network; null for any.</param>
public sealed record EncapsulationSyntax(SourceSpan Span, EncapsulationKind Kind, uint? Number) : FilterSyntax(Span)
{
    /// <summary>Where the number stands; the whole condition without one.</summary>
    public SourceSpan NumberSpan { get; init; } = Span;
}

/// <summary><c>batadv</c>, <c>batadv 15</c>, <c>batadv 15 unicast</c>: a B.A.T.M.A.N. Advanced packet.</summary>
/// <param name="Version">The version of the protocol; null for any.</param>
/// <param name="Type">The type of packet, which must be of a known version; null for any.</param>
public sealed record BatmanSyntax(SourceSpan Span, uint? Version, uint? Type) : FilterSyntax(Span);

/// <summary><c>on em0</c>, <c>ruleset web</c>: a name that the firewall logged.</summary>
public sealed record FirewallNameSyntax(SourceSpan Span, FirewallField Field, string Name) : FilterSyntax(Span);

/// <summary><c>rnr 4</c>, <c>action pass</c>: a number that the firewall logged.</summary>
public sealed record FirewallNumberSyntax(SourceSpan Span, FirewallField Field, uint Number) : FilterSyntax(Span);

/// <summary><c>type mgt subtype beacon</c>: bits of the first byte of an IEEE 802.11 frame.</summary>
public sealed record WlanTypeSyntax(SourceSpan Span, uint Value, uint Mask) : FilterSyntax(Span);

/// <summary><c>dir tods</c></summary>
public sealed record WlanDirectionSyntax(SourceSpan Span, uint Direction) : FilterSyntax(Span);

/// <summary><c>llc</c>, <c>llc u</c>, <c>llc rnr</c>: bits of the control byte of IEEE 802.2.</summary>
/// <param name="Format">What the control byte must be; null when any LLC header does.</param>
public sealed record LlcSyntax(SourceSpan Span, LlcFormat? Format) : FilterSyntax(Span);

/// <summary><c>lane</c>, <c>oam</c> and their like.</summary>
public sealed record AtmSyntax(SourceSpan Span, AtmKind Kind) : FilterSyntax(Span);

/// <summary><c>vci &gt; 31</c>, <c>vpi (0 or 1)</c>: one of the tests must hold.</summary>
public sealed record AtmFieldSyntax(SourceSpan Span, AtmField Field, ImmutableArray<FieldTest> Tests) : FilterSyntax(Span);

/// <summary><c>fisu</c> and its like.</summary>
public sealed record Mtp2Syntax(SourceSpan Span, Mtp2Kind Kind) : FilterSyntax(Span);

/// <summary><c>opc 5</c>, <c>sio (1 or 2)</c>: one of the tests must hold.</summary>
public sealed record Mtp3FieldSyntax(SourceSpan Span, Mtp3Field Field, ImmutableArray<FieldTest> Tests) : FilterSyntax(Span);

/// <summary>A comparison with a number.</summary>
public readonly record struct FieldTest(Comparison Comparison, uint Value);
