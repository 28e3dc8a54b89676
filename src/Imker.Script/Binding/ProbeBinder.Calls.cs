using Imker.Diagnostics;
using Imker.Objects;
using Imker.Script.Bound;
using Imker.Script.Syntax;
using Imker.Script.Types;

namespace Imker.Script.Binding;

internal sealed partial class ProbeBinder
{
    private BoundExpression BindCall(CallSyntax call)
    {
        string name = call.Name.Text;
        if (FunctionTable.Find(name) is not { } row)
            return BindBuiltinCall(call, name);
        if (!CheckCount(call, row))
            return Unknown(call.Span);
        if (row.IsUnsafe && !script.Options.AllowUnsafe)
            return Fail(BindErrorId.Unsafe, call.Name.Span, $"'{name}' changes the system", "allow it with --unsafe");
        return row.Bind is { } bind
            ? bind(this, call)
            : Fail(BindErrorId.NotAvailableHere, call.Span, $"'{name}' can only be assigned to a map", $"as in '@ = {name}({(row.MinArguments > 0 ? "…" : "")})'");
    }

    private bool CheckCount(CallSyntax call, FunctionRow row)
    {
        int count = call.Arguments.Length;
        if (count >= row.MinArguments && count <= row.MaxArguments)
            return true;
        string expected = row.MinArguments == row.MaxArguments ? $"{row.MinArguments}"
            : count < row.MinArguments ? $"at least {row.MinArguments}" : $"at most {row.MaxArguments}";
        string plural = expected.EndsWith(" 1", StringComparison.Ordinal) || expected == "1" ? "argument" : "arguments";
        Error(BindErrorId.WrongArguments, call.Span, $"'{row.Name}' takes {expected} {plural}, not {count}", $"it is called as {row.Signature}");
        return false;
    }

    /// <summary>Builtins may be called like functions; some take an argument that says which one is meant.</summary>
    private BoundExpression BindBuiltinCall(CallSyntax call, string name)
    {
        string? choice = call.Arguments is [IdentifierSyntax { Name: var word }] ? word : null;
        switch (name)
        {
            case "nsecs" when choice is "boot" or "monotonic" or "tai" or "sw_tai":
                BuiltinVariable clock = choice switch
                {
                    "boot" => BuiltinVariable.Nsecs,
                    "monotonic" => BuiltinVariable.NsecsMonotonic,
                    _ => BuiltinVariable.NsecsTai,
                };
                return choice == "sw_tai" ? NotSupported(call.Span, "this clock is") : new BoundBuiltin(call.Span, ScriptType.UInt64, clock);
            case "pid" or "tid" when choice == "curr_ns":
                return BindName(name, call.Span);
            case "kstack" or "ustack":
                return BindStackCall(call, name);
        }
        bool isBuiltin = BuiltinTable.Names.Contains(name) || name.StartsWith("arg", StringComparison.Ordinal) && int.TryParse(name.AsSpan(3), out _);
        if (isBuiltin && call.Arguments.IsEmpty)
            return BindName(name, call.Span);
        if (isBuiltin)
            return NotSupported(call.Span, $"arguments to '{name}' are");
        if (FunctionTable.NotSupported.Contains(name) || BuiltinTable.NotSupported.Contains(name))
            return NotSupported(call.Name.Span, $"'{name}' is");
        foreach (ExpressionSyntax argument in call.Arguments)
            BindExpression(argument);
        return Fail(BindErrorId.UnknownFunction, call.Name.Span,
            $"there is no function '{Lexer.Shorten(name)}'{Suggestion(name, FunctionTable.Names.Concat(BuiltinTable.Names))}");
    }

    private BoundExpression BindStackCall(CallSyntax call, string name)
    {
        StackMode mode = Config.StackMode;
        long frames = DefaultFrames;
        int next = 0;
        if (call.Arguments.Length > 0 && call.Arguments[0] is IdentifierSyntax word)
        {
            if (!Enum.TryParse(word.Name, ignoreCase: true, out mode) || word.Name.Any(char.IsAsciiLetterUpper))
                return Fail(BindErrorId.WrongArguments, word.Span, $"there is no way '{Lexer.Shorten(word.Name)}' to show a stack", "there are bpftrace, perf, raw");
            next++;
        }
        if (next < call.Arguments.Length && !TryConstant(call.Arguments[next++], out frames))
            return Unknown(call.Span);
        if (next < call.Arguments.Length)
            return Fail(BindErrorId.WrongArguments, call.Span, $"'{name}' takes at most a mode and a number of frames");
        if (frames is < 1 or > DefaultFrames)
            return Fail(BindErrorId.OutOfRange, call.Arguments[next - 1].Span, $"a stack has 1 to {DefaultFrames} frames");
        return BindStack(call.Span, name == "ustack", mode, (int)frames);
    }
}
