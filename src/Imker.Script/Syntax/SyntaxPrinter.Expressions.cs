namespace Imker.Script.Syntax;

public sealed partial class SyntaxPrinter
{
    private void WriteList(string head, string? name, params ReadOnlySpan<ExpressionSyntax> elements)
    {
        output.Append('(').Append(head);
        if (name is not null)
            output.Append(' ').Append(name);
        foreach (ExpressionSyntax element in elements)
        {
            output.Append(' ');
            WriteExpression(element);
        }
        output.Append(')');
    }

    private void WriteExpression(ExpressionSyntax expression)
    {
        switch (expression)
        {
            case IntegerLiteralSyntax literal:
                output.Append(literal.Value);
                break;
            case StringLiteralSyntax literal:
                output.Append(Quote(literal.Text));
                break;
            case BooleanLiteralSyntax literal:
                output.Append(literal.Value ? "true" : "false");
                break;
            case IdentifierSyntax identifier:
                output.Append(identifier.Name);
                break;
            case VariableSyntax variable:
                output.Append(variable.Name);
                break;
            case MapSyntax map:
                output.Append(map.Name);
                break;
            case PositionalParameterSyntax parameter:
                output.Append('$').Append(parameter.Number);
                break;
            case ParameterCountSyntax:
                output.Append("$#");
                break;
            case ErrorExpressionSyntax:
                output.Append("<error>");
                break;
            case TypeExpressionSyntax type:
                WriteType(type.Type);
                break;
            case BinarySyntax binary:
                WriteBinary(binary);
                break;
            default:
                WriteCompoundExpression(expression);
                break;
        }
    }

    private void WriteCompoundExpression(ExpressionSyntax expression)
    {
        switch (expression)
        {
            case UnarySyntax unary:
                WriteList(OperatorFacts.TextOf(unary.Operator), null, unary.Operand);
                break;
            case IncrementSyntax increment:
                string op = increment.IsDecrement ? "--" : "++";
                WriteList(increment.IsPrefix ? $"{op}x" : $"x{op}", null, increment.Target);
                break;
            case ConditionalSyntax { WhenTrue: { } whenTrue } conditional:
                WriteList("?", null, conditional.Condition, whenTrue, conditional.WhenFalse);
                break;
            case ConditionalSyntax conditional:
                WriteList("?:", null, conditional.Condition, conditional.WhenFalse);
                break;
            case CastSyntax cast:
                WriteCast(cast);
                break;
            case ComptimeSyntax comptime:
                WriteList("comptime", null, comptime.Operand);
                break;
            case MemberSyntax member:
                WriteList(member.IsArrow ? "->" : ".", null, member.Target);
                InsertLast(member.Member.Text);
                break;
            case TupleElementSyntax element:
                WriteList(".", null, element.Target);
                InsertLast(element.Index.ToString());
                break;
            case IndexSyntax index:
                WriteList("index", null, index.Arguments.Insert(0, index.Target).AsSpan());
                break;
            case SizeofSyntax size:
                WriteList("sizeof", null, size.Operand);
                break;
            case OffsetofSyntax offset:
                WriteList("offsetof", null, offset.Operand);
                InsertLast(string.Join('.', offset.Path.Select(name => name.Text)));
                break;
            case CallSyntax call:
                WriteList("call", call.Name.Text, call.Arguments.AsSpan());
                break;
            case TupleSyntax tuple:
                WriteList("tuple", null, tuple.Elements.AsSpan());
                break;
            case RecordSyntax record:
                WriteRecord(record);
                break;
            case BlockExpressionSyntax block:
                WriteBlockExpression(block);
                break;
        }
    }

    private void InsertLast(string element) => output.Insert(output.Length - 1, $" {element}");

    // The left operands of a chain may be tens of thousands: they are walked, not recursed into.
    private void WriteBinary(BinarySyntax binary)
    {
        var chain = new Stack<BinarySyntax>();
        ExpressionSyntax left = binary;
        for (; left is BinarySyntax next; left = next.Left)
        {
            chain.Push(next);
            output.Append('(').Append(OperatorFacts.TextOf(next.Operator)).Append(' ');
        }
        WriteExpression(left);
        while (chain.TryPop(out BinarySyntax? next))
        {
            output.Append(' ');
            WriteExpression(next.Right);
            output.Append(')');
        }
    }

    private void WriteCast(CastSyntax cast)
    {
        output.Append("(cast ");
        WriteType(cast.Type);
        output.Append(' ');
        WriteExpression(cast.Operand);
        output.Append(')');
    }

    private void WriteRecord(RecordSyntax record)
    {
        output.Append("(record");
        foreach (RecordFieldSyntax field in record.Fields)
        {
            output.Append(' ');
            WriteList(field.Name.Text, null, field.Value);
        }
        output.Append(')');
    }

    private void WriteBlockExpression(BlockExpressionSyntax block)
    {
        output.Append("(value\n");
        indentation += 2;
        WriteBlock(block.Block);
        indentation -= 2;
        output.Length--;
        output.Append(')');
    }
}
