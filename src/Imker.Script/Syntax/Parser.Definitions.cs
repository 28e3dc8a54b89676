using System.Collections.Immutable;
using Imker.Diagnostics;

namespace Imker.Script.Syntax;

/// <summary>The part of C that declares types.</summary>
internal sealed partial class Parser
{
    private void ParseTypeDefinition()
    {
        if (At(TokenKind.Typedef))
        {
            ParseTypedef();
            return;
        }
        if (Peek(1) != TokenKind.OpenBrace && Peek(2) == TokenKind.Semicolon)
        {
            // A forward declaration says nothing that the parser must know.
            Take();
            Take();
            Take();
            return;
        }
        typeDefinitions.Add(ParseTagDefinition());
        if (!HasErrorHere)
            TryTake(TokenKind.Semicolon);
    }

    private void ParseTypedef()
    {
        int start = Take().Start;
        TypeSyntax type = ParseFieldType();
        FieldSyntax declarator = ParseDeclarator(type);
        if (declarator.Name is { } name)
        {
            typedefs.Add(name.Text);
            typeDefinitions.Add(new TypedefSyntax(SpanFrom(start), declarator.Type, name));
        }
        else if (!HasErrorHere)
        {
            ReportExpected("the name of the new type");
        }
        EndStatement();
    }

    private TypeDefinitionSyntax ParseTagDefinition()
    {
        Token keyword = Take();
        ImmutableArray<AttributeSyntax> before = ParseAttributes();
        NameSyntax? name = At(TokenKind.OpenBrace) ? null : ExpectName($"the name of the {TextOf(keyword)}");
        if (keyword.Kind == TokenKind.Enum && TryTake(TokenKind.Colon))
            ParseType();
        Token open = current;
        bool opened = Expect(TokenKind.OpenBrace, "to open the definition");
        return keyword.Kind == TokenKind.Enum
            ? ParseEnumBody(keyword, name, opened)
            : ParseStructBody(keyword, name, before, opened ? open : null);
    }

    private StructDefinitionSyntax ParseStructBody(Token keyword, NameSyntax? name, ImmutableArray<AttributeSyntax> before, Token? open)
    {
        var fields = ImmutableArray.CreateBuilder<FieldSyntax>();
        if (open is { } brace && Descend())
        {
            while (!At(TokenKind.CloseBrace) && !At(TokenKind.EndOfFile) && !AtProbeStart())
            {
                int token = taken;
                ParseFields(fields);
                if (taken == token)
                    Take();
            }
            Ascend();
            if (!TryTake(TokenKind.CloseBrace))
                ReportMissingBrace(brace, "the definition");
        }
        ImmutableArray<AttributeSyntax> attributes = before.AddRange(ParseAttributes());
        return new StructDefinitionSyntax(SpanFrom(keyword.Start), TagKindOf(keyword.Kind), name, fields.DrainToImmutable(), attributes);
    }

    /// <summary>One line of a struct: a type and any number of declarators.</summary>
    private void ParseFields(ImmutableArray<FieldSyntax>.Builder fields)
    {
        if (TryTake(TokenKind.Semicolon))
            return;
        TypeSyntax type = ParseFieldType();
        if (At(TokenKind.Semicolon) && type is InlineTypeSyntax)
        {
            fields.Add(new FieldSyntax(type.Span, type, name: null, bitWidth: null));
        }
        else if (!HasErrorHere)
        {
            do
                fields.Add(ParseDeclarator(type));
            while (TryTake(TokenKind.Comma));
        }
        if (HasErrorHere || !Expect(TokenKind.Semicolon, "after the field"))
            SkipToNextField();
    }

    private void SkipToNextField()
    {
        while (!At(TokenKind.EndOfFile) && !At(TokenKind.CloseBrace) && !TryTake(TokenKind.Semicolon) && !AtProbeStart())
            Take();
    }

    private TypeSyntax ParseFieldType()
    {
        SkipQualifiers();
        bool isDefinition = current.Kind is TokenKind.Struct or TokenKind.Union or TokenKind.Enum &&
            (Peek(1) == TokenKind.OpenBrace || Peek(2) == TokenKind.OpenBrace);
        if (!isDefinition)
        {
            TypeSyntax named = ParseTypeName();
            SkipQualifiers();
            return named;
        }
        if (!Descend())
            return new ErrorTypeSyntax(SpanOf(current));
        TypeDefinitionSyntax definition = ParseTagDefinition();
        Ascend();
        return new InlineTypeSyntax(definition.Span, definition);
    }

    /// <summary>Pointers, a name, array sizes and a bit width; or a pointer to a function.</summary>
    private FieldSyntax ParseDeclarator(TypeSyntax type)
    {
        int start = current.Start;
        int levels = 0;
        while (TryTake(TokenKind.Star))
        {
            levels++;
            if (!Descend())
                break;
            SkipQualifiers();
            type = new PointerTypeSyntax(type.Span.To(SpanFrom(start)), type);
        }
        nesting -= levels;
        if (At(TokenKind.OpenParen))
            return ParseFunctionPointer(start, type);
        NameSyntax? name = At(TokenKind.Colon) ? null : ExpectName("the name of a field");
        type = ParseArraySizes(type);
        ExpressionSyntax? bitWidth = TryTake(TokenKind.Colon) ? ParseExpression() : null;
        ParseAttributes();
        return new FieldSyntax(type.Span.To(SpanFrom(start)), type, name, bitWidth);
    }

    /// <summary><c>int a[2][3]</c> is two arrays of three: the last size belongs to the innermost array.</summary>
    private TypeSyntax ParseArraySizes(TypeSyntax element)
    {
        var lengths = new List<(SourceSpan Span, ExpressionSyntax? Length)>();
        while (At(TokenKind.OpenBracket) && lengths.Count < MaxLookahead)
        {
            int start = Take().Start;
            ExpressionSyntax? length = At(TokenKind.CloseBracket) ? null : ParseExpression();
            Close(TokenKind.CloseBracket, "to close the array's size");
            lengths.Add((SpanFrom(start), length));
        }
        for (int i = lengths.Count - 1; i >= 0; i--)
            element = new ArrayTypeSyntax(element.Span.To(lengths[i].Span), element, lengths[i].Length);
        return element;
    }

    private FieldSyntax ParseFunctionPointer(int start, TypeSyntax result)
    {
        Take();
        Expect(TokenKind.Star, "and the name of a function pointer");
        SkipQualifiers();
        NameSyntax? name = ExpectName("the name of a function pointer");
        Close(TokenKind.CloseParen, "after the name of the function pointer");
        if (Expect(TokenKind.OpenParen, "to open the parameters of the function"))
            SkipPast(TokenKind.CloseParen);
        SourceSpan span = result.Span.To(SpanFrom(start));
        return new FieldSyntax(span, new FunctionPointerTypeSyntax(span), name, bitWidth: null);
    }

    private EnumDefinitionSyntax ParseEnumBody(Token keyword, NameSyntax? name, bool opened)
    {
        var enumerators = ImmutableArray.CreateBuilder<EnumeratorSyntax>();
        while (opened && !At(TokenKind.CloseBrace) && !At(TokenKind.EndOfFile))
        {
            int start = current.Start;
            if (ExpectName("the name of an enumerator") is not { } enumerator)
                break;
            ExpressionSyntax? value = TryTake(TokenKind.Equal) ? ParseExpression() : null;
            enumerators.Add(new EnumeratorSyntax(SpanFrom(start), enumerator, value));
            if (!TryTake(TokenKind.Comma))
                break;
        }
        if (opened && !Expect(TokenKind.CloseBrace, "to close the definition"))
        {
            SkipToNextField();
            TryTake(TokenKind.CloseBrace);
        }
        ParseAttributes();
        return new EnumDefinitionSyntax(SpanFrom(keyword.Start), name, enumerators.DrainToImmutable());
    }

    /// <summary><c>__attribute__((packed, aligned(8)))</c>, any number of times.</summary>
    private ImmutableArray<AttributeSyntax> ParseAttributes()
    {
        if (!At(TokenKind.Identifier) || TextOf(current) is not "__attribute__")
            return [];
        var attributes = ImmutableArray.CreateBuilder<AttributeSyntax>();
        while (At(TokenKind.Identifier) && TextOf(current) is "__attribute__")
        {
            Take();
            if (!Expect(TokenKind.OpenParen, "after '__attribute__'") || !Expect(TokenKind.OpenParen, "after '__attribute__'"))
                break;
            do
            {
                int start = current.Start;
                if (ExpectName("the name of an attribute") is not { } name)
                    break;
                ExpressionSyntax? argument = At(TokenKind.OpenParen) ? ParseParenthesized() : null;
                attributes.Add(new AttributeSyntax(SpanFrom(start), name, argument));
            }
            while (TryTake(TokenKind.Comma));
            Close(TokenKind.CloseParen, "to close the attribute");
            Close(TokenKind.CloseParen, "to close the attribute");
        }
        return attributes.DrainToImmutable();
    }
}
