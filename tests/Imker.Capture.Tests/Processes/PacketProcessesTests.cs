using System.Net;
using System.Net.Sockets;
using Imker.Filter.Protocols;
using Imker.Linux;
using Imker.TestKit;

namespace Imker.Capture.Tests.Processes;

/// <summary>Captures on the loopback device; what is meant is told from all else by its port.</summary>
public sealed class PacketProcessesTests
{
    private static readonly LiveCaptureOptions options = new() { InterfaceName = "lo", IsImmediate = true, FindsProcesses = true };

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void The_sender_is_named_when_it_has_ended_with_its_cgroup(string address)
    {
        using var cgroup = new TemporaryCgroup();
        using UdpClient receiver = Receive(address, out int port);
        using LiveCapture capture = LiveCapture.Open(options);
        Assert.Null(capture.ProcessProblem);
        int sender = RunBash($"echo $$ >{cgroup.Directory}/cgroup.procs; echo hello >/dev/udp/{address}/{port}");
        Assert.Equal([new SocketOwner(sender, "bash", cgroup.Path)], ProcessesOf(capture, port, 1));
    }

    [Fact]
    public void Both_ends_of_a_connection_that_is_closed_are_named()
    {
        TestKit.Machine.RequireRoot();
        string perl = TestKit.Machine.RequireTool("perl");
        using LiveCapture capture = LiveCapture.Open(options);
        // One process makes the connection that another accepts, and both end.
        using RunningProgram server = RunningProgram.Shell($"exec {perl} -MIO::Socket::INET -e '$| = 1; $s = IO::Socket::INET->new(Listen => 1, LocalAddr => \"127.0.0.1\"); print $s->sockport, \"\\n\"; $c = $s->accept; print $c \"hello\\n\"; close $c'");
        server.WaitForOutput("\n");
        int port = int.Parse(server.OutputSoFar, null);
        int client = RunBash($"exec 3<>/dev/tcp/127.0.0.1/{port}; read <&3");
        server.WaitForEnd(TimeSpan.FromSeconds(10));
        List<SocketOwner?> processes = ProcessesOf(capture, port, 6);
        Assert.Equal([("bash", client), ("perl", server.ProcessId)], processes.Select(p => (p!.Name, p.ProcessId)).Distinct());
    }

    [Fact]
    public void The_holder_of_a_socket_that_is_older_than_the_capture_is_named()
    {
        TestKit.Machine.RequireRoot();
        using UdpClient receiver = Receive("127.0.0.1", out int port);
        using var sender = new UdpClient("127.0.0.1", port);
        using LiveCapture capture = LiveCapture.Open(options);
        sender.Send([1, 2, 3]);
        Assert.Equal(Environment.ProcessId, ProcessesOf(capture, port, 1)[0]?.ProcessId);
    }

    [Fact]
    public void A_port_is_its_socket_s_until_that_is_closed()
    {
        TestKit.Machine.RequireRoot();
        using SocketWatch watch = SocketWatch.Start();
        ushort port;
        using (UdpClient receiver = Receive("127.0.0.1", out int bound))
        {
            port = (ushort)bound;
            Assert.Equal(Environment.ProcessId, watch.FindBound(IpProtocol.Udp, port, Now)?.ProcessId);
            Assert.Null(watch.FindBound(IpProtocol.Tcp, port, Now));
        }
        long closed = Now;
        Assert.NotNull(watch.FindBound(IpProtocol.Udp, port, closed - 1_000_000_000));
        Assert.Null(watch.FindBound(IpProtocol.Udp, port, closed));
    }

    [Fact]
    public void Finding_the_process_of_a_flow_again_allocates_nothing()
    {
        TestKit.Machine.RequireRoot();
        using PacketProcesses processes = PacketProcesses.Start(loopbackIndex: 1);
        using UdpClient receiver = Receive("127.0.0.1", out int port);
        byte[] packet = [.. new byte[12], 8, 0, 0x45, 0, 0, 28, 0, 0, 0, 0, 64, 17, 0, 0, 127, 0, 0, 1, 127, 0, 0, 1, 0, 9, (byte)(port >> 8), (byte)port, 0, 8, 0, 0];
        Assert.Equal(Environment.ProcessId, Find(processes, packet)?.ProcessId);
        long least = long.MaxValue;
        for (int round = 0; round < 5; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 1_000; i++)
                Find(processes, packet);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        Assert.Equal(0, least);
    }

    private static SocketOwner? Find(PacketProcesses processes, byte[] packet) =>
        processes.Find(new CapturedPacket { Timestamp = 0, Data = packet, OriginalLength = (uint)packet.Length, LinkType = 1, InterfaceIndex = 1 });

    private static long Now => (long)Clocks.BootNanoseconds;

    private static UdpClient Receive(string address, out int port)
    {
        var receiver = new UdpClient(new IPEndPoint(IPAddress.Parse(address), 0));
        port = ((IPEndPoint)receiver.Client.LocalEndPoint!).Port;
        return receiver;
    }

    // The process id; it has ended.
    private static int RunBash(string script)
    {
        string bash = TestKit.Machine.RequireTool("bash");
        using RunningProgram program = RunningProgram.Start(bash, ["-c", script]);
        ProgramResult result = program.WaitForEnd(TimeSpan.FromSeconds(10));
        Assert.True(result.ExitCode == 0, result.Error);
        return program.ProcessId;
    }

    private static List<SocketOwner?> ProcessesOf(LiveCapture capture, int port, int count) =>
        CapturedProcesses.Wait(capture, count, (in CapturedPacket packet) => CapturedProcesses.HasPort(packet, port));
}
