using System.Collections.Frozen;
using Imker.Diagnostics;

namespace Imker.Script.Syntax;

internal sealed partial class Parser
{
    // Words of C that make up one type together: unsigned long long int.
    private static readonly FrozenSet<string> WordsOfC =
        FrozenSet.Create("unsigned", "signed", "char", "short", "int", "long", "float", "double");

    // Names that are certainly types, so that "(uint64)-1" is a cast and "(pid)-1" a subtraction. Names in _t are types as well.
    private static readonly FrozenSet<string> TypeNames = FrozenSet.Create(
        "bool", "void", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "string", "buffer", "inet",
        "timestamp", "unsigned", "signed", "char", "short", "int", "long", "float", "double",
        "u8", "u16", "u32", "u64", "s8", "s16", "s32", "s64", "__u8", "__u16", "__u32", "__u64", "__s8", "__s16", "__s32", "__s64");

    private readonly HashSet<string> typedefs = new(StringComparer.Ordinal);

    private enum TypeCertainty
    {
        /// <summary>A name that may be a type or something else.</summary>
        Possible,
        Certain,
    }

    /// <summary>Whether the parenthesis here starts a cast.</summary>
    private bool AtCast()
    {
        int end = ScanType(1, out TypeCertainty certainty);
        if (end <= 1 || Peek(end) != TokenKind.CloseParen)
            return false;
        if (certainty == TypeCertainty.Certain)
            return true;
        // "(name) x" can only be a cast where x begins an operand and cannot go on as a binary operator.
        Token next = PeekToken(end + 1);
        bool sameLine = !source.Text.AsSpan(PeekToken(end).End, Math.Max(0, next.Start - PeekToken(end).End)).Contains('\n');
        return sameLine && next.Kind is TokenKind.Identifier or TokenKind.Integer or TokenKind.String or TokenKind.Variable
            or TokenKind.Map or TokenKind.Parameter or TokenKind.OpenParen or TokenKind.Bang or TokenKind.Tilde;
    }

    /// <summary>Looks ahead over a type without taking it; gives the distance of the token behind it, or -1.</summary>
    private int ScanType(int distance, out TypeCertainty certainty)
    {
        certainty = TypeCertainty.Certain;
        while (distance < MaxLookahead && IsQualifier(PeekToken(distance)))
            distance++;
        switch (Peek(distance))
        {
            case TokenKind.Struct or TokenKind.Union or TokenKind.Enum when TokenFacts.IsName(Peek(distance + 1)):
                distance += 2;
                break;
            case TokenKind.Typeof when Peek(distance + 1) == TokenKind.OpenParen:
                distance = ScanParentheses(distance + 1);
                break;
            case TokenKind.Identifier:
                certainty = IsTypeName(PeekToken(distance)) ? TypeCertainty.Certain : TypeCertainty.Possible;
                do
                    distance++;
                while (distance < MaxLookahead && IsWordOfC(PeekToken(distance)) && IsWordOfC(PeekToken(distance - 1)));
                break;
            default:
                return -1;
        }
        return ScanTypeSuffixes(distance, ref certainty);
    }

    private int ScanTypeSuffixes(int distance, ref TypeCertainty certainty)
    {
        while (distance is > 0 and < MaxLookahead)
        {
            if (Peek(distance) == TokenKind.Star || IsQualifier(PeekToken(distance)))
            {
                // "(a * b)" is a product: only a star before ')', '[' or another star makes a type of it.
                if (Peek(distance + 1) is not (TokenKind.Star or TokenKind.CloseParen or TokenKind.OpenBracket) && !IsQualifier(PeekToken(distance + 1)))
                    return -1;
                certainty = TypeCertainty.Certain;
                distance++;
            }
            else if (Peek(distance) == TokenKind.OpenBracket && Peek(distance + 1) == TokenKind.CloseBracket)
            {
                certainty = TypeCertainty.Certain;
                distance += 2;
            }
            else if (Peek(distance) == TokenKind.OpenBracket && Peek(distance + 2) == TokenKind.CloseBracket)
            {
                distance += 3;
            }
            else
            {
                return distance;
            }
        }
        return -1;
    }

    private int ScanParentheses(int distance)
    {
        int depth = 0;
        for (; distance < MaxLookahead && Peek(distance) != TokenKind.EndOfFile; distance++)
        {
            depth += Peek(distance) == TokenKind.OpenParen ? 1 : Peek(distance) == TokenKind.CloseParen ? -1 : 0;
            if (depth == 0)
                return distance + 1;
        }
        return -1;
    }

    private bool IsTypeName(Token token) =>
        TextOf(token).EndsWith("_t") || TypeNames.GetAlternateLookup<ReadOnlySpan<char>>().Contains(TextOf(token)) ||
        typedefs.GetAlternateLookup<ReadOnlySpan<char>>().Contains(TextOf(token));

    private bool IsWordOfC(Token token) =>
        token.Kind == TokenKind.Identifier && WordsOfC.GetAlternateLookup<ReadOnlySpan<char>>().Contains(TextOf(token));

    private bool IsQualifier(Token token) => token.Kind == TokenKind.Identifier && TextOf(token) is "const" or "volatile" or "__user" or "__rcu";

    private void SkipQualifiers()
    {
        while (IsQualifier(current))
            Take();
    }

    private TypeSyntax ParseType()
    {
        int start = current.Start;
        TypeSyntax type = ParseTypeName();
        int suffixes = 0;
        while (At(TokenKind.Star) || At(TokenKind.OpenBracket) || IsQualifier(current))
        {
            if (IsQualifier(current))
            {
                Take();
                continue;
            }
            suffixes++;
            if (!Descend())
                return type;
            type = TryTake(TokenKind.Star) ? new PointerTypeSyntax(SpanFrom(start), type) : ParseArrayType(start, type);
        }
        nesting -= suffixes;
        return type;
    }

    private ArrayTypeSyntax ParseArrayType(int start, TypeSyntax element)
    {
        Take();
        ExpressionSyntax? length = At(TokenKind.CloseBracket) ? null : ParseExpression();
        Close(TokenKind.CloseBracket, "to close the array's size");
        return new ArrayTypeSyntax(SpanFrom(start), element, length);
    }

    private TypeSyntax ParseTypeName()
    {
        SkipQualifiers();
        switch (current.Kind)
        {
            case TokenKind.Struct or TokenKind.Union or TokenKind.Enum:
                return ParseTagType();
            case TokenKind.Typeof:
                return ParseTypeof();
            case TokenKind.Identifier:
                return ParseNamedType();
            default:
                ReportExpected("a type");
                return new ErrorTypeSyntax(SpanOf(current));
        }
    }

    private TypeSyntax ParseTagType()
    {
        Token keyword = Take();
        TagKind kind = TagKindOf(keyword.Kind);
        return ExpectName($"the name of the {TextOf(keyword)}") is { } name
            ? new TagTypeSyntax(SpanFrom(keyword.Start), kind, name)
            : new ErrorTypeSyntax(SpanFrom(keyword.Start));
    }

    private static TagKind TagKindOf(TokenKind keyword) => keyword switch
    {
        TokenKind.Struct => TagKind.Struct,
        TokenKind.Union => TagKind.Union,
        _ => TagKind.Enum,
    };

    private TypeSyntax ParseTypeof()
    {
        int start = Take().Start;
        if (!Expect(TokenKind.OpenParen, "after 'typeof'"))
            return new ErrorTypeSyntax(SpanFrom(start));
        ExpressionSyntax operand = ParseTypeOrExpression();
        Close(TokenKind.CloseParen, "to close 'typeof'");
        return new TypeofSyntax(SpanFrom(start), operand);
    }

    private NamedTypeSyntax ParseNamedType()
    {
        Token first = Take();
        string name = TextOf(first).ToString();
        SourceSpan span = SpanOf(first);
        if (WordsOfC.Contains(name))
        {
            while (IsWordOfC(current) || IsQualifier(current))
            {
                if (IsWordOfC(current) && name.Length < 64)
                    name = $"{name} {TextOf(current)}";
                span = span.To(SpanOf(Take()));
            }
        }
        return new NamedTypeSyntax(span, name);
    }
}
