using Imker.Diagnostics;
using Imker.Script.Bound;
using Imker.Script.Syntax;
using Imker.Script.Types;

namespace Imker.Script.Binding;

internal sealed partial class ProbeBinder
{
    private Scope scope = new(null, null);

    private VariableState NewVariable(SyntaxNode place, VariableSyntax variable)
    {
        if (Find(variable.Name, isUse: false) is { } outer)
        {
            diagnostics.Add(new Diagnostic(Severity.Error, BindErrorId.VariableScope, variable.Span, $"'{variable.Name}' is declared already")
                .WithRelated(outer.Span, "it was declared here"));
        }
        VariableState state = probe.Variable(place, variable.Name, variable.Span);
        declared.Add(state);
        return state;
    }

    private void Add(VariableState variable) => scope.Variables[variable.Symbol.Name] = variable;

    private VariableState Declare(SyntaxNode place, string name, SourceSpan span)
    {
        VariableState variable = probe.Variable(place, name, span);
        Add(variable);
        return variable;
    }

    /// <summary>Looks a variable up from the inside out; a loop over a map between it and here must hand it in.</summary>
    private VariableState? Find(string name, bool isUse)
    {
        List<List<VariableSymbol>>? crossed = null;
        for (Scope? level = scope; level is not null; level = level.Parent)
        {
            if (level.Variables.TryGetValue(name, out VariableState? variable))
            {
                foreach (List<VariableSymbol> captured in isUse && crossed is not null ? crossed : [])
                {
                    if (!captured.Contains(variable.Symbol))
                        captured.Add(variable.Symbol);
                }
                return variable;
            }
            if (level.Captured is not null)
                (crossed ??= []).Add(level.Captured);
        }
        return null;
    }

    // What a block sets without declaring it, the blocks round it remember: an old script may read it there.
    private void CloseScope()
    {
        if (scope.Parent is not { } parent)
            return;
        foreach (VariableState variable in scope.Variables.Values)
        {
            if (!declared.Contains(variable))
                parent.SetInside.Add(variable.Symbol.Name);
        }
        parent.SetInside.UnionWith(scope.SetInside);
    }

    // Declared by 'let' or a loop: these end with their block.
    private readonly HashSet<VariableState> declared = [];

    private BoundExpression BindVariable(VariableSyntax variable)
    {
        if (Find(variable.Name, isUse: true) is { } state)
            return state.Type.Type is null ? Unknown(variable.Span) : new BoundVariable(variable.Span, state.Symbol);
        for (Scope? level = scope; level is not null; level = level.Parent)
        {
            if (level.Block is not { } block || !level.SetInside.Contains(variable.Name))
                continue;
            // Until release 0.22 variables lived to the end of the probe.
            probe.Hoist(block, variable);
            script.Changed = true;
            return Unknown(variable.Span);
        }
        return Fail(BindErrorId.UnknownName, variable.Span,
            $"the variable '{Lexer.Shorten(variable.Name)}' has no value here{Suggestion(variable.Name, VisibleVariables())}");
    }

    private IEnumerable<string> VisibleVariables()
    {
        for (Scope? level = scope; level is not null; level = level.Parent)
        {
            foreach (string name in level.Variables.Keys)
                yield return name;
        }
    }

    private BoundStatement BindAssignVariable(AssignmentSyntax assignment, VariableSyntax variable)
    {
        VariableState? state = Find(variable.Name, isUse: true);
        if (assignment.Operator is { } op)
        {
            BoundExpression current = BindVariable(variable);
            BoundExpression changed = Combine(assignment.Span, Operations.Of(op), assignment.Span, current, BindValue(assignment.Value));
            return state is null ? Nothing(assignment.Span) : Store(assignment, state, changed);
        }
        // The value is bound before the variable is declared: in '$x = $x + 1' there is none yet.
        BoundExpression value = BindValue(assignment.Value);
        return Store(assignment, state ?? Declare(assignment, variable.Name, variable.Span), value);
    }

    private BoundStatement Store(AssignmentSyntax assignment, VariableState state, BoundExpression value)
    {
        if (!Merge(state, value))
        {
            diagnostics.Add(new Diagnostic(Severity.Error, BindErrorId.TypeMismatch, assignment.Value.Span,
                    $"'{state.Symbol.Name}' holds {Shown(state.Type.Type!)} and cannot hold {Shown(value.Type)}")
                .WithRelated(state.Type.Span, $"it was given {state.Type.Type} here"));
            return Nothing(assignment.Span);
        }
        return IsUnknown(value) ? Nothing(assignment.Span) : new BoundAssignVariable(assignment.Span, state.Symbol, Convert(value, state.Symbol.Type));
    }

    private bool Merge(VariableState state, BoundExpression value)
    {
        if (value.Type is NoneType or AggregateType || !state.Type.TryMerge(value.Type, IsFlexible(value), value.Span, out bool changed))
            return false;
        script.Changed |= changed;
        if (state.Type.Type is { } type)
            state.Symbol.Type = type;
        return true;
    }

    private BoundStatement BindLet(LetSyntax let)
    {
        BoundExpression? value = let.Value is null ? null : BindValue(let.Value);
        VariableState state = NewVariable(let, let.Variable);
        Add(state);
        if (let.Type is not null && types.Bind(let.Type, TypeOf, diagnostics) is { } type)
        {
            if (type is NoneType)
                Error(BindErrorId.TypeMismatch, let.Type.Span, "a variable cannot be of this type");
            state.Type.Fix(type, let.Type.Span);
            state.Symbol.Type = type;
        }
        if (value is null)
            return new BoundDeclareVariable(let.Span, state.Symbol);
        if (!Merge(state, value))
        {
            Error(BindErrorId.TypeMismatch, let.Value!.Span, $"'{state.Symbol.Name}' cannot hold {value.Type}");
            return Nothing(let.Span);
        }
        return IsUnknown(value) ? Nothing(let.Span) : new BoundAssignVariable(let.Span, state.Symbol, Convert(value, state.Symbol.Type));
    }

    /// <summary>The type of an expression that is not evaluated.</summary>
    private ScriptType TypeOf(ExpressionSyntax expression) => expression switch
    {
        IdentifierSyntax identifier when types.FindNamed(identifier.Name, diagnostics) is { } type => type,
        TypeExpressionSyntax type => types.Bind(type.Type, TypeOf, diagnostics) ?? ErrorType.Instance,
        _ => BindExpression(expression).Type,
    };
}
