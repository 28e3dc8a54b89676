using Imker.TestKit;

namespace Imker.EndToEnd.Tests.Dump;

/// <summary>Two network namespaces and a pair of devices between them: left0 with 10.9.0.1 and right0 with 10.9.0.2.</summary>
internal sealed class Cable : IDisposable
{
    public Cable()
    {
        Left = new TemporaryNetworkNamespace();
        Right = new TemporaryNetworkNamespace();
        Left.Connect(Right, "left0", "right0");
        Must(Left, "sysctl -qw net.ipv6.conf.all.disable_ipv6=1; ip addr add 10.9.0.1/24 dev left0 && ip link set left0 address 02:00:00:00:00:01");
        Must(Right, "sysctl -qw net.ipv6.conf.all.disable_ipv6=1; ip addr add 10.9.0.2/24 dev right0 && ip link set right0 address 02:00:00:00:00:02");
        // Known neighbours, so that nobody asks for them in the midst of a test.
        Must(Left, "ip neigh replace 10.9.0.2 lladdr 02:00:00:00:00:02 dev left0");
        Must(Right, "ip neigh replace 10.9.0.1 lladdr 02:00:00:00:00:01 dev right0");
    }

    public TemporaryNetworkNamespace Left { get; }

    public TemporaryNetworkNamespace Right { get; }

    /// <summary>Sends datagrams from the right, each with its number.</summary>
    public void Send(int count, string to = "10.9.0.1", int port = 9) =>
        Must(Right, $"bash -c 'for i in $(seq {count}); do echo \"number $i\" >/dev/udp/{to}/{port}; done'");

    /// <summary>
    /// Sends datagrams of VLAN 100 from 10.9.100.2 to 10.9.100.1, port 9, as frames with their tag in place: the receiving kernel takes
    /// it out. A device for the VLAN, not every kernel has.
    /// </summary>
    public void SendTagged(int count) => Must(Right, $$"""
        perl -e '
          open(I, "/sys/class/net/right0/ifindex"); my $index = int(<I>);
          socket(my $s, 17, 3, 0) or die $!;
          my $to = pack("S n i S C C a8", 17, 3, $index, 0, 0, 6, "");
          for my $n (1..{{count}}) {
            my $udp = pack("n4 a*", 1234, 9, 8 + 40, 0, "number $n" . ("." x 40));
            my $frame = pack("H*", "020000000001020000000002" . "8100" . "0064" . "0800")
              . pack("C2 n3 C2 n C8", 0x45, 0, 20 + length($udp), $n, 0, 64, 17, 0, 10, 9, 100, 2, 10, 9, 100, 1) . $udp;
            send($s, $frame, 0, $to) or die $!;
          }'
        """);

    public void Dispose()
    {
        Right.Dispose();
        Left.Dispose();
    }

    private static void Must(TemporaryNetworkNamespace where, string script)
    {
        ProgramResult result = where.RunShell(script);
        Assert.True(result.ExitCode == 0, $"{script}: {result.Error}");
    }
}
