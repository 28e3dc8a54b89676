namespace Imker.Bench.Scenarios;

/// <summary>The programs that scripts become: how long they are after the verifier, and what a run takes in the kernel.</summary>
internal static class ProgramCost
{
    private static readonly string[] Workload = ["/bin/dd", "if=/dev/zero", "of=/dev/null", "bs=1", "count=200000", "status=none"];

    private static readonly (string Figure, string Script)[] Scripts =
    [
        ("`@[comm] = count()` on every system call", "tracepoint:raw_syscalls:sys_enter { @[comm] = count(); }"),
        ("`@ = hist(args->ret)` on sys_exit_read", "tracepoint:syscalls:sys_exit_read { @ = hist(args->ret); }"),
        ("`@[tid] = nsecs` on sys_enter_read", "tracepoint:syscalls:sys_enter_read { @[tid] = nsecs; }"),
        ("`printf` of three fields, of one comm, on sys_exit_read", EventStream.Script),
        ("`printf` of comm and a string on sys_enter_openat",
            "tracepoint:syscalls:sys_enter_openat { printf(\"%s %s\\n\", comm, str(args->filename)); }"),
    ];

    public static IEnumerable<Row> Run(Setup setup)
    {
        List<Row> times = [];
        foreach ((string figure, string script) in Scripts)
        {
            var costs = KernelPrograms.WithStatistics(() => Statistics.InTurn(setup.Peers, Math.Min(setup.Rounds, 5), peer => Measure(peer.Script(script))));
            yield return Row.Of($"{figure}: instructions", costs, c => c.Instructions, "");
            times.Add(Row.Of($"{figure}: a run", costs, c => c.NanosecondsPerRun, " ns"));
        }
        // The last script sees too few calls for a time.
        foreach (Row row in times.SkipLast(1))
            yield return row;
    }

    private static Cost? Measure(IReadOnlyList<string> command)
    {
        HashSet<int> before = KernelPrograms.Ids();
        if (Peer.Attach(command) is not { } tracer)
            return null;
        Task drained = tracer.Output!.CopyToAsync(Stream.Null);
        Spawned.Start(Workload).WaitForEnd();
        IReadOnlyList<KernelProgramInfo> programs = KernelPrograms.Since(before);
        tracer.Signal(Native.SigInt);
        drained.Wait();
        tracer.WaitForEnd();
        long runs = programs.Sum(p => p.Runs);
        return new Cost(programs.Sum(p => p.Instructions), runs == 0 ? 0 : (double)programs.Sum(p => p.RunNanoseconds) / runs);
    }

    private sealed record Cost(int Instructions, double NanosecondsPerRun);
}
