using System.Net.Sockets;
using Imker.Linux;
using Imker.TestKit;

namespace Imker.Capture.Tests.Processes;

/// <summary>Packets of all protocols have a process where one sent them, or will get them.</summary>
public sealed class ProtocolProcessesTests
{
    // Behind each filter, so many packets.
    [Theory]
    [InlineData("icmp", 2, "my $s = made(2, 2, 1); say_to($s, echo(0), '10.88.0.1'); recv($s, my $b, 100, 0);")]
    [InlineData("icmp", 2, "my $s = made(2, 3, 1); say_to($s, echo(4711), '10.88.0.1'); recv($s, my $b, 100, 0);")]
    [InlineData("icmp6[0] = 128 or icmp6[0] = 129", 2, "my $s = made(10, 2, 58); say_to($s, pack('CCnnn', 128, 0, 0, 0, 1), 'fd88::1'); recv($s, my $b, 100, 0);")]
    [InlineData("icmp[0] = 42", 1, "my $s = made(2, 3, 1); say_to($s, pack('CCnnn', 42, 0, 0xd5ff, 0, 0x100), '10.88.0.1');")]
    [InlineData("icmp6[0] = 134", 1, "my $s = made(10, 3, 58); say_to($s, pack('CCnNNN', 134, 0, 0, 0, 0, 0), 'fd88::1');")]
    [InlineData("ip proto 253", 1, "say_to(made(2, 3, 253), 'hello', '10.88.0.1');")]
    [InlineData("ip6 proto 253", 1, "say_to(made(10, 3, 253), 'hello', 'fd88::1');")]
    [InlineData("ip proto 136 and ip[28:4] = 0x68656c6c", 1, "say_to(made(2, 2, 136), 'hello', '10.88.0.1', 9);")]
    [InlineData("ip proto 50", 2, "my $s = made(2, 3, 50); say_to($s, pack('NN', 7, $_) . 'x' x 32, '10.88.0.1') for 1..2;")]
    [InlineData("ip6[6] = 0 and ip6[40] = 60", 1, "my $s = made(10, 2, 17); setsockopt($s, 41, $_, pack('C8', 0, 0, 1, 4, 0, 0, 0, 0)) or die $! for 54, 59; say_to($s, 'hello', 'fd88::1', 9);")]
    [InlineData("udp or ip[6:2] & 0x1fff != 0", 3, "say_to(made(2, 2, 17), 'x' x 4000, '10.88.0.1', 9);")]
    [InlineData("ip6[6] = 44", 3, "say_to(made(10, 2, 17), 'x' x 4000, 'fd88::1', 9);")]
    [InlineData("ip[6:2] & 0x1fff != 0", 1, "say_to(made(2, 3, 255), pack('CCnnnCCna4a4', 69, 0, 28, 9, 5, 64, 17, 0, inet_aton('10.88.0.2'), inet_aton('10.88.0.1')) . 'x' x 8, '10.88.0.1');")]
    [InlineData("icmp[0] = 3", 1, "refused(2, '10.88.0.1')")]
    [InlineData("icmp6[0] = 1", 1, "refused(10, 'fd88::1')")]
    public void The_process_is_named(string filter, int packets, string script)
    {
        using var neighbour = new Neighbour();
        using LiveCapture capture = neighbour.Capture(filter);
        Assert.Null(capture.ProcessProblem);
        int sender = neighbour.Run(script);
        AssertAll(sender, "perl", capture, packets);
    }

    [Theory]
    [InlineData("type vxlan id 7 remote 10.88.0.1 dstport 4789", "udp port 4789", "vxlan")]
    [InlineData("type geneve id 7 remote 10.88.0.1", "udp port 6081", "geneve")]
    [InlineData("type gre local 10.88.0.2 remote 10.88.0.1", "ip proto 47", "ip_gre")]
    [InlineData("type ipip local 10.88.0.2 remote 10.88.0.1", "ip proto 4", "ipip")]
    [InlineData("type sit local 10.88.0.2 remote 10.88.0.1", "ip proto 41", "sit")]
    public void Who_sends_through_a_tunnel_is_named(string device, string filter, string module)
    {
        using var neighbour = new Neighbour();
        KernelGate.Require(module == "vxlan" ? "vxlan" : "tunnel_devices");
        RunningProgram.RunShell($"modprobe {module}");
        bool isIp6 = module == "sit";
        neighbour.Setup($"""
            set -e
            ip link add tunnel {device}; ip addr add 10.89.0.2/24 dev tunnel; ip -6 addr add fd89::2/64 dev tunnel nodad; ip link set tunnel up
            ip neigh replace 10.89.0.1 lladdr 02:00:00:00:00:09 dev tunnel nud permanent 2>/dev/null || true
            """);
        // What a new device says of itself is shorter.
        using LiveCapture capture = neighbour.Capture($"{filter} and greater 500");
        int sender = neighbour.Run($"say_to(made({(isIp6 ? 10 : 2)}, 2, 17), 'x' x 500, '{(isIp6 ? "fd89::1" : "10.89.0.1")}', 9);");
        AssertAll(sender, "perl", capture, 1);
    }

    [Fact]
    public void Who_sends_encrypted_packets_is_named()
    {
        using var neighbour = new Neighbour();
        KernelGate.Require("ipsec");
        RunningProgram.RunShell("modprobe -a esp4 xfrm_user");
        neighbour.Setup("""
            set -e
            ip xfrm state add src 10.88.0.2 dst 10.88.0.1 proto esp spi 7 mode transport auth 'hmac(sha1)' 0x0102030405060708091011121314151617181920 enc 'cbc(aes)' 0x01020304050607080910111213141516
            ip xfrm policy add dir out src 10.88.0.2 dst 10.88.0.1 proto udp tmpl proto esp mode transport
            """);
        using LiveCapture capture = neighbour.Capture("ip proto 50");
        int first = neighbour.Run("say_to(made(2, 2, 17), 'hello', '10.88.0.1', 9);"), second = neighbour.Run("say_to(made(2, 2, 17), 'hello', '10.88.0.1', 9);");
        Assert.Equal([first, second], CapturedProcesses.Wait(capture, 2, Any).Select(p => p?.ProcessId ?? 0));
    }

    [Fact]
    public void Both_ends_of_an_SCTP_association_are_named()
    {
        KernelGate.Require("sctp");
        RunningProgram.RunShell("modprobe sctp");
        using var neighbour = new Neighbour();
        using LiveCapture capture = neighbour.Capture("sctp");
        using RunningProgram server = RunningProgram.Shell("exec perl -MSocket -e '$| = 1; socket(S, 2, 1, 132) or die $!; bind(S, sockaddr_in(9, INADDR_ANY)) or die $!; listen(S, 5); print \"ready\\n\"; accept(C, S); sysread(C, $b, 10)'");
        server.WaitForOutput("ready");
        int client = neighbour.Run("my $s = made(2, 1, 132); connect($s, to('10.88.0.1', 9)) or die $!; syswrite($s, 'hello'); close $s;");
        server.WaitForEnd(TimeSpan.FromSeconds(10));
        List<SocketOwner?> processes = CapturedProcesses.Wait(capture, 6, Any);
        Assert.DoesNotContain(null, processes);
        Assert.Equal([client, server.ProcessId], processes.Select(p => p!.ProcessId).Distinct().Order().OrderBy(p => p == client ? 0 : 1));
    }

    // The sender has no socket of IP, so it is the receiver that is named.
    [Fact]
    public void Who_takes_all_packets_of_a_protocol_is_named()
    {
        using var neighbour = new Neighbour();
        using LiveCapture capture = neighbour.Capture("ip proto 254");
        const string send = "frame(0x800, ip(254, 'hello'));";
        using (RunningProgram receiver = RunningProgram.Shell("exec perl -MSocket -e '$| = 1; socket(S, 2, 3, 254) or die $!; print \"ready\\n\"; sysread(S, $b, 100)'"))
        {
            receiver.WaitForOutput("ready");
            neighbour.Run(send);
            receiver.WaitForEnd(TimeSpan.FromSeconds(10));
            Assert.Equal(receiver.ProcessId, CapturedProcesses.Wait(capture, 1, Any)[0]?.ProcessId);
        }
        neighbour.Run(send);
        Assert.Equal([null], CapturedProcesses.Wait(capture, 1, Any));
    }

    [Theory]
    [InlineData("icmp", 2, "frame(0x800, ip(1, echo(4712)));")]
    [InlineData("arp", 1, "frame(0x806, pack('nnCCnH12a4H12a4', 1, 0x800, 6, 4, 1, '020000000009', inet_aton('10.88.0.2'), '000000000000', inet_aton('10.88.0.99')));")]
    public void What_the_kernel_makes_and_takes_has_no_process(string filter, int packets, string script)
    {
        using var neighbour = new Neighbour();
        using LiveCapture capture = neighbour.Capture(filter);
        neighbour.Run(script);
        Assert.All(CapturedProcesses.Wait(capture, packets, Any), Assert.Null);
    }

    private static bool Any(in CapturedPacket packet) => packet.Data.Length > 0;

    private static void AssertAll(int sender, string name, LiveCapture capture, int packets)
    {
        List<SocketOwner?> processes = CapturedProcesses.Wait(capture, packets, Any);
        Assert.All(processes, process => Assert.Equal((sender, name), (process?.ProcessId ?? 0, process?.Name)));
    }
}
