using System.Collections.Immutable;
using Imker.Diagnostics;

namespace Imker.Script.Syntax;

internal sealed partial class Parser
{
    private readonly ImmutableArray<TypeDefinitionSyntax>.Builder typeDefinitions = ImmutableArray.CreateBuilder<TypeDefinitionSyntax>();
    private readonly ImmutableArray<ConfigSettingSyntax>.Builder config = ImmutableArray.CreateBuilder<ConfigSettingSyntax>();
    private readonly ImmutableArray<ImportSyntax>.Builder imports = ImmutableArray.CreateBuilder<ImportSyntax>();
    private readonly ImmutableArray<MapDeclarationSyntax>.Builder maps = ImmutableArray.CreateBuilder<MapDeclarationSyntax>();
    private readonly ImmutableArray<MacroSyntax>.Builder macros = ImmutableArray.CreateBuilder<MacroSyntax>();
    private readonly ImmutableArray<ProbeSyntax>.Builder probes = ImmutableArray.CreateBuilder<ProbeSyntax>();

    public ScriptSyntax ParseScript()
    {
        while (!At(TokenKind.EndOfFile))
        {
            int before = taken;
            ParseTopLevel();
            if (taken == before)
                SkipToTopLevel();
        }
        return new ScriptSyntax(source.Span(0, source.Length))
        {
            Directives = [.. lexer.Directives],
            TypeDefinitions = typeDefinitions.DrainToImmutable(),
            Config = config.DrainToImmutable(),
            Imports = imports.DrainToImmutable(),
            Maps = maps.DrainToImmutable(),
            Macros = macros.DrainToImmutable(),
            Probes = probes.DrainToImmutable(),
        };
    }

    private void ParseTopLevel()
    {
        switch (current.Kind)
        {
            case TokenKind.Struct or TokenKind.Union or TokenKind.Enum or TokenKind.Typedef:
                ParseTypeDefinition();
                break;
            case TokenKind.Config:
                ParseConfig();
                break;
            case TokenKind.Import:
                ParseImport();
                break;
            case TokenKind.Let:
                ParseMapDeclaration();
                break;
            case TokenKind.Macro:
                ParseMacro();
                break;
            case TokenKind.Identifier:
                probes.Add(ParseProbe());
                break;
            case TokenKind.Semicolon:
                Take();
                break;
            default:
                ParseMisplaced();
                break;
        }
    }

    private void ParseMisplaced()
    {
        if (At(TokenKind.Fn))
        {
            Report(SyntaxErrorId.NotSupported, SpanOf(current), "functions are not supported yet in this version", "use a 'macro'");
        }
        else if (At(TokenKind.CloseBrace))
        {
            Report(SyntaxErrorId.Unbalanced, SpanOf(current), "this '}' closes nothing");
            Take();
            return;
        }
        else
        {
            ReportExpected("a probe", "a probe is written 'provider:name { … }', as in 'interval:s:1 { print(@); }'");
        }
        SkipToTopLevel();
    }

    private void ParseConfig()
    {
        Take();
        if (!Expect(TokenKind.Equal, "after 'config'") || !Expect(TokenKind.OpenBrace, "to open the configuration"))
        {
            SkipToTopLevel();
            return;
        }
        while (!At(TokenKind.CloseBrace) && !At(TokenKind.EndOfFile) && !AtProbeStart())
        {
            int before = taken;
            if (TryTake(TokenKind.Semicolon))
                continue;
            ParseConfigSetting();
            if (taken == before)
                Take();
            else if (!HasErrorHere)
                continue;
            SkipToNextStatement();
        }
        Expect(TokenKind.CloseBrace, "to close the configuration");
    }

    private void ParseConfigSetting()
    {
        int start = current.Start;
        if (ExpectName("the name of a setting") is not { } key || !Expect(TokenKind.Equal, $"after '{Lexer.Shorten(key.Text)}'"))
            return;
        ExpressionSyntax value = ParseExpression();
        config.Add(new ConfigSettingSyntax(SpanFrom(start), key, value));
        if (!At(TokenKind.CloseBrace))
            Expect(TokenKind.Semicolon, "after the setting");
    }

    private void ParseImport()
    {
        int start = Take().Start;
        if (At(TokenKind.String))
        {
            StringLiteralSyntax path = ParseString();
            imports.Add(new ImportSyntax(SpanFrom(start), path));
            TryTake(TokenKind.Semicolon);
        }
        else
        {
            ReportExpected("the path to import as a string");
            SkipToNextStatement();
        }
    }

    private void ParseMapDeclaration()
    {
        int start = Take().Start;
        if (!At(TokenKind.Map))
        {
            string hint = At(TokenKind.Variable) ? "variables live inside of probes; what several probes share is a map, '@name'" : "as in 'let @m = hash(100);'";
            ReportExpected("a map after 'let'", hint);
            SkipToNextStatement();
            return;
        }
        MapSyntax map = ParseMap();
        if (Expect(TokenKind.Equal, "and the type of the map") && ParseExpression() is var type && !HasErrorHere)
        {
            if (type is CallSyntax call)
                maps.Add(new MapDeclarationSyntax(SpanFrom(start), map, call));
            else
                diagnostics.Error(SyntaxErrorId.Unexpected, type.Span, "expected the type of a map and its size", "as in 'hash(100)'");
        }
        EndStatement();
    }

    private void ParseMacro()
    {
        int start = Take().Start;
        if (ExpectName("the name of the macro") is not { } name || !Expect(TokenKind.OpenParen, "to open the parameter list"))
        {
            SkipToAction();
            return;
        }
        var parameters = ImmutableArray.CreateBuilder<ExpressionSyntax>();
        while (!At(TokenKind.CloseParen) && !At(TokenKind.EndOfFile))
        {
            if (ParseMacroParameter() is not { } parameter)
                break;
            parameters.Add(parameter);
            if (!TryTake(TokenKind.Comma))
                break;
        }
        if (!Expect(TokenKind.CloseParen, "to close the parameter list"))
            SkipToAction();
        BlockSyntax body = ParseBlock("the body of the macro");
        macros.Add(new MacroSyntax(SpanFrom(start), name, parameters.DrainToImmutable(), body));
    }

    private ExpressionSyntax? ParseMacroParameter()
    {
        switch (current.Kind)
        {
            case TokenKind.Variable:
                return ParseVariable();
            case TokenKind.Map:
                return ParseMap();
            case TokenKind.Identifier:
                Token token = Take();
                return new IdentifierSyntax(SpanOf(token), TextOf(token).ToString());
            default:
                ReportExpected("a parameter: a variable, a map, or a name");
                return null;
        }
    }
}
