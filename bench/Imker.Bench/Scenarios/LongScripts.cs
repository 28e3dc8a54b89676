using System.Text;

namespace Imker.Bench.Scenarios;

/// <summary>Long scripts compiled and not loaded, which bpftrace has no flag for: processor time of the whole process.</summary>
internal static class LongScripts
{
    public static IEnumerable<Row> Run(Setup setup)
    {
        foreach ((string what, int probes, int lines) in ((string, int, int)[])[("one probe of 5,000 lines", 1, 5000), ("300 probes of 17 lines", 300, 17)])
        {
            string file = Path.Combine(Path.GetTempPath(), $"imker-bench-{Environment.ProcessId}.bt");
            File.WriteAllText(file, Script(probes, lines));
            var runs = Statistics.InTurn([setup.Peers[^1]], setup.Rounds, peer =>
                Spawned.Start([.. peer.Prefix, "--emit", "object", file]).WaitForEnd() is { Status: 0 } usage ? usage : null);
            File.Delete(file);
            yield return Row.Of($"{what}, compiled: CPU", [[], runs[0]], u => u.Cpu.TotalSeconds, " s", "0.00");
        }
    }

    private static string Script(int probes, int lines)
    {
        StringBuilder text = new();
        for (int probe = 0; probe < probes; probe++)
        {
            text.Append($"interval:ms:{100 + probe} {{\n");
            for (int line = 0; line < lines; line++)
                text.Append($"  @m{line % 50}[{line}, comm] = {line} + nsecs;\n");
            text.Append("}\n");
        }
        return text.ToString();
    }
}
