namespace Imker.Bench.Scenarios;

/// <summary>A line of text for each of 1.8 million events, in three bursts: lines lost, the traced program slowed, CPU time spent.</summary>
internal static class EventStream
{
    public const string Script = "tracepoint:syscalls:sys_exit_read /comm == \"dd\"/ { printf(\"%s %d %d\\n\", comm, pid, args->ret); }";

    // What the kernel takes for any program at that place: no peer can go below it.
    private const string EmptyScript = "tracepoint:syscalls:sys_exit_read /0/ { exit(); }";

    private const int Bursts = 3, Calls = 600_000;

    private static readonly string[] Workload = ["/bin/dd", "if=/dev/zero", "of=/dev/null", "bs=1", $"count={Calls}", "status=none"];

    public static IEnumerable<Row> Run(Setup setup)
    {
        int rounds = Math.Min(setup.Rounds, 3);
        var streams = Statistics.InTurn(setup.Peers, rounds, peer => Measure(peer, Script));
        var empty = Statistics.InTurn(setup.Peers, rounds, peer => Measure(peer, EmptyScript));
        yield return Row.Of("`printf` an event under `dd bs=1`: lost", streams, s => s.LostPercent, " %", "0.##");
        yield return Row.Of("the same: `dd` slowed", streams, s => s.Slowed, " times", "0.0");
        yield return Row.Of("the same: CPU for 1.8 million events", streams, s => s.Cpu.TotalSeconds, " s", "0.00");
        yield return Row.Of("`dd bs=1` with a probe that does nothing: `dd` slowed", empty, s => s.Slowed, " times", "0.0");
    }

    private static Sample? Measure(Peer peer, string script)
    {
        // Right before, so that what else the machine does weighs the same.
        double alone = MedianBurst();
        if (Peer.Attach(peer.Script(script)) is not { } tracer)
            return null;
        Task<long> events = Task.Run(() => CountEvents(tracer.Output!));
        double traced = MedianBurst();
        tracer.Signal(Native.SigInt);
        long seen = events.Result;
        Usage usage = tracer.WaitForEnd();
        double expected = (double)Bursts * Calls;
        return new Sample(Math.Max(0, 100 * (expected - seen) / expected), traced / alone, usage.Cpu);
    }

    private static double MedianBurst() => Statistics.Median([.. Enumerable.Range(0, Bursts).Select(_ =>
    {
        Thread.Sleep(300);
        return Spawned.Start(Workload).WaitForEnd().Wall.TotalMilliseconds;
    })]);

    /// <summary>Lines of an event start with dd's name; other lines are what the tracer has to say.</summary>
    private static long CountEvents(Stream output)
    {
        byte[] buffer = new byte[1 << 16];
        long events = 0;
        bool atStart = true;
        int count;
        while ((count = output.Read(buffer)) > 0)
        {
            foreach (byte next in buffer.AsSpan(0, count))
            {
                if (atStart && next == 'd')
                    events++;
                atStart = next == '\n';
            }
        }
        return events;
    }

    private sealed record Sample(double LostPercent, double Slowed, TimeSpan Cpu);
}
