using Imker.Compiler;
using Imker.Diagnostics;
using Imker.Linux;
using Imker.Script.Binding;
using Imker.Script.Bound;
using Imker.Script.Lowering;
using Imker.Script.Syntax;

namespace Imker.Script.Tests.Binding;

public sealed class InstalledScriptBindingTests
{
    // A function, event, symbol or field that this machine or its kernel does not have (any more) is not the binder's fault.
    private static readonly string[] Absent = [BindErrorId.NoSuchProbe, BindErrorId.UnknownField, BindErrorId.UnknownName];

    private static readonly string[] OtherProviders = ["kprobe", "kretprobe", "fentry", "fexit", "software"];

    [Fact]
    public void Every_tool_of_the_bpftrace_package_without_kernel_probes_is_compiled_for_this_machine()
    {
        string[] scripts = Directory.Exists("/usr/sbin") ? Directory.GetFiles("/usr/sbin", "*.bt") : [];
        Assert.SkipWhen(scripts.Length == 0, "the bpftrace package is not installed: apt-get install bpftrace");
        var facts = new LinuxTargetFacts();
        Assert.SkipWhen(facts.TracepointProblem is not null, facts.TracepointProblem ?? "");
        int compiled = 0;
        foreach (string path in scripts)
        {
            var diagnostics = new DiagnosticBag();
            ScriptSyntax script = ScriptSyntax.Parse(new SourceText(path, File.ReadAllText(path)), diagnostics);
            if (script.Probes.SelectMany(probe => probe.AttachPoints).Any(point => OtherProviders.Contains(point.Provider!.Name)))
                continue;
            BoundProgram? program = Binder.Bind(script, facts, BinderOptions.Default, diagnostics);
            Assert.DoesNotContain(diagnostics, diagnostic => diagnostic.Severity == Severity.Error && !Absent.Contains(diagnostic.Id));
            if (program is null)
                continue;
            Assert.NotEmpty(BpfCompiler.Compile(ScriptLowering.Lower(program, facts, "tool"), facts).Programs);
            compiled++;
        }
        Assert.InRange(compiled, 10, scripts.Length);
    }
}
