using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Imker.Bench.Scenarios;

/// <summary>Datagrams as fast as one core sends them, over a pair of devices between two network namespaces, captured to a file.</summary>
internal static partial class LiveCapture
{
    /// <summary>The word that has this program send instead of measuring.</summary>
    public const string SendCommand = "send-datagrams";

    private const int Count = 1_000_000, Port = 9, Interrupt = 2;
    private const string Target = "10.9.0.77";

    public static IEnumerable<Row> Run(Setup setup)
    {
        foreach ((int payload, string[] buffer, string ring) in ((int, string[], string)[])[(64, ["-B", "64"], "a ring of 64 KiB"), (1400, [], "the default ring")])
        {
            var runs = Statistics.InTurn(setup.Peers, setup.Rounds, peer => Measure(peer, payload, buffer));
            string figure = string.Create(CultureInfo.InvariantCulture, $"1 million datagrams of {payload} bytes to a file, {ring}");
            yield return Row.Of($"{figure}: dropped", runs, r => r.Dropped, "");
            yield return Row.Of($"{figure}: CPU", runs, r => r.Cpu, " ms");
        }
    }

    /// <summary>What runs in the sending namespace.</summary>
    public static int Send(string payload, string count)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Connect(new IPEndPoint(IPAddress.Parse(Target), Port));
        byte[] datagram = new byte[int.Parse(payload, CultureInfo.InvariantCulture)];
        for (int left = int.Parse(count, CultureInfo.InvariantCulture); left > 0; left--)
            socket.Send(datagram);
        return 0;
    }

    private static Result? Measure(Peer peer, int payload, string[] buffer)
    {
        string left = $"imker-bench-{Environment.ProcessId}-a", right = $"imker-bench-{Environment.ProcessId}-b", file = Path.Combine(Path.GetTempPath(), $"{left}.pcap");
        Shell($"""
            ip netns add {left}; ip netns add {right}
            ip -n {left} link add bench0 type veth peer name bench1 netns {right}
            ip -n {left} link set bench0 address 02:00:00:00:00:01 up; ip -n {right} link set bench1 up
            ip -n {right} addr add 10.9.0.2/24 dev bench1; ip -n {right} neigh replace {Target} lladdr 02:00:00:00:00:01 dev bench1
            """);
        try
        {
            Spawned capture = Spawned.Start(["/bin/ip", "netns", "exec", left, .. peer.Prefix, "-i", "bench0", .. buffer, "-w", file, $"udp port {Port}"], readOutput: true);
            var said = new StringBuilder();
            if (!ReadUntil(capture.Output!, said, "listening on"))
                return null;
            Shell($"ip netns exec {right} {Environment.ProcessPath} {SendCommand} {payload} {Count}");
            // A block that is not full is handed over within the second.
            Thread.Sleep(1500);
            capture.Signal(Interrupt);
            ReadUntil(capture.Output!, said, null);
            Usage usage = capture.WaitForEnd();
            Match dropped = Dropped().Match(said.ToString());
            return dropped.Success ? new Result(long.Parse(dropped.Groups[1].Value, CultureInfo.InvariantCulture), usage.Cpu.TotalMilliseconds) : null;
        }
        finally
        {
            Shell($"ip netns del {left}; ip netns del {right}; rm -f {file}");
        }
    }

    private static bool ReadUntil(Stream output, StringBuilder said, string? text)
    {
        byte[] buffer = new byte[4096];
        for (int count; (count = output.Read(buffer)) > 0;)
        {
            said.Append(Encoding.UTF8.GetString(buffer, 0, count));
            if (text is not null && said.ToString().Contains(text, StringComparison.Ordinal))
                return true;
        }
        return false;
    }

    private static void Shell(string script)
    {
        using Process shell = Process.Start("/bin/sh", ["-c", script]);
        shell.WaitForExit();
    }

    [GeneratedRegex("([0-9]+) packets? dropped by kernel")]
    private static partial Regex Dropped();

    private sealed record Result(long Dropped, double Cpu);
}
