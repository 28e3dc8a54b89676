namespace Imker.Bench.Scenarios;

/// <summary>Six probes on user functions: how long until they are attached, and until they and the program are gone.</summary>
internal static class AttachAndStop
{
    public static IEnumerable<Row> Run(Setup setup)
    {
        string script = Path.Combine(setup.Root, "examples/gethostlatency.bt");
        var times = Statistics.InTurn(setup.Peers, setup.Rounds, peer => Measure(peer.ScriptFile(script)));
        yield return Row.Of("gethostlatency: start to attached", times, t => t.Attached.TotalMilliseconds, " ms", "0.0");
        yield return Row.Of("gethostlatency: SIGINT to gone", times, t => t.Gone.TotalMilliseconds, " ms", "0.0");
        yield return Row.Of("gethostlatency: CPU", times, t => t.Cpu.TotalMilliseconds, " ms", "0.0");
    }

    private static Times? Measure(IReadOnlyList<string> command)
    {
        if (Peer.Attach(command) is not { } tracer)
            return null;
        TimeSpan attached = tracer.Age;
        Thread.Sleep(200);
        TimeSpan asked = tracer.Age;
        tracer.Signal(Native.SigInt);
        Usage usage = tracer.WaitForEnd();
        return new Times(attached, usage.Wall - asked, usage.Cpu);
    }

    private sealed record Times(TimeSpan Attached, TimeSpan Gone, TimeSpan Cpu);
}
