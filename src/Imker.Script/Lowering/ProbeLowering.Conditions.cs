using Imker.Compiler.Ir;
using Imker.Script.Bound;
using Imker.Script.Types;

namespace Imker.Script.Lowering;

internal sealed partial class ProbeLowering
{
    /// <summary>Ends the current block: goes to one block or the other. Both must be begun by the caller.</summary>
    private void Condition(BoundExpression expression, IrBlock ifTrue, IrBlock ifFalse)
    {
        ir.Span = expression.Span;
        switch (expression)
        {
            case BoundBinary { Operation: BinaryOperation.LogicalAnd } and:
            {
                IrBlock right = ir.NewBlock("and");
                Condition(and.Left, right, ifFalse);
                Begin(right);
                Condition(and.Right, ifTrue, ifFalse);
                break;
            }
            case BoundBinary { Operation: BinaryOperation.LogicalOr } or:
            {
                IrBlock right = ir.NewBlock("or");
                Condition(or.Left, ifTrue, right);
                Begin(right);
                Condition(or.Right, ifTrue, ifFalse);
                break;
            }
            case BoundUnary { Operator: UnaryOperator.Not } not:
                Condition(not.Operand, ifFalse, ifTrue);
                break;
            case BoundBinary { Left.Type.IsScalar: false } comparison
                when comparison.Operation is BinaryOperation.Equal or BinaryOperation.NotEqual:
                if (comparison.Operation == BinaryOperation.Equal)
                    CompareMemory(comparison.Left, comparison.Right, ifTrue, ifFalse);
                else
                    CompareMemory(comparison.Left, comparison.Right, ifFalse, ifTrue);
                break;
            default:
                ir.Branch(Truth(Scalar(expression)), ifTrue, ifFalse);
                break;
        }
    }

    private IrValue Truth(IrValue value) =>
        value.Type == IrType.Bool ? value : ir.Compare(CompareOperator.NotEqual, value, 0);

    /// <summary>A condition as a value, by way of two blocks.</summary>
    private IrValue ConditionValue(BoundExpression expression)
    {
        IrBlock yes = ir.NewBlock("true"), no = ir.NewBlock("false"), next = ir.NewBlock("bool");
        var result = new IrVariable(IrType.Bool, "condition");
        Condition(expression, yes, no);
        Begin(yes);
        ir.Write(result, ir.Constant(IrType.Bool, 1));
        ir.Jump(next);
        Begin(no);
        ir.Write(result, ir.Constant(IrType.Bool, 0));
        ir.Jump(next);
        Begin(next);
        return ir.Read(result);
    }

    private IrValue Ternary(BoundTernary ternary)
    {
        IrBlock yes = ir.NewBlock("true"), no = ir.NewBlock("false"), next = ir.NewBlock("endternary");
        var result = new IrVariable(IrTypeOf(ternary.Type), "ternary");
        Condition(ternary.Condition, yes, no);
        Begin(yes);
        ir.Write(result, Scalar(ternary.IfTrue));
        ir.Jump(next);
        Begin(no);
        ir.Write(result, Scalar(ternary.IfFalse));
        ir.Jump(next);
        Begin(next);
        return ir.Read(result);
    }

    private void TernaryInto(BoundTernary ternary, Place target, ScriptType type)
    {
        IrBlock yes = ir.NewBlock("true"), no = ir.NewBlock("false"), next = ir.NewBlock("endternary");
        Condition(ternary.Condition, yes, no);
        Begin(yes);
        Into(ternary.IfTrue, target, type);
        ir.Jump(next);
        Begin(no);
        Into(ternary.IfFalse, target, type);
        ir.Jump(next);
        Begin(next);
    }
}
