using Imker.Btf;
using Imker.Diagnostics;
using Imker.Objects;
using Imker.Script.Bound;
using Imker.Script.Syntax;
using Imker.Script.Types;
using ProbeKind = Imker.Script.Bound.ProbeKind;

namespace Imker.Script.Binding;

internal sealed partial class ProbeBinder
{
    // PERF_MAX_STACK_DEPTH
    private const int DefaultFrames = 127;

    private BoundExpression BindName(string name, SourceSpan span)
    {
        if (BuiltinTable.Find(name) is { } row)
            return new BoundBuiltin(span, row.Type, row.Variable);
        if (name.StartsWith("arg", StringComparison.Ordinal) && int.TryParse(name.AsSpan(3), out int index))
            return BindArgument(span, name, index);
        switch (name)
        {
            case "retval":
                return InProbe(span, name, ProbeKind.Uretprobe) ? new BoundBuiltin(span, ScriptType.UInt64, BuiltinVariable.ReturnValue) : Unknown(span);
            case "func":
                return BindFunctionName(span);
            case "probe":
                return BindIdentity(span, script.ProbeNames, BuiltinVariable.Probe);
            case "probetype":
                return Text(span, probe.Kind is ProbeKind.Begin or ProbeKind.End ? "special" : probe.Kind.ToString().ToLowerInvariant());
            case "kstack" or "ustack":
                return BindStack(span, isUser: name == "ustack", Config.StackMode, DefaultFrames);
            case "curtask":
                ScriptType? task = types.FindWords("struct task_struct", diagnostics);
                return new BoundBuiltin(span, task is null ? ScriptType.UInt64 : new PointerType(task, AddressSpace.Kernel), BuiltinVariable.CurrentTask);
            case "ctx":
                return HasContext(span, "'ctx'") ? new BoundBuiltin(span, new PointerType(ScriptType.None, AddressSpace.Kernel), BuiltinVariable.Context) : Unknown(span);
            case "ncpus":
                return Number(span, Facts.PossibleCpus);
            case "args":
                return Fail(BindErrorId.NotSupported, span, "'args' as a whole is not supported yet in this version", "name a field, as in 'args.filename'");
        }
        if (WellKnown.Constants.TryGetValue(name, out long constant))
            return Number(span, constant);
        if (types.TryFindEnumerator(name, out long value, out ScriptType type))
            return new BoundInteger(span, type, value);
        return ReportUnknownName(name, span);
    }

    private BoundExpression ReportUnknownName(string name, SourceSpan span)
    {
        if (BuiltinTable.NotSupported.Contains(name))
            return NotSupported(span, $"'{name}' is");
        if (FunctionTable.Find(name) is { } function)
            return function.MinArguments == 0
                ? BindCall(new CallSyntax(span, new NameSyntax(span, name), []))
                : Fail(BindErrorId.WrongArguments, span, $"'{name}' is a function", $"it is called as {function.Signature}");
        IEnumerable<string> candidates = BuiltinTable.Names.Concat(WellKnown.Constants.Keys).Concat(types.EnumeratorNames).Concat(FunctionTable.Names);
        string suggestion = Suggestion(name, candidates);
        bool isVariable = Find($"${name}", isUse: false) is not null;
        return Fail(BindErrorId.UnknownName, span, $"there is no '{Lexer.Shorten(name)}'{(isVariable ? "" : suggestion)}",
            isVariable ? [$"the variable is written '${name}'"] : []);
    }

    private bool InProbe(SourceSpan span, string name, params ReadOnlySpan<ProbeKind> kinds) =>
        IsProbe(span, name, kinds) && HasContext(span, $"'{name}'");

    private bool IsProbe(SourceSpan span, string name, params ReadOnlySpan<ProbeKind> kinds)
    {
        if (kinds.Contains(probe.Kind))
            return true;
        string where = string.Join(", ", kinds.ToArray().Select(kind => kind.ToString().ToLowerInvariant()));
        Error(BindErrorId.NotAvailableHere, span, $"'{name}' cannot be read in a probe of this type ({probe.Kind.ToString().ToLowerInvariant()})", $"it is there in {where}");
        return false;
    }

    private BoundExpression BindArgument(SourceSpan span, string name, int index)
    {
        if (!InProbe(span, name, ProbeKind.Uprobe, ProbeKind.RawTracepoint))
            return Unknown(span);
        int count = probe.Kind == ProbeKind.RawTracepoint ? 12 : Facts.Architecture == TargetArchitecture.X64 ? 6 : 8;
        return index < count
            ? new BoundBuiltin(span, ScriptType.UInt64, BuiltinVariable.Argument, index)
            : Fail(BindErrorId.OutOfRange, span, $"only {count} arguments are passed where this probe can read them, arg0 to arg{count - 1}",
                "further ones of a function stand on its stack: '*(uint64 *)(reg(\"sp\") + 8)'");
    }

    /// <summary>The name of the attach point or its function: a constant where there is one, else told by the cookie.</summary>
    private BoundExpression BindIdentity(SourceSpan span, NameIndexType names, BuiltinVariable variable)
    {
        probe.UsesIdentity = true;
        if (probe.Points.Length == 1)
            return new BoundInteger(span, names, probe.Cookies[0]);
        return HasContext(span, $"'{variable.ToString().ToLowerInvariant()}'") ? new BoundBuiltin(span, names, variable) : Unknown(span);
    }

    private BoundExpression BindFunctionName(SourceSpan span)
    {
        if (!IsProbe(span, "func", ProbeKind.Uprobe, ProbeKind.Uretprobe))
            return Unknown(span);
        if (probe.Points.All(point => point.Function is not null))
            return BindIdentity(span, script.FunctionNames, BuiltinVariable.Function);
        return HasContext(span, "'func'") ? new BoundBuiltin(span, new UserSymbolType(), BuiltinVariable.Function) : Unknown(span);
    }

    private BoundExpression BindStack(SourceSpan span, bool isUser, StackMode mode, int frames)
    {
        BuiltinFunction function = isUser ? BuiltinFunction.UserStack : BuiltinFunction.KernelStack;
        return HasContext(span, isUser ? "'ustack'" : "'kstack'") ? new BoundCall(span, new StackType(isUser, mode, frames), function, []) : Unknown(span);
    }
}
