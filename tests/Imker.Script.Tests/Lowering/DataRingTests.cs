using Imker.Bytecode;
using Imker.Compiler.Ir;
using Imker.Diagnostics;
using Imker.Objects;
using Imker.Script.Binding;
using Imker.Script.Bound;
using Imker.Script.Lowering;
using Imker.Script.Syntax;
using Imker.Script.Tests.Binding;
using Imker.TestKit;

namespace Imker.Script.Tests.Lowering;

public sealed class DataRingTests
{
    private const string Script = """
        tracepoint:sched:sched_switch { printf("%d %s\n", args.prev_pid, str(args.prev_comm)); }
        tracepoint:syscalls:sys_enter_openat { printf("%s\n", str(args.filename, 64)); exit(); }
        """;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(8, 1)]
    [InlineData(9, 2)]
    [InlineData(16, 2)]
    [InlineData(24, 4)]
    [InlineData(64, 8)]
    [InlineData(128, 16)]
    [InlineData(1024, 16)]
    public void The_number_of_CPUs_decides_how_many_rings_share_the_memory(int cpus, int rings)
    {
        BpfObject shell = Lower("", cpus).Shell;
        MapSpec[] buffers = [.. shell.Maps.Where(map => map.Type == MapType.RingBuffer && map.Name != RecordSchema.ControlRing)];
        Assert.Equal(rings, buffers.Length);
        Assert.All(buffers, ring => Assert.Equal(ScriptConfig.Default.RingBytes / rings, (int)ring.MaxEntries));
        Assert.Equal(rings > 1 ? buffers.Select(ring => ring.Name) : [], shell.FindMap(RecordSchema.DataRing)!.InnerMaps);
    }

    [Theory]
    [InlineData("data_rings = 1", 1, 2 << 20)]
    [InlineData("data_rings = 3", 4, 512 << 10)]
    [InlineData("data_rings = 16; perf_rb_pages = 8", 16, 4096)]
    [InlineData("max_strlen = 65536", 2, 1 << 20)]
    public void A_setting_or_long_texts_decide_otherwise(string settings, int rings, int bytes)
    {
        BpfObject shell = Lower($"config = {{ {settings} }}", cpus: 64).Shell;
        Assert.Equal(rings, Math.Max(1, shell.FindMap(RecordSchema.DataRing)!.InnerMaps.Length));
        Assert.Equal(bytes, (int)shell.FindMap(rings > 1 ? "events0" : RecordSchema.DataRing)!.MaxEntries);
    }

    [Fact]
    public void More_rings_than_there_may_be_are_refused()
    {
        DiagnosticException refusal = Assert.Throws<DiagnosticException>(() => Lower("config = { data_rings = 17 }", cpus: 64));
        Assert.Contains("'data_rings' takes a number from 0 to 16", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_several_rings_the_program_takes_its_CPUs_and_stamps_what_it_has_reserved() =>
        Golden.Verify("lowered/four-rings.ir", IrPrinter.Print(Lower("config = { data_rings = 4 }", cpus: 4)));

    [Fact]
    public void With_one_ring_no_record_of_data_carries_a_stamp() =>
        Golden.Verify("lowered/one-ring.ir", IrPrinter.Print(Lower("", cpus: 8)));

    private static IrModule Lower(string config, int cpus)
    {
        var diagnostics = new DiagnosticBag();
        var target = new FakeTarget { PossibleCpus = cpus };
        ScriptSyntax script = ScriptSyntax.Parse(new SourceText("rings.bt", $"{config} {Script}"), diagnostics);
        BoundProgram? bound = Binder.Bind(script, target, BinderOptions.Default, diagnostics);
        diagnostics.ThrowIfErrors();
        return ScriptLowering.Lower(bound!, target, "rings");
    }
}
