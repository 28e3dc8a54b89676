using System.Collections.Immutable;

namespace Imker.Filter.Syntax;

internal sealed partial class FilterParser
{
    private const string AnyCondition = "a condition, such as 'host 10.0.0.1', 'tcp port 80' or 'ip[0] & 0xf != 5',";

    private Item Primitive()
    {
        int start = token.Span.Start;
        switch (token.Kind)
        {
            case FilterTokenKind.Protocol:
                return BehindProtocol();
            case FilterTokenKind.Source or FilterTokenKind.Destination or FilterTokenKind.WlanAddress or FilterTokenKind.AddressType
                or FilterTokenKind.Gateway or FilterTokenKind.Proto or FilterTokenKind.ProtoChain:
                return Head(FilterProtocol.Default);
            case FilterTokenKind.Broadcast or FilterTokenKind.Multicast:
                return GroupCast(start, FilterProtocol.Default);
            case FilterTokenKind.Type or FilterTokenKind.Subtype or FilterTokenKind.Dir:
                return Whole(Wlan(start));
            case FilterTokenKind.Less or FilterTokenKind.Greater:
                bool isGreater = Take().Kind == FilterTokenKind.Greater;
                uint length = Expect(FilterTokenKind.Number, "a number of bytes").Value;
                return Whole(new LengthTestSyntax(SpanFrom(start), isGreater, length));
            case FilterTokenKind.Byte:
                return Whole(ByteTest(start));
            case FilterTokenKind.Inbound or FilterTokenKind.Outbound:
                bool isOutbound = Take().Kind == FilterTokenKind.Outbound;
                return Whole(new TrafficDirectionSyntax(SpanFrom(start), isOutbound));
            case FilterTokenKind.InterfaceIndex:
                Take();
                uint index = Expect(FilterTokenKind.Number, "the index of an interface").Value;
                return Whole(new InterfaceIndexSyntax(SpanFrom(start), index));
            case FilterTokenKind.Encapsulation:
                return Whole(Encapsulation());
            case FilterTokenKind.Batman:
                return Whole(Batman());
            case FilterTokenKind.FirewallField:
                return Whole(Firewall());
            case FilterTokenKind.Llc:
                return Whole(Llc(start));
            case FilterTokenKind.Atm:
                FilterToken atm = Take();
                return Whole(new AtmSyntax(atm.Span, (AtmKind)atm.Value));
            case FilterTokenKind.AtmField:
                var atmField = (AtmField)Take().Value;
                ImmutableArray<FieldTest> atmTests = FieldTests();
                return Whole(new AtmFieldSyntax(SpanFrom(start), atmField, atmTests));
            case FilterTokenKind.Mtp2:
                FilterToken unit = Take();
                return Whole(new Mtp2Syntax(unit.Span, (Mtp2Kind)unit.Value));
            case FilterTokenKind.Mtp3Field:
                var field = (Mtp3Field)Take().Value;
                ImmutableArray<FieldTest> tests = FieldTests();
                return Whole(new Mtp3FieldSyntax(SpanFrom(start), field, tests));
            default:
                Unexpected(AnyCondition);
                return Whole(Nothing);
        }
    }

    private Item BehindProtocol()
    {
        FilterToken word = Take();
        var protocol = (FilterProtocol)word.Value;
        return token.Kind switch
        {
            FilterTokenKind.Source or FilterTokenKind.Destination or FilterTokenKind.WlanAddress or FilterTokenKind.AddressType
                or FilterTokenKind.Gateway or FilterTokenKind.Proto or FilterTokenKind.ProtoChain => Head(protocol),
            FilterTokenKind.Broadcast or FilterTokenKind.Multicast => GroupCast(word.Span.Start, protocol),
            FilterTokenKind.Type or FilterTokenKind.Subtype or FilterTokenKind.Dir => Whole(Wlan(word.Span.Start)),
            _ when StartsIdentifier || token.Kind == FilterTokenKind.Number => Misqualified(word),
            _ => Whole(new ProtocolSyntax(word.Span, protocol)),
        };
    }

    private Item Misqualified(FilterToken protocol)
    {
        const string expected = "'and', 'or', a direction (src, dst) or a kind (host, net, port, portrange, proto)";
        if (token.Kind == FilterTokenKind.Name)
            Unexpected(expected);
        else
            Unexpected(expected, token.Kind == FilterTokenKind.Number ? $"{protocol.Text} port {token.Text}" : $"{protocol.Text} and host {token.Text}");
        return Whole(Nothing);
    }

    private Item Head(FilterProtocol protocol)
    {
        FilterDirection direction = Direction();
        FilterAddressType type = FilterAddressType.Default;
        if (token.Kind == FilterTokenKind.AddressType)
            type = (FilterAddressType)Take().Value;
        else if (direction == FilterDirection.Default)
            type = Take().Kind switch
            {
                FilterTokenKind.Gateway => FilterAddressType.Gateway,
                FilterTokenKind.Proto => FilterAddressType.Protocol,
                _ => FilterAddressType.ProtocolChain,
            };
        return Qualified(new FilterQualifiers(protocol, direction, type));
    }

    private FilterDirection Direction()
    {
        if (token.Kind == FilterTokenKind.WlanAddress)
            return (FilterDirection)Take().Value;
        if (token.Kind is not (FilterTokenKind.Source or FilterTokenKind.Destination))
            return FilterDirection.Default;
        bool isSource = Take().Kind == FilterTokenKind.Source;
        if (token.Kind is not (FilterTokenKind.And or FilterTokenKind.Or))
            return isSource ? FilterDirection.Source : FilterDirection.Destination;
        bool isOr = Take().Kind == FilterTokenKind.Or;
        Expect(isSource ? FilterTokenKind.Destination : FilterTokenKind.Source, isSource ? "'dst'" : "'src'");
        return isOr ? FilterDirection.SourceOrDestination : FilterDirection.SourceAndDestination;
    }

    private Item GroupCast(int start, FilterProtocol protocol)
    {
        bool isMulticast = Take().Kind == FilterTokenKind.Multicast;
        return Whole(new GroupCastSyntax(SpanFrom(start), protocol, isMulticast));
    }

    private ByteTestSyntax ByteTest(int start)
    {
        Take();
        uint offset = Expect(FilterTokenKind.Number, "the offset of a byte").Value;
        FilterTokenKind operation = token.Kind;
        if (operation is FilterTokenKind.Ampersand or FilterTokenKind.Bar or FilterTokenKind.LessThan or FilterTokenKind.GreaterThan or FilterTokenKind.Equal)
            Take();
        else
            Unexpected("=, <, >, & or |");
        uint value = Expect(FilterTokenKind.Number, "a number").Value;
        return new ByteTestSyntax(SpanFrom(start), offset, operation, value);
    }

    private EncapsulationSyntax Encapsulation()
    {
        FilterToken word = Take();
        var kind = (EncapsulationKind)word.Value;
        if (kind != EncapsulationKind.PppoeDiscovery && token.Kind is FilterTokenKind.Number or FilterTokenKind.LeftParenthesis)
        {
            int start = token.Span.Start;
            uint number = NumberInParentheses();
            return new EncapsulationSyntax(SpanFrom(word.Span.Start), kind, number) { NumberSpan = SpanFrom(start) };
        }
        return new EncapsulationSyntax(SpanFrom(word.Span.Start), kind, null);
    }

    private uint NumberInParentheses()
    {
        int open = 0;
        for (; token.Kind == FilterTokenKind.LeftParenthesis; open++)
            Take();
        uint number = Expect(FilterTokenKind.Number, "a number").Value;
        for (; open > 0; open--)
            Expect(FilterTokenKind.RightParenthesis, "')'");
        return number;
    }

    // A number, a comparison with one, or several in parentheses with "or" between.
    private ImmutableArray<FieldTest> FieldTests()
    {
        if (ComparisonOf(token.Kind) is { } comparison)
        {
            Take();
            return [new FieldTest(comparison, Expect(FilterTokenKind.Number, "a number").Value)];
        }
        if (token.Kind != FilterTokenKind.LeftParenthesis)
            return [new FieldTest(Comparison.Equal, Expect(FilterTokenKind.Number, "a number, a comparison with one, or (1 or 2)").Value)];
        Take();
        var tests = ImmutableArray.CreateBuilder<FieldTest>();
        tests.Add(new FieldTest(Comparison.Equal, Expect(FilterTokenKind.Number, "a number").Value));
        while (token.Kind == FilterTokenKind.Or)
        {
            Take();
            tests.Add(new FieldTest(Comparison.Equal, Expect(FilterTokenKind.Number, "a number").Value));
        }
        Expect(FilterTokenKind.RightParenthesis, "'or' or ')'");
        return tests.ToImmutable();
    }
}
