using System.Runtime.InteropServices;
using Imker.Linux;
using Imker.Objects;
using Imker.TestKit;

namespace Imker.Tracing.Tests;

/// <summary>Several data rings yield what one would have.</summary>
public sealed class DataRingTests
{
    private const string Workload = "imkerrings";

    // A record with a text and one of constant size for each directory that the workload removes.
    private const string Probe = """
        tracepoint:syscalls:sys_enter_rmdir /comm == "imkerrings"/ {
          printf("%s\n", str(args.pathname, 64));
          printf("on %d\n", cpu);
          if (str(args.pathname, 64) == "/nowhere/last") { exit(); }
        }
        END { printf("end\n"); }
        """;

    public static TheoryData<int> Several => [2, 4];

    [Theory]
    [MemberData(nameof(Several))]
    public void Records_of_two_CPUs_that_take_turns_come_in_turn(int rings)
    {
        const int turns = 500;
        string output = RunTraced(rings, TakeTurns($"for my $i (0..{turns - 1}) {{ turn(\"/nowhere/\" . (2 * $i + $me)) }}"));

        Assert.Equal([.. Enumerable.Range(0, 2 * turns).SelectMany(i => new[] { $"/nowhere/{i}", $"on {CpuOf(i % 2)}" }), "end"], LinesOf(output));
    }

    [Theory]
    [MemberData(nameof(Several))]
    public void What_is_newer_than_an_exit_is_not_printed_but_what_END_yields_is(int rings)
    {
        const int last = 20;
        string output = RunTraced(rings, TakeTurns(
            $"for my $i (0..1000) {{ turn(\"/nowhere/\" . ($i == {last} && $me == 1 ? \"last\" : $i)) }}"));

        string[] expected = [.. Enumerable.Range(0, last + 1).SelectMany(i =>
            new[] { $"/nowhere/{i}", $"on {CpuOf(0)}", $"/nowhere/{(i == last ? "last" : i)}", $"on {CpuOf(1)}" }), "end"];
        Assert.Equal(expected, LinesOf(output));
    }

    [Theory]
    [MemberData(nameof(Several))]
    public void Nothing_is_missing_of_two_CPUs_that_send_as_fast_as_they_can(int rings)
    {
        const int records = 20_000;
        string[] lines = LinesOf(RunTraced(rings, Free(records)));

        Assert.Equal("end", lines[^1]);
        for (int me = 0; me < 2; me++)
        {
            string prefix = $"/nowhere/{me}-";
            Assert.Equal(Enumerable.Range(0, records).Select(i => $"{prefix}{i}"), lines.Where(line => line.StartsWith(prefix, StringComparison.Ordinal)));
            Assert.Equal(records, lines.Count(line => line == $"on {CpuOf(me)}"));
        }
    }

    [Fact]
    public void Records_are_merged_in_the_order_of_their_stamps_while_they_are_written()
    {
        Machine.RequireRoot();
        Machine.RequireTracefs();
        const int records = 20_000;
        using LoadedObject loaded = ObjectLoader.Load(ScriptHarness.Compile(ScriptWith(4), out _));
        RingBuffer[] rings = [.. loaded.Blueprint.FindMap(RecordSchema.DataRing)!.InnerMaps.Select(name => new RingBuffer(loaded.Maps[name]))];
        var merger = new RingMerger(rings, RecordSchema.HeaderSize);
        Assert.Empty(loaded.Attach());
        using RunningProgram work = RunningProgram.Start("perl", ["-e", Free(records)]);
        var stamps = new List<ulong>();
        int passes = 0;
        for (; !work.HasExited; passes++)
        {
            merger.Begin();
            while (merger.TryTake(out _, out ReadOnlySpan<byte> record))
                stamps.Add(MemoryMarshal.Read<ulong>(record[RecordSchema.HeaderSize..]));
        }
        loaded.Detach();
        merger.BeginAll();
        while (merger.TryTake(out _, out ReadOnlySpan<byte> record))
            stamps.Add(MemoryMarshal.Read<ulong>(record[RecordSchema.HeaderSize..]));

        Assert.Equal(2 * 2 * records, stamps.Count);
        Assert.True(passes > 100, $"only {passes} passes met the writers");
        Assert.Equal(0, stamps.Zip(stamps.Skip(1)).Count(pair => pair.First > pair.Second));
        Array.ForEach(rings, ring => ring.Dispose());
    }

    [Fact]
    public void Merging_gives_the_rings_back_and_allocates_nothing_for_a_record()
    {
        Machine.RequireRoot();
        const int records = 1000;
        using LoadedObject loaded = ObjectLoader.Load(ScriptHarness.Compile(
            "config = { data_rings = 2 } begin { for ($i : 0..1000) { printf(\"%d\\n\", $i); } }", out _));
        using RingBuffer first = new(loaded.Maps["events0"]), second = new(loaded.Maps["events1"]);
        var merger = new RingMerger([first, second], RecordSchema.HeaderSize);
        KernelProgram program = loaded.Programs[loaded.Blueprint.Programs[0].Name];
        long allocated = 0;
        for (int pass = 0; pass < 100; pass++)
        {
            // On one CPU, so that all passes find their records on the same ring.
            program.Run(new TestRun { Cpu = 0 });
            long before = GC.GetAllocatedBytesForCurrentThread();
            merger.BeginAll();
            int count = 0;
            while (merger.TryTake(out _, out _))
                count++;
            // The first pass finds how many records wait.
            if (pass >= 50)
                allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.Equal(records, count);
            Assert.Equal(0, first.AvailableBytes + second.AvailableBytes);
        }
        Assert.Equal(0, allocated);
    }

    private static string RunTraced(int rings, string perl)
    {
        Machine.RequireRoot();
        Machine.RequireTracefs();
        return ScriptHarness.Run(ScriptWith(rings), TraceOptions.Default with { Command = ["perl", "-e", perl] });
    }

    private static string ScriptWith(int rings) => $"config = {{ data_rings = {rings}; perf_rb_pages = 4096 }} {Probe}";

    private static string[] LinesOf(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static int CpuOf(int me) => me == 0 ? 0 : Environment.ProcessorCount - 1;

    /// <summary>Two processes, each on a CPU of its own, that wait for each other: <c>turn</c> removes a directory when the other has.</summary>
    private static string TakeTurns(string body) => TwoProcesses($$"""
        sub await { sysread $from, my $b, 1 or exit }
        sub turn { await() if $me; rmdir $_[0]; syswrite $to, "x"; await() if !$me }
        {{body}}
        """);

    // With a rest after each hundred, so that a reader beside both writers gets its turns on two CPUs.
    private static string Free(int records) => TwoProcesses(
        $"for my $i (0..{records - 1}) {{ rmdir \"/nowhere/$me-$i\"; select undef, undef, undef, 0.001 if $i % 100 == 99 }}");

    private static string TwoProcesses(string body) => $$"""
        pipe my $r0, my $w0; pipe my $r1, my $w1;
        my $child = fork;
        my ($me, $from, $to, $cpu) = $child ? (0, $r0, $w1, {{CpuOf(0)}}) : (1, $r1, $w0, {{CpuOf(1)}});
        $child ? (close $r1, close $w0) : (close $r0, close $w1);
        system "taskset -pc $cpu $$ > /dev/null";
        $0 = "{{Workload}}";
        {{body}}
        waitpid $child, 0 if $child;
        """;
}
