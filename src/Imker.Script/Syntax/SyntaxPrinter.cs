using System.Collections.Immutable;
using System.Text;

namespace Imker.Script.Syntax;

/// <summary>Writes a syntax tree as nested lists: a line for each statement, expressions within it.</summary>
public sealed partial class SyntaxPrinter
{
    private readonly StringBuilder output = new();
    private int indentation;

    private SyntaxPrinter()
    {
    }

    public static string Print(ScriptSyntax script)
    {
        var printer = new SyntaxPrinter();
        printer.WriteScript(script);
        return printer.output.ToString();
    }

    public static string Print(ExpressionSyntax expression)
    {
        var printer = new SyntaxPrinter();
        printer.WriteExpression(expression);
        return printer.output.ToString();
    }

    private void WriteScript(ScriptSyntax script)
    {
        foreach (DirectiveSyntax directive in script.Directives)
            Line(directive is IncludeSyntax include ? $"(include {include.Path})" : $"(define {((DefineSyntax)directive).Name} {((DefineSyntax)directive).Value})");
        foreach (TypeDefinitionSyntax definition in script.TypeDefinitions)
            Line(() => WriteDefinition(definition));
        foreach (ConfigSettingSyntax setting in script.Config)
            Line(() => WriteList("config", setting.Key.Text, setting.Value));
        foreach (ImportSyntax import in script.Imports)
            Line(() => WriteList("import", null, import.Path));
        foreach (MapDeclarationSyntax map in script.Maps)
            Line(() => WriteList("map", map.Map.Name, map.Type));
        foreach (MacroSyntax macro in script.Macros)
            WriteMacro(macro);
        foreach (ProbeSyntax probe in script.Probes)
            WriteProbe(probe);
    }

    private void WriteMacro(MacroSyntax macro)
    {
        Line(() => WriteList("macro", macro.Name.Text, macro.Parameters.AsSpan()));
        WriteBlock(macro.Body);
    }

    private void WriteProbe(ProbeSyntax probe)
    {
        Line("(probe");
        indentation++;
        foreach (AttachPointSyntax point in probe.AttachPoints)
            Line(AttachPoint(point));
        if (probe.Predicate is { } predicate)
            Line(() => WriteList("predicate", null, predicate));
        WriteBlock(probe.Body);
        indentation--;
        Close();
    }

    private static string AttachPoint(AttachPointSyntax point)
    {
        string name = point.Name is { } label ? $"{label.Text}=" : "";
        IEnumerable<string> parts = point.Parts.Skip(1).Select(part =>
            part.Pieces.IsEmpty ? "-" : string.Concat(part.Pieces.Select(piece =>
                piece.Text is null ? $"${piece.Parameter}" : piece.IsQuoted ? Quote(piece.Text) : piece.Text)));
        return $"(attach {string.Join(' ', parts.Prepend(name + (point.Provider?.Name ?? "?")))})";
    }

    private void WriteBlock(BlockSyntax block)
    {
        Line("(block");
        indentation++;
        foreach (StatementSyntax statement in block.Statements)
            WriteStatement(statement);
        indentation--;
        Close();
    }

    private void WriteStatement(StatementSyntax statement)
    {
        switch (statement)
        {
            case BlockSyntax block:
                WriteBlock(block);
                break;
            case ExpressionStatementSyntax expression:
                Line(() => WriteExpression(expression.Expression));
                break;
            case AssignmentSyntax assignment:
                string op = assignment.Operator is { } compound ? OperatorFacts.TextOf(compound) : "";
                Line(() => WriteList($"{op}=", null, assignment.Target, assignment.Value));
                break;
            case DiscardSyntax discard:
                Line(() => WriteList("discard", null, discard.Value));
                break;
            case LetSyntax let:
                Line(() => WriteLet(let));
                break;
            case BreakSyntax:
                Line("(break)");
                break;
            case ContinueSyntax:
                Line("(continue)");
                break;
            case ReturnSyntax { Value: { } value }:
                Line(() => WriteList("return", null, value));
                break;
            case ReturnSyntax:
                Line("(return)");
                break;
            default:
                WriteCompound(statement);
                break;
        }
    }

    private void WriteCompound(StatementSyntax statement)
    {
        switch (statement)
        {
            case IfSyntax branch:
                WriteIf(branch);
                break;
            case WhileSyntax loop:
                WriteHead(loop.Body, "while", null, loop.Condition);
                break;
            case ForRangeSyntax loop:
                WriteHead(loop.Body, "for", loop.Variable.Name, loop.Start, loop.End);
                break;
            case ForMapSyntax loop:
                WriteHead(loop.Body, "for", loop.Variable.Name, loop.Map);
                break;
            case UnrollSyntax loop:
                WriteHead(loop.Body, "unroll", null, loop.Count);
                break;
        }
    }

    private void WriteIf(IfSyntax branch)
    {
        string head = "if";
        foreach (IfClauseSyntax clause in branch.Clauses)
        {
            WriteHead(clause.Body, head, null, clause.Condition);
            head = "elif";
        }
        if (branch.Else is not { } otherwise)
            return;
        Line("(else)");
        WriteIndented(otherwise);
    }

    private void WriteLet(LetSyntax let)
    {
        output.Append("(let ").Append(let.Variable.Name);
        if (let.Type is { } type)
        {
            output.Append(" : ");
            WriteType(type);
        }
        if (let.Value is { } value)
        {
            output.Append(' ');
            WriteExpression(value);
        }
        output.Append(')');
    }

    private void WriteHead(BlockSyntax body, string head, string? name, params ImmutableArray<ExpressionSyntax> expressions)
    {
        Line(() => WriteList(head, name, expressions.AsSpan()));
        WriteIndented(body);
    }

    private void WriteIndented(BlockSyntax body)
    {
        indentation++;
        WriteBlock(body);
        indentation--;
    }

    private void Line(string text) => Line(() => output.Append(text));

    private void Line(Action write)
    {
        output.Append(' ', indentation * 2);
        write();
        output.Append('\n');
    }

    /// <summary>Closes a list on the line of its last element.</summary>
    private void Close()
    {
        output.Length--;
        output.Append(")\n");
    }

    private static string Quote(ReadOnlySpan<char> text)
    {
        var quoted = new StringBuilder("\"");
        foreach (char c in text)
        {
            _ = c switch
            {
                '"' or '\\' => quoted.Append('\\').Append(c),
                '\n' => quoted.Append("\\n"),
                '\t' => quoted.Append("\\t"),
                < ' ' or '\x7f' => quoted.Append($"\\x{(int)c:x2}"),
                _ => quoted.Append(c),
            };
        }
        return quoted.Append('"').ToString();
    }
}
