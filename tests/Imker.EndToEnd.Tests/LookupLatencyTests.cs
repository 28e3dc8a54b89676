using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Imker.TestKit;

namespace Imker.EndToEnd.Tests;

/// <summary>The example measures what it says: a lookup that a name server of the test's own keeps waiting.</summary>
public sealed class LookupLatencyTests
{
    private const string ServerAddress = "127.0.77.53";
    private const int ServerPort = 53;
    private const int DelayMilliseconds = 400;
    private static readonly TimeSpan limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_lookup_that_is_kept_waiting_shows_as_long_as_it_took()
    {
        KernelGate.Require("uprobe_multi");
        string unshare = Machine.RequireTool("unshare");
        using var server = new UdpClient(new IPEndPoint(IPAddress.Parse(ServerAddress), ServerPort));
        using var stop = new CancellationTokenSource();
        Task answering = RefuseSlowly(server, stop.Token);
        using RunningProgram trace = ImkerBinary.Start(
            ["trace", Path.Combine(Machine.RepositoryRoot, "examples/gethostlatency.bt")], environment: Workloads.Readiness);
        trace.WaitForOutput(Workloads.ReadinessLine, limit);

        // The mounts are seen by this script alone and end with it.
        const string script = $"mount -t tmpfs none /mnt && echo nameserver {ServerAddress} >/mnt/resolv.conf"
            + " && mount --bind /mnt/resolv.conf /etc/resolv.conf && getent ahostsv4 slow.example";
        ProgramResult lookup = RunningProgram.Start(unshare, ["--mount", "/bin/sh", "-c", script]).WaitForEnd(limit);
        trace.WaitForOutput("slow.example", limit);
        trace.Signal("INT");
        Match line = Regex.Match(trace.WaitForEnd(limit).Output, @"getent +(\d+) slow\.example");
        Assert.True(line.Success, lookup.Error);
        Assert.InRange(int.Parse(line.Groups[1].ValueSpan, CultureInfo.InvariantCulture), DelayMilliseconds - 5, DelayMilliseconds * 5);
        await stop.CancelAsync();
        await answering;
    }

    // Answers each question, after a while, with "no such name" (RFC 1035, section 4.1.1).
    private static async Task RefuseSlowly(UdpClient server, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                UdpReceiveResult question = await server.ReceiveAsync(stop);
                await Task.Delay(DelayMilliseconds, stop);
                byte[] answer = question.Buffer;
                answer[2] |= 0x80;
                answer[3] = 0x83;
                await server.SendAsync(answer, question.RemoteEndPoint, stop);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
