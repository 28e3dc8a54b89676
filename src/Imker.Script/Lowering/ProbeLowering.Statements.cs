using System.Collections.Immutable;
using Imker.Compiler.Ir;
using Imker.Script.Bound;
using Imker.Script.Types;

namespace Imker.Script.Lowering;

internal sealed partial class ProbeLowering
{
    private void Statement(BoundStatement statement)
    {
        if (!ir.IsReachable)
            return;
        ir.Span = statement.Span;
        switch (statement)
        {
            case BoundBlock block:
                Block(block.Statements);
                break;
            case BoundExpressionStatement expression:
                Discard(expression.Expression);
                break;
            case BoundDeclareVariable declaration:
                DeclareVariable(declaration.Variable);
                break;
            case BoundAssignVariable assignment:
                AssignVariable(assignment.Variable, assignment.Value);
                break;
            case BoundAssignMap assignment:
                AssignMap(assignment);
                break;
            case BoundAggregate aggregate:
                Aggregate(aggregate);
                break;
            case BoundIf conditional:
                If(conditional);
                break;
            case BoundWhile loop:
                While(loop);
                break;
            case BoundForRange loop:
                ForRange(loop);
                break;
            case BoundForMap loop:
                ForMap(loop);
                break;
            case BoundUnroll loop:
                Unroll(loop);
                break;
            case BoundBreak:
                ir.Jump(frame.Loops.Peek().Break);
                break;
            case BoundContinue:
                ir.Jump(frame.Loops.Peek().Continue);
                break;
            case BoundReturn:
                ir.Jump(frame.Exit);
                break;
            default:
                throw new ArgumentException($"There is no lowering for {statement.GetType().Name}.", nameof(statement));
        }
    }

    private void Block(ImmutableArray<BoundStatement> statements)
    {
        HashSet<int>? done = null;
        for (int i = 0; i < statements.Length; i++)
        {
            if (done?.Contains(i) == true)
                continue;
            if (CallOf(statements[i]) is { Function: BuiltinFunction.PrintMap } print && ClearBehind(statements, i, print) is { } clear)
            {
                (done ??= []).Add(clear);
                ir.Span = print.Span;
                PrintMap(print, clears: true);
            }
            else
            {
                Statement(statements[i]);
            }
        }
    }

    // print(@m); clear(@m) with nothing but output between them is one step for the reader, in which no count is lost.
    private static int? ClearBehind(ImmutableArray<BoundStatement> statements, int start, BoundCall print)
    {
        for (int i = start + 1; i < statements.Length && CallOf(statements[i]) is { } call && IsAction(call.Function); i++)
        {
            if (call.Function == BuiltinFunction.Exit)
                return null;
            if (call.Function == BuiltinFunction.Clear && NameOfMap(call) == NameOfMap(print))
                return i;
        }
        return null;
    }

    private static BoundCall? CallOf(BoundStatement statement) => (statement as BoundExpressionStatement)?.Expression as BoundCall;

    private void Discard(BoundExpression expression)
    {
        switch (expression)
        {
            case BoundCall call when IsAction(call.Function):
                Action(call);
                break;
            case { Type: NoneType }:
                throw new ArgumentException($"{expression.GetType().Name} has no value.", nameof(expression));
            case { Type.IsScalar: true }:
                Scalar(expression);
                break;
            default:
                Memory(expression);
                break;
        }
    }

    private void If(BoundIf conditional)
    {
        IrBlock then = ir.NewBlock("then"), next = ir.NewBlock("endif");
        IrBlock otherwise = conditional.Else is null ? next : ir.NewBlock("else");
        Condition(conditional.Condition, then, otherwise);
        Begin(then);
        Statement(conditional.Then);
        if (ir.IsReachable)
            ir.Jump(next);
        // A chain of else-if is as long as somebody wrote it; it is walked here, not by recursion.
        BoundStatement? rest = conditional.Else;
        while (rest is not null)
        {
            Begin(otherwise);
            if (rest is BoundIf inner)
            {
                ir.Span = inner.Span;
                then = ir.NewBlock("then");
                otherwise = inner.Else is null ? next : ir.NewBlock("else");
                Condition(inner.Condition, then, otherwise);
                Begin(then);
                Statement(inner.Then);
                rest = inner.Else;
            }
            else
            {
                Statement(rest);
                rest = null;
            }
            if (ir.IsReachable)
                ir.Jump(next);
        }
        ContinueAt(next);
    }

    /// <summary>Goes on in a block, unless nothing leads there.</summary>
    private void ContinueAt(IrBlock block)
    {
        ir.Seal(block);
        if (block.Predecessors.Count > 0)
            ir.StartBlock(block);
        else
            ir.Function.Blocks.Remove(block);
    }

    private void DeclareVariable(VariableSymbol variable)
    {
        VariableStorage storage = StorageOf(variable);
        if (storage.Register is { } register)
            ir.Write(register, ir.Constant(register.Type, 0));
        else
            ZeroValue(storage.Memory, variable.Type);
    }

    private void AssignVariable(VariableSymbol variable, BoundExpression value)
    {
        VariableStorage storage = StorageOf(variable);
        if (storage.Register is { } register)
            ir.Write(register, Scalar(value));
        else if (variable.Type.IsScalar)
            ir.Store(storage.Memory.Pointer, storage.Memory.Offset, Scalar(value));
        else
            Into(value, storage.Memory, variable.Type);
    }

    private VariableStorage StorageOf(VariableSymbol variable)
    {
        if (!frame.Variables.TryGetValue(variable, out VariableStorage storage))
        {
            storage = variable.Type.IsScalar
                ? new VariableStorage(new IrVariable(IrTypeOf(variable.Type), variable.Name), default)
                : new VariableStorage(null, Allocate(variable.Type, variable.Name));
            frame.Variables.Add(variable, storage);
        }
        return storage;
    }
}
