using System.Collections.Immutable;
using Imker.Diagnostics;
using Imker.Script.Bound;
using Imker.Script.Syntax;
using Imker.Script.Types;

namespace Imker.Script.Binding;

internal sealed partial class ProbeBinder
{
    // Rounds of unrolled code, and how much of it one probe may become.
    private const int MaxUnroll = 1024;
    private const int MaxUnrolledCharacters = 1 << 19;

    private int loops;
    private long unrolledCharacters;

    private BoundBlock BindBlock(BlockSyntax block, List<VariableSymbol>? captured = null, Action? declare = null)
    {
        Scope outer = scope;
        scope = new Scope(outer, block) { Captured = captured };
        declare?.Invoke();
        var statements = ImmutableArray.CreateBuilder<BoundStatement>(block.Statements.Length);
        foreach ((string name, SourceSpan use) in probe.HoistedInto(block))
            DeclareForOldScript(block, name, use, statements);
        foreach (StatementSyntax statement in block.Statements)
            statements.Add(BindStatement(statement));
        CloseScope();
        scope = outer;
        return new BoundBlock(block.Span, statements.DrainToImmutable());
    }

    private void DeclareForOldScript(BlockSyntax block, string name, SourceSpan use, ImmutableArray<BoundStatement>.Builder statements)
    {
        if (Find(name, isUse: false) is not null)
            return;
        diagnostics.Warning(BindErrorId.VariableScope, use, $"'{name}' is only set in blocks that end before this place; it is 0 or empty where they were not run",
            $"declare it before them: 'let {name};'");
        SourceSpan start = block.Span with { Length = 1 };
        statements.Add(new BoundDeclareVariable(start, Declare(block, name, start).Symbol));
    }

    private BoundStatement BindStatement(StatementSyntax statement) => statement switch
    {
        BlockSyntax block => BindBlock(block),
        ExpressionStatementSyntax expression => BindExpressionStatement(expression),
        AssignmentSyntax assignment => BindAssignment(assignment),
        DiscardSyntax discard => new BoundExpressionStatement(discard.Span, BindValue(discard.Value)),
        LetSyntax let => BindLet(let),
        IfSyntax branch => BindIf(branch),
        WhileSyntax loop => BindWhile(loop),
        ForRangeSyntax loop => BindForRange(loop),
        ForMapSyntax loop => BindForMap(loop),
        UnrollSyntax loop => BindUnroll(loop),
        BreakSyntax => InLoop(statement, "break", new BoundBreak(statement.Span)),
        ContinueSyntax => InLoop(statement, "continue", new BoundContinue(statement.Span)),
        ReturnSyntax result => BindReturn(result),
        _ => throw new ArgumentException($"There is no binding for {statement.GetType().Name}.", nameof(statement)),
    };

    private BoundStatement BindExpressionStatement(ExpressionStatementSyntax statement)
    {
        if (statement.Expression is CallSyntax { Name.Text: "delete" } delete && delete.Arguments.Length > 1 &&
            delete.Arguments.All(argument => argument is IndexSyntax { Target: MapSyntax }))
            return BindDeleteMany(delete);
        return BindForEffect(statement.Expression);
    }

    private BoundStatement BindForEffect(ExpressionSyntax syntax)
    {
        if (syntax is ConditionalSyntax { WhenTrue: { } whenTrue } conditional)
        {
            BoundExpression condition = BindCondition(conditional.Condition, "the condition");
            return new BoundIf(syntax.Span, condition, BindForEffect(whenTrue), BindForEffect(conditional.WhenFalse));
        }
        BoundExpression expression = BindExpression(syntax);
        if (syntax is not (CallSyntax or IncrementSyntax) && !IsUnknown(expression))
            diagnostics.Warning(BindErrorId.NoEffect, syntax.Span, "the value is not used", "'_ = …' drops a value on purpose");
        return IsUnknown(expression) ? Nothing(syntax.Span) : new BoundExpressionStatement(syntax.Span, expression);
    }

    /// <summary>Scripts of older releases delete several entries at once.</summary>
    private BoundBlock BindDeleteMany(CallSyntax delete) => new(delete.Span, [.. delete.Arguments.Select(argument =>
        new BoundExpressionStatement(argument.Span, new BoundCall(argument.Span, ScriptType.Boolean, BuiltinFunction.Delete, [BindElement(argument)])))]);

    private BoundStatement BindAssignment(AssignmentSyntax assignment)
    {
        switch (assignment.Target)
        {
            case VariableSyntax variable:
                return BindAssignVariable(assignment, variable);
            case MapSyntax or IndexSyntax:
                return BindAssignMap(assignment);
            default:
                BindValue(assignment.Value);
                return Nothing(assignment.Span);
        }
    }

    private static BoundBlock Nothing(SourceSpan span) => new(span, []);

    private BoundStatement BindIf(IfSyntax branch)
    {
        var clauses = new List<(IfClauseSyntax Syntax, BoundExpression Condition, BoundBlock Body)>(branch.Clauses.Length);
        foreach (IfClauseSyntax clause in branch.Clauses)
        {
            BoundExpression condition = BindCondition(clause.Condition, "the condition");
            clauses.Add((clause, condition, BindBlock(clause.Body)));
        }
        BoundStatement? rest = branch.Else is { } otherwise ? BindBlock(otherwise) : null;
        for (int i = clauses.Count - 1; i >= 0; i--)
            rest = new BoundIf(clauses[i].Syntax.Span, clauses[i].Condition, clauses[i].Body, rest);
        return rest!;
    }

    private BoundWhile BindWhile(WhileSyntax loop)
    {
        BoundExpression condition = BindCondition(loop.Condition, "the condition");
        loops++;
        BoundBlock body = BindBlock(loop.Body);
        loops--;
        return new BoundWhile(loop.Span, condition, body);
    }

    private BoundStatement BindForRange(ForRangeSyntax loop)
    {
        BoundExpression from = BindInteger(loop.Start, "the start of the range"), to = BindInteger(loop.End, "the end of the range");
        VariableState variable = NewVariable(loop.Variable, loop.Variable);
        variable.Type.Fix(ScriptType.Int64, loop.Variable.Span);
        variable.Symbol.Type = ScriptType.Int64;
        loops++;
        BoundBlock body = BindBlock(loop.Body, declare: () => Add(variable));
        loops--;
        return new BoundForRange(loop.Span, variable.Symbol, Convert(from, ScriptType.Int64), Convert(to, ScriptType.Int64), body);
    }

    private BoundStatement BindForMap(ForMapSyntax loop)
    {
        MapState map = script.Map(loop.Map);
        RequireMapWalk(loop.Map.Span);
        if (map.HasKey == false)
        {
            Error(BindErrorId.TypeMismatch, loop.Map.Span, $"'{loop.Map.Name}' has no keys to loop over");
        }
        VariableState variable = NewVariable(loop.Variable, loop.Variable);
        ScriptType? value = map.Value.Type is AggregateType aggregate ? NumberOf(aggregate) : map.Value.Type;
        if (map.Key.Type is { } key && value is not null)
        {
            variable.Type.Fix(new TupleType([key, value]), loop.Variable.Span);
            variable.Symbol.Type = variable.Type.Type!;
        }
        else if (map.Value.Type is AggregateType)
        {
            Error(BindErrorId.TypeMismatch, loop.Map.Span, $"the values of '{loop.Map.Name}' ({map.Value.Type}) have no number to loop with");
        }
        else if (map.Value.Type is null)
        {
            NeverAssigned(loop.Map);
        }
        var captured = new List<VariableSymbol>();
        (int outerLoops, loops) = (loops, 1);
        mapLoops++;
        BoundBlock body = BindBlock(loop.Body, captured, () => Add(variable));
        mapLoops--;
        loops = outerLoops;
        return variable.Type.Type is null
            ? Nothing(loop.Span)
            : new BoundForMap(loop.Span, variable.Symbol, map.Symbol, body, [.. captured]);
    }

    private BoundStatement BindUnroll(UnrollSyntax loop)
    {
        BoundExpression count = BindExpression(loop.Count);
        long before = unrolledCharacters;
        unrolledCharacters = 0;
        loops++;
        BoundBlock body = BindBlock(loop.Body);
        loops--;
        long round = loop.Body.Span.Length + unrolledCharacters;
        unrolledCharacters = before;
        if (count is BoundInteger { Type: not ErrorType, Value: var number })
        {
            if (number is >= 1 and <= MaxUnroll)
                return Unroll(loop, (int)number, body, round);
            Error(BindErrorId.OutOfRange, loop.Count.Span, $"a loop is unrolled 1 to {MaxUnroll} times");
        }
        else if (!IsUnknown(count))
        {
            Error(BindErrorId.NotConstant, loop.Count.Span, "expected a number that is known when the script is compiled", "'for ($i : 0..n)' takes any number");
        }
        return Nothing(loop.Span);
    }

    // Loops in loops multiply: what they become is bounded, whatever the depth.
    private BoundStatement Unroll(UnrollSyntax loop, int count, BoundBlock body, long round)
    {
        unrolledCharacters += count * round;
        if (unrolledCharacters <= MaxUnrolledCharacters)
            return new BoundUnroll(loop.Span, count, body);
        unrolledCharacters = 0;
        Error(BindErrorId.OutOfRange, loop.Count.Span, $"the unrolled code would be longer than a script of {MaxUnrolledCharacters:N0} characters", "'for ($i : 0..n)' takes any number");
        return Nothing(loop.Span);
    }

    private BoundStatement InLoop(StatementSyntax statement, string word, BoundStatement jump)
    {
        if (loops == 0)
            Error(BindErrorId.NotAvailableHere, statement.Span, $"'{word}' stands outside of a loop");
        return jump;
    }

    private BoundReturn BindReturn(ReturnSyntax result)
    {
        if (result.Value is not null)
            BindInteger(result.Value, "what a probe returns");
        return new BoundReturn(result.Span);
    }

    private BoundExpression BindCondition(ExpressionSyntax syntax, string what)
    {
        BoundExpression condition = BindValue(syntax);
        if (IsNumberOrPointer(condition.Type))
            return condition;
        string hint = IsText(condition) ? "compare it, as in 'comm == \"sh\"'" : "compare it with something";
        return Fail(BindErrorId.TypeMismatch, syntax.Span, $"{what} must be a number or a pointer, not {condition.Type}", hint);
    }
}
