using System.Text;
using Imker.Objects;
using Imker.Script.Bound;
using Imker.Script.Types;

namespace Imker.Script.Tests.Binding;

/// <summary>Writes a bound program as lists: what the golden tests compare.</summary>
internal sealed class BoundPrinter
{
    private readonly StringBuilder output = new();
    private int indentation;

    public static string Print(BoundProgram program)
    {
        var printer = new BoundPrinter();
        foreach (MapSymbol map in program.Maps)
        {
            string declared = map.DeclaredType is { } type ? $" {type} {map.DeclaredEntries}" : "";
            printer.Line($"map {map.Name}: {(map.Key is { } key ? $"{key} -> " : "")}{map.Value}{declared}{(map.IsPrintedAndCleared ? " printed and cleared" : "")}");
        }
        foreach (BoundProbe probe in program.Probes)
            printer.Write(probe);
        return printer.output.ToString();
    }

    private void Write(BoundProbe probe)
    {
        Line($"probe {probe.Name} ({probe.Kind}{(probe.Format is { } format ? $", {format.Category}:{format.Event}" : "")})");
        indentation++;
        foreach (BoundAttachPoint point in probe.AttachPoints)
            Line($"at {point.Name}{(point.Function is { } function ? $" func {function}" : "")} cookie {point.Attach.Cookie}{Describe(point.Attach)}");
        if (probe.Predicate is { } predicate)
            Line($"when {Text(predicate)}");
        Write(probe.Body);
        indentation--;
    }

    private static string Describe(AttachSpec attach) => attach switch
    {
        TimerAttach timer => $" period {timer.PeriodNanoseconds} frequency {timer.Frequency}{(timer.EveryCpu ? " every cpu" : "")}",
        UprobeAttach uprobe => $" {uprobe.Binary}:{string.Join(',', uprobe.Targets.Select(t => $"{t.Symbol}+{t.Offset}"))}{(uprobe.IsReturn ? " return" : "")}",
        _ => "",
    };

    private void Write(BoundStatement statement)
    {
        switch (statement)
        {
            case BoundBlock block:
                foreach (BoundStatement inner in block.Statements)
                    Write(inner);
                break;
            case BoundExpressionStatement expression:
                Line(Text(expression.Expression));
                break;
            case BoundDeclareVariable declaration:
                Line($"declare {declaration.Variable.Name}: {declaration.Variable.Type}");
                break;
            case BoundAssignVariable assignment:
                Line($"{assignment.Variable.Name}: {assignment.Variable.Type} = {Text(assignment.Value)}");
                break;
            case BoundAssignMap assignment:
                Line($"{assignment.Map.Name}[{Text(assignment.Key)}] = {Text(assignment.Value)}");
                break;
            case BoundAggregate aggregate:
                Line($"{aggregate.Map.Name}[{Text(aggregate.Key)}] {aggregate.Type} <- {Text(aggregate.Value)}");
                break;
            case BoundIf branch:
                Nested($"if {Text(branch.Condition)}", branch.Then);
                if (branch.Else is { } otherwise)
                    Nested("else", otherwise);
                break;
            case BoundWhile loop:
                Nested($"while {Text(loop.Condition)}", loop.Body);
                break;
            case BoundForRange loop:
                Nested($"for {loop.Variable.Name} in {Text(loop.From)}..{Text(loop.To)}", loop.Body);
                break;
            case BoundForMap loop:
                Nested($"for {loop.Variable.Name}: {loop.Variable.Type} in {loop.Map.Name} capturing [{string.Join(' ', loop.Captured.Select(v => v.Name))}]", loop.Body);
                break;
            case BoundUnroll loop:
                Nested($"unroll {loop.Count}", loop.Body);
                break;
            default:
                Line(statement.GetType().Name["Bound".Length..].ToLowerInvariant());
                break;
        }
    }

    private void Nested(string head, BoundStatement body)
    {
        Line(head);
        indentation++;
        Write(body);
        indentation--;
    }

    private static string Text(BoundExpression? expression) => expression switch
    {
        null => "",
        BoundInteger integer => $"{integer.Value}{(integer.Type == ScriptType.Int64 ? "" : $":{integer.Type}")}",
        BoundText text => $"\"{text.Value.Replace("\n", "\\n")}\"",
        BoundBuiltin builtin => $"{builtin.Variable}{(builtin.Variable == BuiltinVariable.Argument ? builtin.Index : "")}:{builtin.Type}",
        BoundVariable variable => variable.Variable.Name,
        BoundMapElement element => $"{element.Map.Name}[{Text(element.Key)}]:{element.Type}",
        BoundMap map => map.Map.Name,
        BoundUnary unary => $"({unary.Operator} {Text(unary.Operand)})",
        BoundBinary binary => $"({binary.Operation}:{binary.Type} {Text(binary.Left)} {Text(binary.Right)})",
        BoundTernary ternary => $"(Ternary:{ternary.Type} {Text(ternary.Condition)} {Text(ternary.IfTrue)} {Text(ternary.IfFalse)})",
        BoundConversion conversion => $"({conversion.Type} {Text(conversion.Operand)})",
        BoundIncrement increment => $"(Increment {(increment.IsPrefix ? "prefix" : "postfix")} {increment.Delta} {Text(increment.Target)})",
        BoundTracepointField field => $"args.{field.Field.Name}:{Describe(field.Type)}",
        BoundField field => $"{Text(field.Base)}.{field.Field.Name}@{field.Field.Offset}{(field.Field.BitSize > 0 ? $":{field.Field.BitOffset}+{field.Field.BitSize}" : "")}:{Describe(field.Type)}",
        BoundDereference dereference => $"(Dereference:{Describe(dereference.Type)} {Text(dereference.Pointer)})",
        BoundIndex index => $"{Text(index.Base)}[{Text(index.Index)}]:{Describe(index.Type)}",
        BoundTuple tuple => $"({string.Join(", ", tuple.Elements.Select(Text))})",
        BoundTupleElement element => $"{Text(element.Tuple)}.{element.Index}:{element.Type}",
        BoundCall call => $"{call.Function}:{call.Type}({string.Join(", ", call.Arguments.Select(Text))})",
        _ => throw new ArgumentException($"No text for {expression.GetType().Name}."),
    };

    private static string Describe(ScriptType type) => type is PointerType { Space: not AddressSpace.Unknown } pointer
        ? $"{pointer.Space.ToString().ToLowerInvariant()} {type}"
        : type.ToString();

    private void Line(string text) => output.Append(' ', indentation * 2).Append(text).Append('\n');
}
