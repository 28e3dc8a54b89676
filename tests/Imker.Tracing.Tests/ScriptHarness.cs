using System.Text;
using Imker.Compiler;
using Imker.Diagnostics;
using Imker.Linux;
using Imker.Objects;
using Imker.Rendering;
using Imker.Script.Binding;
using Imker.Script.Bound;
using Imker.Script.Lowering;
using Imker.Script.Syntax;

namespace Imker.Tracing.Tests;

/// <summary>Compiles scripts and runs them in the running kernel, in this process.</summary>
internal static class ScriptHarness
{
    private static readonly LinuxTargetFacts facts = new();

    /// <summary>Standard output of a script that ends by itself; standard error follows behind a line of dashes when it is not empty.</summary>
    public static string Run(string script, TraceOptions? options = null, params string[] parameters)
    {
        BpfObject compiled = Compile(script, out ScriptConfig config, parameters);
        using var output = new MemoryStream();
        using var errors = new MemoryStream();
        using (var text = new BatchedOutput(output))
        using (var messages = new BatchedOutput(errors))
        using (var loop = new EventLoop())
        using (var session = new TraceSession(
            compiled,
            (options ?? TraceOptions.Default) with
            {
                IsQuiet = true,
                MaxFileBytes = config.MaxCatBytes,
                MaxStringLength = config.MaxStringLength,
                TruncationTrailer = config.StringTruncationTrailer,
            },
            new TextRenderer(text, messages),
            loop))
        {
            session.Run();
        }
        string result = Encoding.UTF8.GetString(output.ToArray());
        return errors.Length == 0 ? result : $"{result}\n---\n{Encoding.UTF8.GetString(errors.ToArray())}";
    }

    /// <summary>The lines that a BEGIN probe with this body prints.</summary>
    public static string[] RunBody(string body) =>
        Run($"BEGIN {{ {body} }}").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static BpfObject Compile(string script, out ScriptConfig config, params string[] parameters)
    {
        var diagnostics = new DiagnosticBag();
        ScriptSyntax syntax = ScriptSyntax.Parse(new SourceText("test.bt", script), diagnostics);
        diagnostics.ThrowIfErrors();
        BoundProgram? program = Binder.Bind(
            syntax, facts, BinderOptions.Default with { Parameters = [.. parameters], AllowUnsafe = true }, diagnostics);
        diagnostics.ThrowIfErrors();
        config = program!.Config;
        return BpfCompiler.Compile(ScriptLowering.Lower(program, facts, "test"), facts);
    }
}
