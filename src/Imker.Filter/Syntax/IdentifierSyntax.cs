using Imker.Diagnostics;

namespace Imker.Filter.Syntax;

/// <summary>Something with a name, an address or a number: a host, a port, a protocol.</summary>
/// <param name="Qualifiers">The words before it, or those of the identifier before it.</param>
public abstract record IdentifierSyntax(SourceSpan Span, FilterQualifiers Qualifiers) : FilterSyntax(Span);

/// <summary><c>host helios</c>, <c>port ftp-data</c>, <c>ip proto \tcp</c></summary>
public sealed record NameSyntax(SourceSpan Span, FilterQualifiers Qualifiers, string Name) : IdentifierSyntax(Span, Qualifiers);

/// <summary><c>port 80</c>, <c>net 10</c></summary>
public sealed record NumberIdentifierSyntax(SourceSpan Span, FilterQualifiers Qualifiers, uint Number) : IdentifierSyntax(Span, Qualifiers);

/// <summary><c>host 10.0.0.1</c>, <c>net 10.1</c>, <c>decnet host 1.2</c>: two to four numbers with dots.</summary>
public sealed record Ip4Syntax(SourceSpan Span, FilterQualifiers Qualifiers, string Address) : IdentifierSyntax(Span, Qualifiers);

/// <summary><c>net 10.1/16</c></summary>
public sealed record Ip4PrefixSyntax(SourceSpan Span, FilterQualifiers Qualifiers, string Address, uint Length) : IdentifierSyntax(Span, Qualifiers);

/// <summary><c>net 10.1 mask 255.255</c></summary>
public sealed record Ip4MaskSyntax(SourceSpan Span, FilterQualifiers Qualifiers, string Address, string Mask) : IdentifierSyntax(Span, Qualifiers);

/// <summary><c>host ::1</c>, <c>net fe80::/10</c></summary>
/// <param name="Length">Bits of the prefix; 128 without one.</param>
public sealed record Ip6Syntax(SourceSpan Span, FilterQualifiers Qualifiers, Ip6Address Address, uint Length) : IdentifierSyntax(Span, Qualifiers);

/// <summary><c>ether host 00:11:22:33:44:55</c></summary>
public sealed record EtherSyntax(SourceSpan Span, FilterQualifiers Qualifiers, EtherAddress Address) : IdentifierSyntax(Span, Qualifiers);

/// <summary><c>link host $1a</c></summary>
public sealed record ArcnetSyntax(SourceSpan Span, FilterQualifiers Qualifiers, byte Address) : IdentifierSyntax(Span, Qualifiers);
