namespace Imker.Bench.Scenarios;

/// <summary>A script that does nothing, from start to end.</summary>
internal static class WholeRun
{
    private const string Script = "BEGIN { exit(); }";

    public static IEnumerable<Row> Run(Setup setup)
    {
        var runs = Statistics.InTurn(setup.Peers, setup.Rounds, peer =>
            Spawned.Start(peer.Script(Script)).WaitForEnd() is { Status: 0 } usage ? usage : null);
        yield return Row.Of($"`{Script}`: wall", runs, u => u.Wall.TotalMilliseconds, " ms", "0.0");
        yield return Row.Of($"`{Script}`: CPU", runs, u => u.Cpu.TotalMilliseconds, " ms", "0.0");

        var able = setup.Peers.Where((_, i) => runs[i].Count > 0).ToList();
        var peaks = Statistics.InTurn(setup.Peers, 3, peer => able.Contains(peer) ? new Peak(Spawned.PeakResident(peer.Script(Script))) : null);
        yield return Row.Of($"`{Script}`: peak resident memory", peaks, p => p.Bytes / 1048576.0, " MiB", "0.0");
    }

    private sealed record Peak(long Bytes);
}
