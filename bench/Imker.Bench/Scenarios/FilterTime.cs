using System.Diagnostics;
using System.Globalization;
using Imker.Bench.Filters;
using Imker.Filter;
using Imker.Machine;

namespace Imker.Bench.Scenarios;

/// <summary>What a filter takes for a packet in user space: libpcap's interpreter and ours, over the same packets.</summary>
internal static class FilterTime
{
    private const int PacketCount = 2000;

    public static IEnumerable<Row> Run(Setup setup)
    {
        byte[][] packets = TestPackets.Make(PacketCount);
        // What the just-in-time compiler makes of the first runs is not what is measured.
        double[][] ours = [MeasureOurs(packets, 300), MeasureOurs(packets, 300)];
        double[]? theirs = MeasureTheirs(setup, packets);
        if (theirs is null)
            yield return new Row("a packet through a filter in user space: needs `apt-get install libpcap-dev gcc`", [null, null]);
        else
        {
            foreach (string filter in (IEnumerable<string>)["tcp port 443", "tcp port 443 and host 10.0.0.1"])
            {
                int index = Array.IndexOf(FilterList.All, filter);
                yield return new Row($"a packet through `{filter}` in user space", [Nanoseconds(theirs[index]), Nanoseconds(ours[^1][index])]);
            }
            yield return new Row($"the same, geometric mean of {FilterList.All.Length} filters", [Nanoseconds(Mean(theirs)), Nanoseconds(Mean(ours[^1]))]);
        }
    }

    private static double[] MeasureOurs(byte[][] packets, int rounds) => [.. FilterList.All.Select(filter =>
        Measure(PacketMatcher.Create(PacketFilter.Compile(filter, LinkType.Ethernet).Classic), packets, rounds))];

    // The quickest of all rounds: what else the machine did is no part of it.
    private static double Measure(PacketMatcher matcher, byte[][] packets, int rounds)
    {
        double best = double.MaxValue;
        int passed = 0;
        for (int round = 0; round < rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            foreach (byte[] packet in packets)
                passed += matcher.Matches(packet) ? 1 : 0;
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalNanoseconds);
        }
        GC.KeepAlive(passed);
        return best / packets.Length;
    }

    private static double[]? MeasureTheirs(Setup setup, byte[][] packets)
    {
        string folder = Directory.CreateTempSubdirectory("imker-bench-").FullName;
        try
        {
            string program = Path.Combine(folder, "filter_time"), data = Path.Combine(folder, "packets");
            string source = Path.Combine(setup.Root, "bench/Imker.Bench/Filters/filter_time.c");
            if (!File.Exists("/usr/bin/cc") || Spawned.Start(["/usr/bin/cc", "-O2", "-o", program, source, "-lpcap"]).WaitForEnd().Status != 0)
                return null;
            WritePackets(data, packets);
            Spawned run = Spawned.Start([program, data, "300", .. FilterList.All], readOutput: true);
            using var reader = new StreamReader(run.Output!);
            string[] lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            run.WaitForEnd();
            return [.. lines.Select(line => double.Parse(line.Split(' ')[0], CultureInfo.InvariantCulture))];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void WritePackets(string path, byte[][] packets)
    {
        using FileStream file = File.Create(path);
        foreach (byte[] packet in packets)
        {
            file.Write(BitConverter.GetBytes(packet.Length));
            file.Write(packet);
        }
    }

    private static double Mean(double[] values) => Math.Exp(values.Average(Math.Log));

    private static string Nanoseconds(double value) => value.ToString("0.0", CultureInfo.InvariantCulture) + " ns";
}
