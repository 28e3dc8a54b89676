using Imker.Diagnostics;

namespace Imker.Script.Syntax;

internal sealed partial class Lexer
{
    private static readonly string[] DirectiveNames =
        ["define", "undef", "include", "if", "ifdef", "ifndef", "elif", "else", "endif", "error", "pragma"];

    private readonly List<DirectiveSyntax> directives = [];
    private readonly Stack<Condition> conditions = new();

    /// <summary>The <c>#include</c> and <c>#define</c> lines read so far.</summary>
    public IReadOnlyList<DirectiveSyntax> Directives => directives;

    /// <summary>An open <c>#if</c>: one of its branches was taken, or none yet.</summary>
    private sealed record Condition(SourceSpan Span)
    {
        public bool Taken { get; set; }

        public bool SeenElse { get; set; }
    }

    private void ReadDirective()
    {
        if (diagnostics.ErrorCount >= DiagnosticBag.MaxErrors)
        {
            position = end;
            return;
        }
        Directive directive = ScanDirectiveLine();
        switch (directive.Name)
        {
            case "include":
                ReadInclude(directive);
                break;
            case "define":
                ReadDefine(directive);
                break;
            case "undef":
                definitions.Remove(directive.Rest.Trim().ToString());
                break;
            case "if" or "ifdef" or "ifndef":
                OpenCondition(directive);
                break;
            case "elif" or "else" or "endif":
                ContinueCondition(directive, wasActive: true);
                break;
            case "error":
                Error(directive, $"#error {Shorten(directive.Rest.Trim())}");
                break;
            case "pragma":
                break;
            case "":
                if (!directive.Rest.IsWhiteSpace())
                    Error(directive, "expected the name of a preprocessor line after '#'");
                break;
            default:
                Error(directive, $"unknown preprocessor line '#{Shorten(directive.Name)}'" +
                    Spelling.Suggestion(directive.Name, DirectiveNames));
                break;
        }
    }

    private readonly record struct Directive(SourceText Source, string Name, int Start, int RestStart, int End)
    {
        public ReadOnlySpan<char> Rest => Source.Text.AsSpan(RestStart, End - RestStart);

        public SourceSpan Span => Source.Span(Start, End);
    }

    /// <summary>Takes one logical line that starts with '#': a backslash continues it, comments belong to it.</summary>
    private Directive ScanDirectiveLine()
    {
        int start = position++;
        while (CharAt(position) is ' ' or '\t')
            position++;
        int nameStart = position;
        SkipWord();
        string name = text[nameStart..position];
        int rest = position, last = position;
        while (position < end && text[position] != '\n')
        {
            if (text[position] == '/' && CharAt(position + 1) == '/')
            {
                position = EndOfLine(position);
            }
            else if (text[position] == '/' && CharAt(position + 1) == '*')
            {
                SkipBlockComment();
            }
            else if (text[position] == '"' && name != "error")
            {
                SkipQuoted();
                last = position;
            }
            else
            {
                bool continued = text[position] == '\\' && (CharAt(position + 1) == '\n' || CharAt(position + 1) == '\r');
                position += continued ? CharAt(position + 1) == '\r' ? 3 : 2 : 1;
                position = Math.Min(position, end);
                if (!continued && !char.IsWhiteSpace(text[position - 1]))
                    last = position;
            }
        }
        return new Directive(source, name, start, rest, Math.Max(last, rest));
    }

    private void SkipQuoted()
    {
        position++;
        while (position < end && text[position] is not ('"' or '\n'))
            position += text[position] == '\\' && CharAt(position + 1) != '\n' ? 2 : 1;
        position = Math.Min(end, position < end && text[position] == '"' ? position + 1 : position);
    }

    private void ReadInclude(Directive directive)
    {
        ReadOnlySpan<char> path = directive.Rest.Trim();
        bool isSystem = path is ['<', .., '>'];
        if (!isSystem && path is not ['"', .., '"'] || path.Length < 3)
        {
            Error(directive, "expected '<file>' or '\"file\"' after '#include'");
            return;
        }
        directives.Add(new IncludeSyntax(directive.Span, path[1..^1].ToString(), isSystem));
        if (!isSystem)
        {
            diagnostics.Warning(SyntaxErrorId.NotSupported, directive.Span, "the included file is not read",
                "types of the kernel come from its BTF; write other definitions into the script");
        }
    }

    private void ReadDefine(Directive directive)
    {
        ReadOnlySpan<char> rest = directive.Rest;
        int nameStart = directive.RestStart + rest.Length - rest.TrimStart().Length;
        int nameEnd = nameStart;
        while (nameEnd < directive.End && IsWordCharacter(text[nameEnd]))
            nameEnd++;
        if (nameEnd == nameStart || char.IsAsciiDigit(text[nameStart]))
        {
            Error(directive, "expected a name after '#define'");
            return;
        }
        string name = text[nameStart..nameEnd];
        if (nameEnd < directive.End && text[nameEnd] == '(')
        {
            Error(directive, $"the macro '{name}' takes arguments, which '#define' does not support yet in this version");
            return;
        }
        definitions[name] = new Definition(nameEnd, directive.End);
        directives.Add(new DefineSyntax(directive.Span, name, text[nameEnd..directive.End].Trim()));
    }

    private void OpenCondition(Directive directive)
    {
        var condition = new Condition(directive.Span) { Taken = Evaluate(directive) };
        conditions.Push(condition);
        if (!condition.Taken)
            SkipInactive();
    }

    private void ContinueCondition(Directive directive, bool wasActive)
    {
        if (!conditions.TryPeek(out Condition? condition))
        {
            Error(directive, $"'#{directive.Name}' without an '#if' before it");
            return;
        }
        if (directive.Name == "endif")
        {
            conditions.Pop();
            return;
        }
        if (condition.SeenElse)
            Error(directive, $"'#{directive.Name}' after '#else'");
        condition.SeenElse |= directive.Name == "else";
        if (!condition.Taken && (directive.Name == "else" || Evaluate(directive)))
        {
            condition.Taken = true;
            return;
        }
        if (wasActive)
            SkipInactive();
    }

    /// <summary>Skips lines to the directive that ends the branch, over whole conditions inside it.</summary>
    private void SkipInactive()
    {
        int depth = 0;
        while (true)
        {
            position = Math.Min(end, EndOfLine(position) + 1);
            while (CharAt(position) is ' ' or '\t')
                position++;
            if (position >= end)
                return;
            if (text[position] != '#')
                continue;
            Directive directive = ScanDirectiveLine();
            if (directive.Name is "if" or "ifdef" or "ifndef")
            {
                depth++;
            }
            else if (depth > 0)
            {
                depth -= directive.Name == "endif" ? 1 : 0;
            }
            else if (directive.Name is "elif" or "else" or "endif")
            {
                Condition condition = conditions.Peek();
                bool taken = condition.Taken;
                ContinueCondition(directive, wasActive: false);
                if (directive.Name == "endif" || condition.Taken != taken)
                    return;
            }
        }
    }

    /// <summary>What the conditions of tracing scripts ask: a number, or whether a name is defined, negated or not.</summary>
    private bool Evaluate(Directive directive)
    {
        ReadOnlySpan<char> rest = directive.Rest.Trim();
        if (directive.Name == "ifdef")
            return IsDefined(rest);
        if (directive.Name == "ifndef")
            return !IsDefined(rest);
        bool negated = false;
        while (rest is ['!', ..])
        {
            negated = !negated;
            rest = rest[1..].TrimStart();
        }
        if (rest.StartsWith("defined"))
        {
            rest = rest["defined".Length..].Trim();
            return negated != IsDefined(rest is ['(', .., ')'] ? rest[1..^1].Trim() : rest);
        }
        if (IntegerLiteral.TryParse(rest, out ulong value, out _))
            return negated != (value != 0);
        if (rest.Length > 0 && IsWord(rest))
            return negated != IsDefined(rest);
        Error(directive, $"cannot evaluate the condition of '#{directive.Name}'", "a number, a name, or 'defined(NAME)' is understood");
        return false;
    }

    private static bool IsWord(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (!IsWordCharacter(c))
                return false;
        }
        return true;
    }

    private bool IsDefined(ReadOnlySpan<char> name) => definitions.GetAlternateLookup<ReadOnlySpan<char>>().ContainsKey(name);

    private void ReportOpenConditions()
    {
        while (conditions.TryPop(out Condition? condition))
            diagnostics.Error(SyntaxErrorId.Unbalanced, condition.Span, "this condition has no '#endif'");
    }

    private void Error(Directive directive, string message, params ReadOnlySpan<string> hints) =>
        diagnostics.Error(SyntaxErrorId.BadDirective, directive.Span, message, hints);

    internal static string Shorten(ReadOnlySpan<char> text) => text.Length <= 40 ? text.ToString() : $"{text[..40]}…";
}
