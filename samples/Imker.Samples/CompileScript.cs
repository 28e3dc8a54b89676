using Imker.Compiler;
using Imker.Diagnostics;
using Imker.Linux;
using Imker.Objects;
using Imker.Script.Binding;
using Imker.Script.Bound;
using Imker.Script.Lowering;
using Imker.Script.Syntax;

namespace Imker.Samples;

/// <summary>From the text of a script to an object, and what a mistake in it gives.</summary>
internal static class CompileScript
{
    public static int Run()
    {
        Console.Write(ObjectListing.Format(Compile("BEGIN { @ = count(); }", new LinuxTargetFacts())));
        try
        {
            Compile("BEGIN { @ = cuont(); }", new LinuxTargetFacts());
            return 1;
        }
        catch (DiagnosticException e)
        {
            new DiagnosticRenderer(Console.Out).Write(e.Diagnostics);
            return 0;
        }
    }

    public static BpfObject Compile(string script, ITargetFacts facts)
    {
        var diagnostics = new DiagnosticBag();
        ScriptSyntax syntax = ScriptSyntax.Parse(new SourceText("sample.bt", script), diagnostics);
        BoundProgram? program = Binder.Bind(syntax, facts, BinderOptions.Default, diagnostics);
        diagnostics.ThrowIfErrors();
        return BpfCompiler.Compile(ScriptLowering.Lower(program!, facts, "sample"), facts);
    }
}
