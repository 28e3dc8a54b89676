using System.Globalization;
using System.Text;
using Imker.Compiler;
using Imker.Compiler.Ir;
using Imker.Diagnostics;
using Imker.Script.Binding;
using Imker.Script.Bound;
using Imker.Script.Lowering;
using Imker.Script.Syntax;
using Imker.Script.Tests.Binding;

namespace Imker.Script.Tests.Lowering;

/// <summary>What four times as long a script may cost. A quadratic pass takes sixteen times as long.</summary>
public sealed class CompileTimeTests
{
    private const int Short = 2_000, Long = 8_000;

    // Collections of garbage make the long one dearer than four times.
    private const double Most = 10;

    [Fact]
    public void Lowering_and_moving_to_scratch_take_time_in_proportion_to_the_script()
    {
        _ = Measure(Short);
        Times few = Measure(Short), many = Measure(Long);
        Assert.True(many.Lowering < few.Lowering * Most, $"lowering: {few.Lowering} ms, {many.Lowering} ms");
        Assert.True(many.Scratch < few.Scratch * Most, $"moving large values to scratch: {few.Scratch} ms, {many.Scratch} ms");
    }

    private static Times Measure(int statements)
    {
        var target = new FakeTarget();
        var text = new StringBuilder("BEGIN {\n");
        for (int i = 0; i < statements; i++)
            text.Append(CultureInfo.InvariantCulture, $"  @[comm, {i}] = str(uptr({i + 4096}));\n");
        var diagnostics = new DiagnosticBag();
        ScriptSyntax script = ScriptSyntax.Parse(new SourceText("long.bt", text.Append("}\n").ToString()), diagnostics);
        BoundProgram? bound = Binder.Bind(script, target, BinderOptions.Default, diagnostics);
        diagnostics.ThrowIfErrors();
        double start = ThreadMilliseconds();
        IrModule module = ScriptLowering.Lower(bound!, target, "long");
        double lowered = ThreadMilliseconds(), before = lowered, scratch = 0;
        BpfCompiler.Compile(module, target, CompilerOptions.Default with
        {
            AfterPass = (pass, _) =>
            {
                double now = ThreadMilliseconds();
                if (pass == "move large values to scratch")
                    scratch += now - before;
                before = now;
            },
        });
        Assert.True(scratch > 0, "the pass has another name");
        return new Times(lowered - start, scratch);
    }

    // Of this thread alone: others take turns with it on the CPU.
    private static double ThreadMilliseconds() =>
        long.Parse(File.ReadAllText("/proc/thread-self/schedstat").Split(' ')[0], CultureInfo.InvariantCulture) / 1e6;

    private sealed record Times(double Lowering, double Scratch);
}
