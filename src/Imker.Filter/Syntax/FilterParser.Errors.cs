using Imker.Diagnostics;

namespace Imker.Filter.Syntax;

internal sealed partial class FilterParser
{
    private FilterToken Expect(FilterTokenKind kind, string expected)
    {
        if (token.Kind == kind)
            return Take();
        FilterToken missing = token;
        Unexpected(expected);
        return missing with { Value = 0 };
    }

    /// <summary>Says what could stand where the token stands, and ends the reading.</summary>
    private void Unexpected(string expected, params ReadOnlySpan<string> hints)
    {
        // The lexer has told of a token that it does not know.
        if (token.Kind == FilterTokenKind.Bad)
        {
            Stop();
            return;
        }
        Fail(FilterErrorId.Unexpected, token.Span, $"{token.Description} stands where {expected} is expected{Proposal()}", hints);
    }

    // A word that is misspelt is a name, which shows only at the next: "or hosd 10.0.0.1".
    private string Proposal()
    {
        if (token.Kind == FilterTokenKind.Name && Spelling.Suggestion(token.Text, FilterKeywords.All) is { Length: > 0 } proposal)
            return proposal;
        return previous.Kind == FilterTokenKind.Name && Spelling.Nearest(previous.Text, FilterKeywords.All) is { } word
            ? $" (did you mean '{word}' by '{previous.Text}'?)"
            : "";
    }

    private void Fail(string id, SourceSpan span, string message, params ReadOnlySpan<string> hints)
    {
        if (!hasFailed)
            diagnostics.Error(id, span, $"cannot read the filter: {message}", hints);
        Stop();
    }

    private void Stop()
    {
        hasFailed = true;
        token = ahead = new FilterToken(FilterTokenKind.End, source.Span(source.Length, source.Length));
    }
}
