using Imker.Bytecode;
using Imker.Compiler.Ir;
using Imker.Compiler.Tests.Passes;
using Imker.Diagnostics;
using Imker.Objects;

namespace Imker.Compiler.Tests.Backend;

public sealed class CompilerTests
{
    [Fact]
    public void A_function_with_more_values_alive_at_once_than_the_stack_holds_is_refused()
    {
        var context = new IrParameter(IrType.Pointer(Provenance.Context), "ctx", 0);
        var function = new IrFunction("crowded", IrType.I64, context) { ProgramType = ProgramType.RawTracepoint };
        var builder = new IrBuilder(function);
        builder.StartBlock(builder.NewBlock("entry"));
        IrValue[] values = [.. Enumerable.Range(0, 80).Select(i => builder.Load(IrType.I64, context, 8 * i))];
        builder.Return(values.Aggregate(builder.Add));
        var module = new IrModule { Shell = new BpfObject { Name = "test" } };
        module.Programs.Add(new IrProgram(function, "crowded"));

        Diagnostic diagnostic = Assert.Single(Refusal(module).Diagnostics);

        Assert.Equal(CompilerDiagnosticId.StackTooLarge, diagnostic.Id);
        Assert.Contains("'crowded'", diagnostic.Message);
        Assert.Contains("the kernel gives 512", diagnostic.Message);
    }

    [Fact]
    public void What_the_kernel_has_no_instruction_for_is_refused()
    {
        IrModule module = Parse("""
            program main(%ctx: ptr.context): i64, raw_tracepoint, "main" {
            entry:
                %0 = global "totals" + 0
                %1 = atomic exchange %0, i64 1
                return %1
            }
            """);

        Diagnostic diagnostic = Assert.Single(Refusal(module, KernelFeature.FetchingAtomics).Diagnostics);

        Assert.Equal(CompilerDiagnosticId.MissingFeature, diagnostic.Id);
        Assert.Equal(4, diagnostic.Span.Position.Line + 1);
        Assert.Contains("Linux 5.12", Assert.Single(diagnostic.Hints));
    }

    [Fact]
    public void Each_instruction_leads_back_to_the_line_that_it_was_made_from()
    {
        IrModule module = Parse("""
            program main(%ctx: ptr.context): i64, raw_tracepoint, "main" {
            entry:
                %0 = load i64 %ctx
                %1 = load i64 %ctx + 8
                %2 = add %0, %1
                return %2
            }
            """);

        FunctionSpec entry = BpfCompiler.Compile(module, new TestTarget()).Programs[0].Entry;

        Assert.Equal([3, 4, 5, 6], entry.Lines.Select(line => line.Line));
        Assert.Equal([0, 1, 2, 3], entry.Lines.Select(line => line.Instruction));
        Assert.Equal("    %1 = load i64 %ctx + 8", entry.Lines[1].Text);
    }

    [Fact]
    public void Losses_have_their_cells_in_a_section_that_can_be_mapped()
    {
        IrModule module = Parse("""
            program main(%ctx: ptr.context): i64, raw_tracepoint, "main" {
            entry:
                return i64 0
            }
            """);
        module.Losses.CellOf(new LossCounter("main", "probe", LossCause.RingFull, ""));
        module.Losses.CellOf(new LossCounter("main", "probe", LossCause.MapFull, "@"));

        BpfObject compiled = BpfCompiler.Compile(module, new TestTarget());

        MapSpec map = compiled.FindMap(compiled.LossMap!)!;
        Assert.Equal((4, 16, 1u, MapFlags.MemoryMappable), (map.KeySize, map.ValueSize, map.MaxEntries, map.Flags));
        Assert.Equal([LossCause.RingFull, LossCause.MapFull], compiled.Losses.Select(loss => loss.Cause));
    }

    private static IrModule Parse(string text) => IrParser.Parse(new SourceText("test.ir", text));

    private static DiagnosticException Refusal(IrModule module, params KernelFeature[] missing) =>
        Assert.Throws<DiagnosticException>(() =>
            BpfCompiler.Compile(module, new TestTarget(missing), new CompilerOptions { Optimize = false }));
}
