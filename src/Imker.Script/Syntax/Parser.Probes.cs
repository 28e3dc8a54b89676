using System.Collections.Immutable;
using Imker.Diagnostics;

namespace Imker.Script.Syntax;

internal sealed partial class Parser
{
    private bool inPredicate;

    private ProbeSyntax ParseProbe()
    {
        int start = current.Start;
        ImmutableArray<AttachPointSyntax> attachPoints = ParseAttachPoints();
        ExpressionSyntax? predicate = At(TokenKind.Slash) ? ParsePredicate() : null;
        if (!At(TokenKind.OpenBrace))
        {
            ReportExpected(predicate is null ? "'{', a predicate between slashes, or ',' and another probe" : "'{' after the predicate");
            SkipToAction();
        }
        BlockSyntax body = ParseBlock("the action of the probe");
        return new ProbeSyntax(SpanFrom(start), attachPoints, predicate, body);
    }

    private ImmutableArray<AttachPointSyntax> ParseAttachPoints()
    {
        var points = ImmutableArray.CreateBuilder<AttachPointSyntax>();
        do
        {
            if (points.Count > 0)
                Report(SyntaxErrorId.Unexpected, source.Span(previousEnd, previousEnd), "expected ',' between two probes");
            lexer.Seek(current.Start);
            lookahead.Clear();
            do
            {
                if (!lexer.SkipToAttachPoint())
                    break;
                points.Add(ParseAttachPoint());
            }
            while (!HasEnoughErrors && lexer.TryTakeComma());
            Advance();
        }
        while (AtProbeStart());
        return points.DrainToImmutable();
    }

    private AttachPointSyntax ParseAttachPoint()
    {
        ImmutableArray<AttachPartSyntax> parts = lexer.ScanAttachPoint();
        SourceSpan span = parts[0].Span.To(parts[^1].Span);
        previousEnd = span.End;
        NameSyntax? name = null;
        if (parts[0].Pieces is [{ Text: { } first, IsQuoted: false } piece] && first.IndexOf('=') is > 0 and var equal && equal < first.Length - 1)
        {
            name = new NameSyntax(source.Span(piece.Span.Start, piece.Span.Start + equal), first[..equal]);
            SourceSpan rest = source.Span(piece.Span.Start + equal + 1, piece.Span.End);
            parts = parts.SetItem(0, new AttachPartSyntax(rest, [new AttachPieceSyntax(rest, first[(equal + 1)..], isQuoted: false, parameter: 0)]));
        }
        return new AttachPointSyntax(span, name, FindProvider(parts, span), parts);
    }

    private ProbeProvider? FindProvider(ImmutableArray<AttachPartSyntax> parts, SourceSpan span)
    {
        if (parts[0].Pieces.IsEmpty)
        {
            Report(SyntaxErrorId.Unexpected, span.Length > 0 ? span : source.Span(span.Start, Math.Min(span.Start + 1, source.Length)),
                "expected a probe", "a probe is written 'provider:name', as in 'interval:s:1'");
            return null;
        }
        if (parts[0].Pieces is not [{ Text: { } text }])
        {
            Report(SyntaxErrorId.UnknownProvider, parts[0].Span, "expected a probe type as a plain word");
            return null;
        }
        ProbeProvider? provider = ProbeProvider.Find(text);
        if (provider is null)
        {
            string suggestion = Spelling.Suggestion(text, ProbeProvider.Names);
            diagnostics.Error(SyntaxErrorId.UnknownProvider, parts[0].Span, $"unknown probe type '{Lexer.Shorten(text)}'{suggestion}",
                suggestion.Length > 0 ? [] : [$"there are {string.Join(", ", ProbeProvider.Names)}"]);
        }
        else if (!provider.IsBare && parts.Length == 1)
        {
            diagnostics.Error(SyntaxErrorId.Unexpected, span, $"expected ':' and what to trace after '{text}'",
                $"it is written '{provider.Name}{provider.Form}'");
        }
        else if (provider.IsBare && parts.Length > 1)
        {
            diagnostics.Error(SyntaxErrorId.Unexpected, parts[1].Span.To(parts[^1].Span), $"'{text}' stands alone, without a colon");
        }
        return provider;
    }

    /// <summary><c>/ condition /</c>, where a slash before the brace of the action ends the condition.</summary>
    private ExpressionSyntax ParsePredicate()
    {
        Take();
        inPredicate = true;
        ExpressionSyntax predicate = ParseExpression();
        inPredicate = false;
        if (!Expect(TokenKind.Slash, "to end the predicate"))
            SkipToAction();
        return predicate;
    }
}
