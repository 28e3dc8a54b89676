using Imker.Diagnostics;

namespace Imker.Filter.Syntax;

internal sealed partial class FilterParser
{
    private FilterSyntax Firewall()
    {
        FilterToken word = Take();
        var field = (FirewallField)word.Value;
        switch (field)
        {
            case FirewallField.Interface or FirewallField.RuleSet:
                string name = Expect(FilterTokenKind.Name, field == FirewallField.Interface ? "the name of an interface" : "the name of a rule set").Text;
                return new FirewallNameSyntax(SpanFrom(word.Span.Start), field, name);
            case FirewallField.RuleNumber or FirewallField.SubRuleNumber:
                uint number = Expect(FilterTokenKind.Number, "the number of a rule").Value;
                return new FirewallNumberSyntax(SpanFrom(word.Span.Start), field, number);
            case FirewallField.Reason when token.Kind == FilterTokenKind.Number:
                uint reason = Take().Value;
                return new FirewallNumberSyntax(SpanFrom(word.Span.Start), field, reason);
            default:
                uint named = Named("a reason", field == FirewallField.Reason ? WordTables.FirewallReasons : WordTables.FirewallActions, word.Text);
                return new FirewallNumberSyntax(SpanFrom(word.Span.Start), field, named);
        }
    }

    private BatmanSyntax Batman()
    {
        int start = Take().Span.Start;
        if (token.Kind is not (FilterTokenKind.Number or FilterTokenKind.LeftParenthesis))
            return new BatmanSyntax(SpanFrom(start), null, null);
        uint version = NumberInParentheses();
        if (token.Kind is FilterTokenKind.Number or FilterTokenKind.LeftParenthesis)
        {
            uint number = NumberInParentheses();
            return new BatmanSyntax(SpanFrom(start), version, number);
        }
        if (token.Kind != FilterTokenKind.Name)
            return new BatmanSyntax(SpanFrom(start), version, null);
        uint type = Named("a type of packet", WordTables.BatmanTypesOf(version), $"batadv {version}");
        return new BatmanSyntax(SpanFrom(start), version, type);
    }

    private FilterSyntax Wlan(int start)
    {
        switch (Take().Kind)
        {
            case FilterTokenKind.Type:
                uint type = NumberOrName("a frame type: mgt, ctl or data", WordTables.WlanTypes, WordTables.WlanTypeMask, "type");
                if (token.Kind != FilterTokenKind.Subtype)
                    return new WlanTypeSyntax(SpanFrom(start), type, WordTables.WlanTypeMask);
                Take();
                uint subtype = NumberOrName("a frame subtype", WordTables.WlanSubtypesOf(type), WordTables.WlanSubtypeMask, "subtype");
                return new WlanTypeSyntax(SpanFrom(start), type | subtype, WordTables.WlanTypeMask | WordTables.WlanSubtypeMask);
            case FilterTokenKind.Subtype:
                uint both = Named("a frame subtype", WordTables.WlanSubtypes, "subtype");
                return new WlanTypeSyntax(SpanFrom(start), both, WordTables.WlanTypeMask | WordTables.WlanSubtypeMask);
            default:
                uint direction = NumberOrName("a direction: nods, tods, fromds or dstods", WordTables.WlanDirections, uint.MaxValue, "dir");
                return new WlanDirectionSyntax(SpanFrom(start), direction);
        }
    }

    private FilterSyntax Llc(int start)
    {
        Take();
        // "rnr" is a word of the firewall's log too.
        if (token is { Kind: FilterTokenKind.FirewallField, Value: (uint)FirewallField.RuleNumber })
        {
            Take();
            return new LlcSyntax(SpanFrom(start), WordTables.LlcFormatOf("rnr"));
        }
        if (token.Kind != FilterTokenKind.Name)
            return new LlcSyntax(SpanFrom(start), null);
        FilterToken name = Take();
        LlcFormat? format = WordTables.LlcFormatOf(name.Text);
        if (format is null)
            UnknownName(name, "llc", WordTables.LlcNames);
        return new LlcSyntax(SpanFrom(start), format);
    }

    private uint NumberOrName(string expected, IReadOnlyList<(string Name, uint Value)> names, uint mask, string keyword)
    {
        if (token.Kind != FilterTokenKind.Number)
            return Named(expected, names, keyword);
        FilterToken number = Take();
        if ((number.Value & ~mask) != 0)
            Fail(FilterErrorId.BadNumber, number.Span, $"0x{number.Value:x} is no {keyword} of a frame: only the bits of 0x{mask:x} belong to it");
        return number.Value;
    }

    private uint Named(string expected, IReadOnlyList<(string Name, uint Value)> names, string keyword)
    {
        FilterToken name = Expect(FilterTokenKind.Name, expected);
        foreach (var (known, value) in names)
        {
            if (string.Equals(known, name.Text, StringComparison.OrdinalIgnoreCase))
                return value;
        }
        if (!hasFailed)
            UnknownName(name, keyword, names.Select(entry => entry.Name));
        return 0;
    }

    private void UnknownName(FilterToken name, string keyword, IEnumerable<string> known) =>
        Fail(FilterErrorId.UnknownName, name.Span, $"'{keyword}' has no '{name.Text}'{Spelling.Suggestion(name.Text, known)}", $"one of {string.Join(", ", known)}");
}
