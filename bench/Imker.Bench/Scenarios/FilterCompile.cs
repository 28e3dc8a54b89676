using Imker.Bench.Filters;

namespace Imker.Bench.Scenarios;

/// <summary>A filter compiled and listed, from the start of the process to its end.</summary>
internal static class FilterCompile
{
    public static IEnumerable<Row> Run(Setup setup)
    {
        foreach (string filter in (IEnumerable<string>)["tcp port 443", FilterList.All[^1]])
        {
            var runs = Statistics.InTurn(setup.Peers, setup.Rounds, peer =>
                Spawned.Start([.. peer.Prefix, "-d", "-y", "EN10MB", filter]).WaitForEnd() is { Status: 0 } usage ? usage : null);
            yield return Row.Of($"`-d '{filter}'`: wall", runs, u => u.Wall.TotalMilliseconds, " ms", "0.00");
            yield return Row.Of($"`-d '{filter}'`: CPU", runs, u => u.Cpu.TotalMilliseconds, " ms", "0.00");
        }
    }
}
