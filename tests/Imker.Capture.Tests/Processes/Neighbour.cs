using Imker.Capture;
using Imker.Filter;
using Imker.Linux;
using Imker.TestKit;

namespace Imker.Capture.Tests.Processes;

/// <summary>
/// A network namespace with a device to this one: 10.88.0.1 and fd88::1 here, 10.88.0.2 and fd88::2 there. What is sent from there is
/// captured here, where nobody waits for it.
/// </summary>
internal sealed class Neighbour : IDisposable
{
    // Addresses are ready at once; a socket for echoes needs leave.
    private const string Prelude = """
        use Socket;
        sub to { my ($h, $p) = @_; $h =~ /:/ ? pack("S n N a16 L", 10, $p // 0, 0, Socket::inet_pton(AF_INET6, $h), 0) : sockaddr_in($p // 0, inet_aton($h)) }
        sub made { socket(my $s, $_[0], $_[1], $_[2]) or die $!; $s }
        sub sum { my $s = 0; $s += $_ for unpack("n*", $_[0]); $s = ($s & 0xffff) + ($s >> 16) while $s >> 16; ~$s & 0xffff }
        sub echo { my $p = pack("CCnnn", 8, 0, 0, $_[0], 1) . "x" x 16; substr($p, 2, 2) = pack("n", sum($p)); $p }
        sub ip { my ($protocol, $what) = @_; my $h = pack("CCnnnCCna4a4", 69, 0, 20 + length($what), 9, 0, 64, $protocol, 0, inet_aton("10.88.0.2"), inet_aton("10.88.0.1"));
          substr($h, 10, 2) = pack("n", sum($h)); $h . $what }
        sub say_to { my ($s, $what, @where) = @_; send($s, $what, 0, to(@where)) or die $! }
        sub refused { my $s = made($_[0], 2, 17); connect($s, to($_[1], 9)) or die $!; # as often as it takes: the kernel sends few errors a second
          for (1..30) { send($s, "hello", 0); my $r = ""; vec($r, fileno($s), 1) = 1; return if select($r, undef, undef, 0.25) } die "no error came" }
        sub frame { my ($type, $what) = @_; my $s = made(17, 3, 0); open(my $f, "/sys/class/net/there/ifindex"); open(my $m, "/sys/class/net/there/address");
          (my $mac = <$m>) =~ s/[:\n]//g; send($s, pack("H12H12n", "020000000088", $mac, $type) . $what, 0, pack("SniSCCa8", 17, 0, <$f>, 0, 0, 6, "")) or die $! }

        """;

    private readonly TemporaryNetworkNamespace there = new();
    private readonly string perl = TestKit.Machine.RequireTool("perl");

    public Neighbour()
    {
        Device = $"imk{Environment.ProcessId % 1_000_000}{Random.Shared.Next(100)}";
        Must(RunningProgram.RunShell($"""
            set -e
            ip link add {Device} address 02:00:00:00:00:88 type veth peer name there netns {there.Name}
            ip addr add 10.88.0.1/24 dev {Device}; ip -6 addr add fd88::1/64 dev {Device} nodad; ip link set {Device} up
            """));
        Setup("""
            set -e
            ip link set there up; ip addr add 10.88.0.2/24 dev there; ip -6 addr add fd88::2/64 dev there nodad
            sysctl -qw net.ipv4.ping_group_range='0 0'
            """);
    }

    public string Device { get; }

    /// <summary>Begins to capture here.</summary>
    public LiveCapture Capture(string filter) => LiveCapture.Open(
        new LiveCaptureOptions { InterfaceName = Device, IsImmediate = true, FindsProcesses = true },
        PacketFilter.Compile(filter, LinkType.Ethernet, new FilterOptions { Source = PacketSource.Live }).Classic);

    /// <summary>Runs a shell script there.</summary>
    public void Setup(string script) => Must(there.RunShell(script));

    /// <summary>Runs a Perl script there; gives its process id when it has ended.</summary>
    public int Run(string script)
    {
        using RunningProgram program = RunningProgram.Start(TestKit.Machine.RequireTool("ip"), ["netns", "exec", there.Name, perl, "-e", Prelude + script]);
        Must(program.WaitForEnd(TimeSpan.FromSeconds(10)));
        return program.ProcessId;
    }

    public void Dispose() => there.Dispose();

    private static void Must(ProgramResult result) => Assert.True(result.ExitCode == 0, result.Error);
}
