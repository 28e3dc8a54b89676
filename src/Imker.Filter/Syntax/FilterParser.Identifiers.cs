namespace Imker.Filter.Syntax;

internal sealed partial class FilterParser
{
    private bool StartsIdentifier => token.Kind is FilterTokenKind.Name or FilterTokenKind.Ip4Address or FilterTokenKind.Ip6Address
        or FilterTokenKind.EtherAddress or FilterTokenKind.ArcnetAddress;

    private Item LoneIdentifier(FilterQualifiers qualifiers, bool mayBeIdentifier)
    {
        if (!mayBeIdentifier)
        {
            Unexpected("a condition", "a name or an address needs a word before it: host, net, port, …");
            return Whole(Nothing);
        }
        return new Item(ItemKind.Identifier, Identifier(qualifiers), null, qualifiers);
    }

    // A number that no comparison follows is an identifier: "port 80 or 443".
    private Item Identify(Item number, FilterQualifiers qualifiers)
    {
        if (number.Number is not NumberSyntax { Value: var value } literal)
        {
            NeedComparison(number.Number!);
            return Whole(Nothing);
        }
        NeedQualifiers(literal.Span.Text, qualifiers, literal.Span);
        return new Item(ItemKind.Identifier, new NumberIdentifierSyntax(literal.Span, qualifiers, value), null, qualifiers);
    }

    // Behind qualifiers stands an identifier, a group of them, or "not" and one of these.
    private Item Qualified(FilterQualifiers qualifiers)
    {
        if (!StartsIdentifier && token.Kind is not (FilterTokenKind.Number or FilterTokenKind.Not or FilterTokenKind.LeftParenthesis))
        {
            Unexpected(WhatFollows(qualifiers.AddressType), @"a word of the language is taken as a name behind a backslash: \tcp");
            return Whole(Nothing);
        }
        Item item = Next(qualifiers, mayBeIdentifier: true);
        if (item.Kind == ItemKind.Number)
            item = Identify(item, qualifiers);
        if (!item.IsIdentifier)
            Fail(FilterErrorId.Unexpected, item.Condition?.Span ?? token.Span, $"a condition stands where {WhatFollows(qualifiers.AddressType)} is expected");
        return item with { Kind = ItemKind.Condition };
    }

    private IdentifierSyntax Identifier(FilterQualifiers qualifiers)
    {
        FilterToken first = Take();
        NeedQualifiers(first.Span.Text, qualifiers, first.Span);
        switch (first.Kind)
        {
            case FilterTokenKind.EtherAddress:
                return new EtherSyntax(first.Span, qualifiers, EtherAddress.Parse(first.Span.Text));
            case FilterTokenKind.ArcnetAddress:
                return new ArcnetSyntax(first.Span, qualifiers, byte.Parse(first.Span.Text[1..], System.Globalization.NumberStyles.HexNumber));
            case FilterTokenKind.Ip6Address:
                uint length = TakePrefixLength() ?? Ip6Address.Bits;
                Ip6Address.TryParse(first.Span.Text, out Ip6Address address);
                return new Ip6Syntax(SpanFrom(first.Span.Start), qualifiers, address, length);
            case FilterTokenKind.Ip4Address:
                return Ip4(first, qualifiers);
            default:
                return new NameSyntax(first.Span, qualifiers, first.Text);
        }
    }

    private IdentifierSyntax Ip4(FilterToken address, FilterQualifiers qualifiers)
    {
        if (TakePrefixLength() is { } length)
            return new Ip4PrefixSyntax(SpanFrom(address.Span.Start), qualifiers, address.Text, length);
        if (token.Kind != FilterTokenKind.Mask)
            return new Ip4Syntax(address.Span, qualifiers, address.Text);
        Take();
        FilterToken mask = Expect(FilterTokenKind.Ip4Address, "a network mask such as 255.255.255.0");
        return new Ip4MaskSyntax(SpanFrom(address.Span.Start), qualifiers, address.Text, mask.Text);
    }

    private uint? TakePrefixLength()
    {
        if (token.Kind != FilterTokenKind.Slash)
            return null;
        Take();
        return Expect(FilterTokenKind.Number, "the length of the network's prefix").Value;
    }

    private void NeedQualifiers(ReadOnlySpan<char> text, FilterQualifiers qualifiers, Diagnostics.SourceSpan span)
    {
        if (qualifiers.Protocol == FilterProtocol.Undefined)
            Fail(FilterErrorId.NoQualifier, span, $"'{text}' needs a word before it that says what it is, and none stands before the condition to its left",
                $"host {text}, net {text}, port {text}, …");
    }

    private static string WhatFollows(FilterAddressType type) => type switch
    {
        FilterAddressType.Net => "a network",
        FilterAddressType.Port => "a port",
        FilterAddressType.PortRange => "a range of ports such as 80-90",
        FilterAddressType.Protocol or FilterAddressType.ProtocolChain => "a protocol",
        FilterAddressType.Default => "host, net, port, portrange or an address",
        _ => "a host",
    };
}
