using Imker.TestKit;

namespace Imker.EndToEnd.Tests.Dump;

/// <summary>Captures on a pair of devices in network namespaces of the test's own, beside tcpdump.</summary>
public sealed class LiveDumpTests : IDisposable
{
    private readonly Cable cable = new();
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("imker-dump-");

    public LiveDumpTests() => RunningProgram.RunShell($"chmod 777 {directory.FullName}");

    public void Dispose()
    {
        cable.Dispose();
        directory.Delete(recursive: true);
    }

    [Theory]
    [InlineData("-i left0 udp port 9", false)]
    [InlineData("-i left0 -s 60 udp port 9", false)]
    [InlineData("-i left0 --nano udp port 9", false)]
    [InlineData("-i left0 vlan 100", true)]
    [InlineData("-i left0 -e vlan 100 and udp port 9 and host 10.9.100.2", true)]
    [InlineData("-i any udp port 9", false)]
    [InlineData("-i any -y LINUX_SLL udp port 9", false)]
    [InlineData("-i any -y LINUX_SLL udp port 9", true)]
    [InlineData("-i left0 -Q in udp port 9", false)]
    [InlineData("-i left0 -p udp port 9", false)]
    public void A_capture_holds_the_very_packets_that_tcpdump_captures(string arguments, bool isTagged)
    {
        string tcpdump = Machine.RequireTool("tcpdump"), theirs = PathOf("theirs"), ours = PathOf("ours");
        using RunningProgram them = Start($"exec {tcpdump} {arguments.Replace("-i", $"-U -w {theirs} -i", StringComparison.Ordinal)}");
        using RunningProgram us = Start($"exec {ImkerBinary.Path} dump {arguments.Replace("-i", $"-U -w {ours} -i", StringComparison.Ordinal)}");
        them.WaitForError("listening on");
        us.WaitForError("listening on");
        if (isTagged)
            cable.SendTagged(20);
        else
            cable.Send(20);
        WaitForRecords(theirs, 20);
        WaitForRecords(ours, 20);
        them.Signal("INT");
        us.Signal("INT");
        ProgramResult their = them.WaitForEnd(TimeSpan.FromSeconds(10)), our = us.WaitForEnd(TimeSpan.FromSeconds(10));
        Assert.Equal(0, our.ExitCode);
        // Each socket reads the clock for itself.
        List<PacketRecord> expected = PacketRecord.ReadAll(theirs), actual = PacketRecord.ReadAll(ours);
        Assert.Equal(expected.Select(r => (r.OriginalLength, r.Data)), actual.Select(r => (r.OriginalLength, r.Data)));
        Assert.All(expected.Zip(actual), pair => Assert.InRange(Math.Abs(pair.First.Time - pair.Second.Time), 0, 0.1));
        Assert.Equal(File.ReadAllBytes(theirs)[..24], File.ReadAllBytes(ours)[..24]);
        Assert.Equal(their.Error.Replace("tcpdump:", "imker:", StringComparison.Ordinal), our.Error);
    }

    [Fact]
    public void A_tag_is_put_back_where_all_interfaces_are_captured_too()
    {
        using RunningProgram us = Start($"exec {ImkerBinary.Path} dump -U -i any -w {PathOf("ours")} udp port 9");
        us.WaitForError("listening on");
        cable.SendTagged(1);
        WaitForRecords(PathOf("ours"), 1);
        us.Signal("INT");
        us.WaitForEnd(TimeSpan.FromSeconds(10));
        // LINUX_SLL2: the protocol 802.1Q first; behind the header the tag, VLAN 100, and IPv4.
        string data = PacketRecord.ReadAll(PathOf("ours"))[0].Data;
        Assert.Equal(("8100", "00640800"), (data[..4], data.Substring(40, 8)));
    }

    [Fact]
    public void What_is_written_is_read_again_as_it_was_shown()
    {
        using RunningProgram us = Start($"exec {ImkerBinary.Path} dump -l --print -nn -tt -i left0 -w {PathOf("ours")} -c 5 udp port 9");
        us.WaitForError("listening on");
        cable.Send(5);
        ProgramResult live = us.WaitForEnd(TimeSpan.FromSeconds(10));
        Assert.Equal(5, live.OutputLines.Count);
        ProgramResult again = ImkerBinary.Run(["dump", "-nn", "-tt", "-r", PathOf("ours")]);
        Assert.Equal(live.Output, again.Output);
        Assert.Contains("5 packets captured\n", live.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Packets_for_which_there_was_no_room_are_reported()
    {
        using RunningProgram us = Start($"exec {ImkerBinary.Path} dump -i left0 -B 64 -s 100 -w {PathOf("ours")} udp port 9");
        us.WaitForError("listening on");
        // Stopped, it reads nothing, and the ring fills up.
        us.Signal("STOP");
        cable.Send(2000);
        us.Signal("CONT");
        us.Signal("INT");
        ProgramResult result = us.WaitForEnd(TimeSpan.FromSeconds(10));
        Dictionary<string, int> counts = result.Error.Split('\n').Select(l => l.Split(' ', 3)).Where(w => w is [_, "packets", _])
            .ToDictionary(w => w[2], w => int.Parse(w[0], null));
        Assert.Equal(2000, counts["received by filter"]);
        Assert.InRange(counts["dropped by kernel"], 1, 1999);
        Assert.Equal(2000 - counts["dropped by kernel"], PacketRecord.ReadAll(PathOf("ours")).Count);
    }

    [Fact]
    public void SIGUSR1_shows_the_counts_and_SIGTERM_ends_the_capture()
    {
        using RunningProgram us = Start($"exec {ImkerBinary.Path} dump -i left0 -l -n udp port 9");
        us.WaitForError("listening on");
        cable.Send(3);
        Assert.True(SpinWait.SpinUntil(() => us.OutputSoFar.Split('\n').Length > 3, TimeSpan.FromSeconds(10)), us.OutputSoFar);
        us.Signal("USR1");
        us.WaitForError("imker: 3 packets captured, 3 packets received by filter, 0 packets dropped by kernel\n");
        us.Signal("TERM");
        ProgramResult result = us.WaitForEnd(TimeSpan.FromSeconds(10));
        Assert.Equal(0, result.ExitCode);
        Assert.EndsWith("\n3 packets captured\n3 packets received by filter\n0 packets dropped by kernel\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void SIGHUP_ends_the_capture_and_the_counts_are_told_once()
    {
        using RunningProgram us = Start($"exec {ImkerBinary.Path} dump -i left0 -n udp port 9");
        us.WaitForError("listening on");
        us.Signal("HUP");
        ProgramResult result = us.WaitForEnd(TimeSpan.FromSeconds(10));
        Assert.Equal(0, result.ExitCode);
        Assert.Single(result.Error.Split('\n'), l => l.Contains("captured", StringComparison.Ordinal));
    }

    [Fact]
    public void An_interface_that_goes_away_ends_the_capture_with_an_error()
    {
        using RunningProgram us = Start($"exec {ImkerBinary.Path} dump -i left0 -n");
        us.WaitForError("listening on");
        Assert.Equal(0, cable.Left.RunShell("ip link del left0").ExitCode);
        ProgramResult result = us.WaitForEnd(TimeSpan.FromSeconds(10));
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("error: cannot capture any further on left0: the interface is gone", result.Error, StringComparison.Ordinal);
        Assert.Contains("packets captured", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_interface_that_is_down_is_refused_with_what_brings_it_up()
    {
        Assert.Equal(0, cable.Left.RunShell("ip link set left0 down").ExitCode);
        ProgramResult result = cable.Left.RunShell($"{ImkerBinary.Path} dump -i left0");
        Assert.Equal((1, "error: cannot capture on left0: network is down (bind: ENETDOWN); the interface is not up: 'ip link set left0 up'\n"), (result.ExitCode, result.Error));
    }

    [Fact]
    public void Without_the_capability_it_is_named()
    {
        ProgramResult result = cable.Left.RunShell($"setpriv --reuid=nobody --regid=nogroup --clear-groups {ImkerBinary.Path} dump -i left0");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("cannot capture on left0: operation not permitted (socket: EPERM); CAP_NET_RAW is missing", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_process_behind_a_packet_is_named_with_its_cgroup()
    {
        // It holds its socket while it sleeps.
        using RunningProgram sender = cable.Left.StartShell("exec bash -c 'exec 3<>/dev/udp/10.9.0.2/9; echo ready; while sleep 0.2; do echo hello >&3; done'");
        sender.WaitForOutput("ready");
        ProgramResult text = cable.Left.RunShell($"{ImkerBinary.Path} dump -i left0 -nnt --process -c 1 udp port 9");
        Assert.Matches(@$"^bash\[{sender.ProcessId}\] /\S* IP 10\.9\.0\.1\.\d+ > 10\.9\.0\.2\.9: UDP, length 6\n$", text.Output);
        ProgramResult json = cable.Left.RunShell($"{ImkerBinary.Path} dump -i left0 --json --process -c 1 udp port 9");
        Assert.Contains($"\"pid\":{sender.ProcessId},\"process\":\"bash\",\"cgroup\":\"/", json.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_process_that_has_ended_is_named_at_both_of_its_ends_and_a_packet_without_one_is_not()
    {
        using RunningProgram us = Start($"exec {ImkerBinary.Path} dump -i left0 -l -nnt --process");
        us.WaitForError("listening on");
        // Stopped, it prints nothing until all processes are gone.
        us.Signal("STOP");
        int sender = int.Parse(cable.Left.RunShell("exec bash -c 'echo hello >/dev/udp/10.9.0.2/9; echo $$'").Output, null);
        int beyond = int.Parse(cable.Right.RunShell("exec bash -c 'echo hello >/dev/udp/10.9.0.1/9; echo $$'").Output, null);
        int caller = int.Parse(cable.Left.RunShell("exec bash -c 'echo hello >/dev/tcp/10.9.0.2/9; echo $$' 2>/dev/null").Output, null);
        cable.SendTagged(1);
        us.Signal("CONT");
        Assert.True(SpinWait.SpinUntil(() => us.OutputSoFar.Contains("[none]", StringComparison.Ordinal), TimeSpan.FromSeconds(10)), us.OutputSoFar);
        us.Signal("INT");
        ProgramResult result = us.WaitForEnd(TimeSpan.FromSeconds(10));
        Assert.DoesNotContain("cannot", result.Error, StringComparison.Ordinal);
        string output = result.Output;
        Assert.Matches(@$"(?m)^bash\[{sender}\] /\S* IP 10\.9\.0\.1\.\d+ > 10\.9\.0\.2\.9: UDP, length 6$", output);
        Assert.Matches(@$"(?m)^bash\[{beyond}\] /\S* IP 10\.9\.0\.2\.\d+ > 10\.9\.0\.1\.9: UDP, length 6$", output);
        Assert.Matches(@$"(?m)^bash\[{caller}\] /\S* IP 10\.9\.0\.1\.\d+ > 10\.9\.0\.2\.9: Flags \[S\]", output);
        Assert.Matches(@$"(?m)^bash\[{caller}\] /\S* IP 10\.9\.0\.2\.9 > 10\.9\.0\.1\.\d+: Flags \[R\.\]", output);
        Assert.Contains("\n[none] IP 10.9.100.2.1234 > 10.9.100.1.9: UDP, length", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_capabilities_for_programs_open_sockets_are_named_and_a_line_says_so()
    {
        using RunningProgram sender = cable.Left.StartShell("exec bash -c 'exec 3<>/dev/udp/10.9.0.2/9; echo ready; while sleep 0.2; do echo hello >&3; done'");
        sender.WaitForOutput("ready");
        string setpriv = Machine.RequireTool("setpriv");
        ProgramResult result = cable.Left.RunShell($"{setpriv} --bounding-set=-bpf,-sys_admin,-net_admin {ImkerBinary.Path} dump -p -i left0 -nnt --process -c 1 udp port 9");
        Assert.Contains("imker: processes are named by the sockets that are open when a packet is shown: cannot ", result.Error, StringComparison.Ordinal);
        Assert.StartsWith($"bash[{sender.ProcessId}] /", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_stays_attached_when_the_capture_is_killed()
    {
        string bpftool = Machine.RequireTool("bpftool");
        using RunningProgram us = Start($"exec {ImkerBinary.Path} dump -i left0 --process");
        us.WaitForError("listening on");
        // Links tell which process holds them; those of other tests do not count.
        Assert.True(SpinWait.SpinUntil(() => LinksOf(us.ProcessId).Count == 5, TimeSpan.FromSeconds(10)));
        List<string> held = LinksOf(us.ProcessId);
        us.Signal("KILL");
        us.WaitForEnd(TimeSpan.FromSeconds(10));
        Assert.True(SpinWait.SpinUntil(() => !Links(bpftool).Any(held.Contains), TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public void Another_user_writes_the_file_when_one_is_named()
    {
        using RunningProgram us = Start($"exec {ImkerBinary.Path} dump -Z nobody -U -i left0 -w {PathOf("ours")}");
        us.WaitForError("listening on");
        Assert.Equal("nobody\n", RunningProgram.RunShell($"stat -c %U {PathOf("ours")}").Output);
        Assert.Matches(@"Uid:\s+65534\s+65534\s+65534", File.ReadAllText($"/proc/{us.ProcessId}/status"));
        Assert.Matches(@"CapEff:\s+0000000000000000", File.ReadAllText($"/proc/{us.ProcessId}/status"));
        cable.Send(2);
        WaitForRecords(PathOf("ours"), 2);
        us.Signal("INT");
        Assert.Equal(0, us.WaitForEnd(TimeSpan.FromSeconds(10)).ExitCode);
    }

    private static List<string> LinksOf(int processId) =>
        [.. RunningProgram.RunShell($"grep -h ^link_id /proc/{processId}/fdinfo/*").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('\t')[1])];

    private static IEnumerable<string> Links(string bpftool) =>
        RunningProgram.RunShell($"{bpftool} link list").Output.Split('\n').Where(l => l.Length > 0 && char.IsAsciiDigit(l[0])).Select(l => l.Split(':')[0]);

    private string PathOf(string name) => Path.Combine(directory.FullName, name);

    private RunningProgram Start(string script) => cable.Left.StartShell(script);

    private static void WaitForRecords(string path, int count) =>
        Assert.True(SpinWait.SpinUntil(() => PacketRecord.ReadAll(path).Count >= count, TimeSpan.FromSeconds(10)), $"{path} does not get {count} packets");
}
