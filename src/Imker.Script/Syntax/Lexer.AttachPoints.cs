using System.Collections.Immutable;
using System.Text;
using Imker.Diagnostics;

namespace Imker.Script.Syntax;

internal sealed partial class Lexer
{
    private readonly StringBuilder pieceText = new();

    /// <summary>Goes to the next attach point; false when a predicate or the action follows.</summary>
    public bool SkipToAttachPoint()
    {
        SkipTrivia();
        return position < end && text[position] is not ('{' or '/');
    }

    public bool TryTakeComma()
    {
        SkipTrivia();
        bool found = CharAt(position) == ',';
        position += found ? 1 : 0;
        return found;
    }

    /// <summary>
    /// Takes an attach point up to a blank, a comma, a bracket of the action, or the slash of a predicate. Gives its parts,
    /// which are one empty one where no attach point can start.
    /// </summary>
    public ImmutableArray<AttachPartSyntax> ScanAttachPoint()
    {
        var parts = ImmutableArray.CreateBuilder<AttachPartSyntax>();
        int lastColon = FindLastColon();
        do
            parts.Add(ScanAttachPart(lastColon));
        while (TryTakeColon());
        return parts.DrainToImmutable();
    }

    private bool TryTakeColon()
    {
        bool found = CharAt(position) == ':';
        position += found ? 1 : 0;
        return found;
    }

    private AttachPartSyntax ScanAttachPart(int lastColon)
    {
        var pieces = ImmutableArray.CreateBuilder<AttachPieceSyntax>();
        int start = position, pieceStart = position;
        bool isPath = CharAt(position) is '/' || text.AsSpan(position, end - position).StartsWith("./") ||
            text.AsSpan(position, end - position).StartsWith("../");
        while (position < end && !EndsAttachPart(text[position], isPath || position < lastColon))
        {
            char c = text[position];
            bool isParameter = c == '$' && char.IsAsciiDigit(CharAt(position + 1));
            if (c != '"' && !isParameter)
            {
                position += c == '\\' && position + 1 < end ? 1 : 0;
                pieceText.Append(text[position++]);
                continue;
            }
            AddTextPiece(pieces, pieceStart);
            pieces.Add(isParameter ? ScanParameterPiece() : ScanQuotedPiece());
            pieceStart = position;
        }
        AddTextPiece(pieces, pieceStart);
        return new AttachPartSyntax(source.Span(start, position), pieces.DrainToImmutable());
    }

    private bool EndsAttachPart(char c, bool slashBelongsToPath) =>
        c == '/' ? !slashBelongsToPath : char.IsWhiteSpace(c) || c is ':' or ',' or '{' or '}' or ';' or '(' or ')';

    private void AddTextPiece(ImmutableArray<AttachPieceSyntax>.Builder pieces, int start)
    {
        if (pieceText.Length == 0)
            return;
        pieces.Add(new AttachPieceSyntax(source.Span(start, position), pieceText.ToString(), isQuoted: false, parameter: 0));
        pieceText.Clear();
    }

    private AttachPieceSyntax ScanParameterPiece()
    {
        int start = position++;
        while (char.IsAsciiDigit(CharAt(position)))
            position++;
        SourceSpan span = source.Span(start, position);
        return new AttachPieceSyntax(span, text: null, isQuoted: false, ParameterNumber(span));
    }

    private AttachPieceSyntax ScanQuotedPiece()
    {
        int start = position++;
        while (position < end && text[position] is not ('"' or '\n'))
        {
            position += text[position] == '\\' && CharAt(position + 1) is '"' or '\\' ? 1 : 0;
            pieceText.Append(text[position++]);
        }
        if (CharAt(position) == '"')
        {
            position++;
        }
        else
        {
            diagnostics.Error(SyntaxErrorId.Unterminated, source.Span(start, position), "the quoted part of the probe does not end on its line",
                "close it with '\"'");
        }
        var piece = new AttachPieceSyntax(source.Span(start, position), pieceText.ToString(), isQuoted: true, parameter: 0);
        pieceText.Clear();
        return piece;
    }

    /// <summary>
    /// The last colon of the run of characters that may belong to the attach point: a slash before it is part of a path, one
    /// behind it starts a predicate.
    /// </summary>
    private int FindLastColon()
    {
        int last = -1;
        for (int i = position; i < end && (IsWordCharacter(text[i]) || text[i] is ':' or '/' or '.' or '-' or '+' or '*' or '#'
                 or '$' or '@' or '!' or '~' or '[' or ']' or '%' or '\\' or '"' || !char.IsAscii(text[i])); i++)
        {
            if (text[i] == '"' && text.IndexOf('"', i + 1) is > 0 and var close)
                i = close;
            else if (text[i] == ':')
                last = i;
        }
        return last;
    }

    /// <summary>The number of <c>$1</c>, reported where it is none that can be given.</summary>
    public int ParameterNumber(SourceSpan span)
    {
        if (int.TryParse(span.Text[1..], out int number) && number > 0)
            return number;
        diagnostics.Error(SyntaxErrorId.BadNumber, span, $"'{Shorten(span.Text)}' is no positional parameter", "they count from $1 on");
        return 1;
    }
}
