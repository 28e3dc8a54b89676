using System.Text.Json;

namespace Imker.Bench;

/// <summary>What the kernel says of loaded programs, asked with bpftool.</summary>
internal static class KernelPrograms
{
    private const string StatisticsSwitch = "/proc/sys/kernel/bpf_stats_enabled";

    public static HashSet<int> Ids() => [.. All().Select(p => p.Id)];

    /// <summary>The programs that were not there before.</summary>
    public static IReadOnlyList<KernelProgramInfo> Since(HashSet<int> before) => [.. All().Where(p => !before.Contains(p.Id))];

    /// <summary>Runs with the kernel counting runs and their time, which costs some time itself.</summary>
    public static T WithStatistics<T>(Func<T> run)
    {
        string before = File.ReadAllText(StatisticsSwitch);
        File.WriteAllText(StatisticsSwitch, "1");
        try
        {
            return run();
        }
        finally
        {
            File.WriteAllText(StatisticsSwitch, before);
        }
    }

    private static List<KernelProgramInfo> All()
    {
        Spawned bpftool = Spawned.Start(["/usr/sbin/bpftool", "-j", "prog", "show"], readOutput: true);
        using JsonDocument answer = JsonDocument.Parse(bpftool.Output!);
        bpftool.WaitForEnd();
        return [.. answer.RootElement.EnumerateArray().Select(KernelProgramInfo.Read)];
    }
}

/// <param name="Instructions">Slots of 8 bytes, after the verifier.</param>
/// <param name="RunNanoseconds">Counted while statistics are on.</param>
internal sealed record KernelProgramInfo(int Id, string Type, int Instructions, long RunNanoseconds, long Runs)
{
    public static KernelProgramInfo Read(JsonElement program) => new(
        program.GetProperty("id").GetInt32(),
        program.GetProperty("type").GetString()!,
        program.GetProperty("bytes_xlated").GetInt32() / 8,
        Optional(program, "run_time_ns"),
        Optional(program, "run_cnt"));

    private static long Optional(JsonElement program, string name) => program.TryGetProperty(name, out JsonElement value) ? value.GetInt64() : 0;
}
