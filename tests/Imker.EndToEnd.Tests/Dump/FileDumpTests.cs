using System.Buffers.Binary;
using Imker.TestKit;

namespace Imker.EndToEnd.Tests.Dump;

/// <summary>Reads and writes files as tcpdump does.</summary>
public sealed class FileDumpTests : IDisposable
{
    private const int Ethernet = 1, RawIp = 101;

    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("imker-dump-");

    public FileDumpTests() => RunningProgram.RunShell($"chmod 777 {directory.FullName}");

    public void Dispose() => directory.Delete(recursive: true);

    [Theory]
    [InlineData("--count")]
    [InlineData("--count udp port 1003")]
    [InlineData("--count -c 1")]
    [InlineData("--count less 60 or ip[8] == 63")]
    [InlineData("-nnvvXs0 -w OUT udp and src port 1005 or port 1007")]
    [InlineData("-w OUT -c 7")]
    [InlineData("-c 7 -w OUT portrange 1003-1010")]
    [InlineData("--nano -w OUT")]
    [InlineData("-w OUT -C 1")]
    [InlineData("-w OUT -C 1 -W 2 udp")]
    [InlineData("-wOUT -U udp -c3")]
    [InlineData("-w - ip")]
    public void The_same_command_line_gives_the_same_output_and_files(string arguments)
    {
        string tcpdump = Machine.RequireTool("tcpdump");
        string source = Write("source", Ethernet, 3000);
        ProgramResult them = RunningProgram.RunShell($"cd {directory.FullName} && mkdir -m 777 theirs && cd theirs && {tcpdump} -r {source} {Quote(arguments)}");
        ProgramResult us = RunningProgram.RunShell($"cd {directory.FullName} && mkdir ours && cd ours && {ImkerBinary.Path} dump -r {source} {Quote(arguments)}");
        Assert.Equal((them.ExitCode, them.Output, them.Error), (us.ExitCode, us.Output, us.Error));
        Assert.Equal(Files("theirs"), Files("ours"));
        Assert.True(Files("ours").Count > 0 || us.Output.Length > 0);
    }

    [Fact]
    public void Files_of_several_link_types_are_read_one_after_the_other()
    {
        string tcpdump = Machine.RequireTool("tcpdump");
        string first = Write("first", Ethernet, 10), second = Write("second", RawIp, 20);
        File.WriteAllText(PathOf("list"), $"{first}\n{second}\n{first}\n");
        ProgramResult them = RunningProgram.RunShell($"{tcpdump} -V {PathOf("list")} --count");
        ProgramResult us = ImkerBinary.Run(["dump", "-V", PathOf("list"), "--count"]);
        Assert.Equal((them.Output, them.Error), (us.Output, us.Error));
        Assert.Equal("40 packets\n", us.Output);
    }

    [Fact]
    public void Good_packets_come_before_the_error_about_a_damaged_file()
    {
        string source = Write("source", Ethernet, 10);
        byte[] bytes = File.ReadAllBytes(source);
        File.WriteAllBytes(source, bytes[..^5]);
        ProgramResult result = ImkerBinary.Run(["dump", "-nr", source, "-w", PathOf("out")]);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"error: cannot read {source}: the file ends within a packet of ", result.Error, StringComparison.Ordinal);
        Assert.Equal(9, PacketRecord.ReadAll(PathOf("out")).Count);
        ProgramResult counted = ImkerBinary.Run(["dump", "--count", "-r", source]);
        Assert.Equal((1, "9 packets\n"), (counted.ExitCode, counted.Output));
    }

    [Fact]
    public void A_file_that_is_cut_while_it_is_read_ends_the_reading_and_not_the_process()
    {
        string source = Write("source", Ethernet, 200_000);
        using RunningProgram us = RunningProgram.Shell($"exec {ImkerBinary.Path} dump -r {source} -w - | (dd bs=1000 count=1 2>/dev/null; truncate -s 1000000 {source}; cat) >{PathOf("out")}");
        ProgramResult result = us.WaitForEnd(TimeSpan.FromSeconds(20));
        Assert.DoesNotContain("Bus error", result.Error, StringComparison.Ordinal);
        Assert.Contains($"error: cannot read {source}: the file ends within ", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INT", "exec 7<>{1}; cat {0} >&7; exec sleep 60", 3)]
    [InlineData("TERM", "(cat {0}; exec sleep 60) >{1}", 3)]
    [InlineData("INT", "(head -c 60 {0}; exec sleep 60) >{1}", 0)]
    [InlineData("TERM", "(head -c 10 {0}; exec sleep 60) >{1}", null)]
    [InlineData("INT", "exec sleep 60", null)]
    public void A_signal_ends_the_reading_of_a_pipe_into_which_nothing_comes(string signal, string writing, int? packets)
    {
        string source = Write("source", Ethernet, 3), pipe = PathOf("pipe");
        Assert.Equal(0, RunningProgram.RunShell($"mkfifo {pipe}").ExitCode);
        using RunningProgram us = RunningProgram.Shell($"exec {ImkerBinary.Path} dump -nttr {pipe}");
        using RunningProgram writer = RunningProgram.Shell(string.Format(null, writing, source, pipe));
        if (packets is not null)
            us.WaitForError("reading from file");
        else
            Thread.Sleep(500);
        // What came is shown before anything else comes.
        Assert.True(SpinWait.SpinUntil(() => us.OutputSoFar.Count(c => c == '\n') == (packets ?? 0), TimeSpan.FromSeconds(10)), us.OutputSoFar);
        us.Signal(signal);
        ProgramResult result = us.WaitForEnd(TimeSpan.FromSeconds(5));
        Assert.Equal((0, packets ?? 0), (result.ExitCode, result.Output.Count(c => c == '\n')));
        Assert.DoesNotContain("error:", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_signal_ends_the_reading_of_standard_input_and_a_pipe_is_read_to_its_end()
    {
        string source = Write("source", Ethernet, 5000);
        using RunningProgram us = RunningProgram.Start("bash", ["-c", $"exec {ImkerBinary.Path} dump -r - --count < <(cat {source}; exec sleep 60)"]);
        us.WaitForError("reading from file -");
        us.Signal("INT");
        Assert.EndsWith(" packets\n", us.WaitForEnd(TimeSpan.FromSeconds(5)).Output, StringComparison.Ordinal);
        Assert.Equal("5000 packets\n", RunningProgram.RunShell($"cat {source} | {ImkerBinary.Path} dump -r - --count").Output);
        Assert.Contains("the file is empty", RunningProgram.RunShell($"{ImkerBinary.Path} dump -r - </dev/null").Error, StringComparison.Ordinal);
        Assert.Contains("the file is empty", RunningProgram.RunShell($"{ImkerBinary.Path} dump -r /dev/null").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_s_name_does_nothing_to_the_terminal()
    {
        string path = Write("a\u001b[31mb", Ethernet, 1);
        Assert.Contains("""a\x1b[31mb, link-type""", ImkerBinary.Run(["dump", "-r", path]).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/dev/full", "error: cannot write to /dev/full: no space left on device; 0 packets were written before")]
    [InlineData("/nowhere/out", "error: cannot write to /nowhere/out: no such file or directory")]
    public void What_cannot_be_written_is_said(string path, string message)
    {
        ProgramResult result = ImkerBinary.Run(["dump", "-r", Write("source", Ethernet, 10), "-w", path]);
        Assert.Equal(1, result.ExitCode);
        Assert.EndsWith($"{message}\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_disk_ends_the_writing_with_the_number_of_packets_in_the_file()
    {
        Machine.RequireRoot();
        string source = Write("source", Ethernet, 20_000), mount = PathOf("disk");
        Assert.Equal(0, RunningProgram.RunShell($"mkdir {mount} && mount -t tmpfs -o size=500k none {mount}").ExitCode);
        try
        {
            ProgramResult result = ImkerBinary.Run(["dump", "-r", source, "-w", $"{mount}/out"]);
            int count = PacketRecord.ReadAll($"{mount}/out").Count;
            Assert.Equal(1, result.ExitCode);
            Assert.InRange(count, 1000, 20_000);
            Assert.EndsWith($"error: cannot write to {mount}/out: no space left on device; {count} whole packets are safe in the file\n", result.Error, StringComparison.Ordinal);
        }
        finally
        {
            RunningProgram.RunShell($"umount {mount}");
        }
    }

    [Theory]
    [InlineData("-r x -i lo", "-i and -r exclude each other")]
    [InlineData("-c x", "invalid packet count 'x'")]
    [InlineData("-s 300000", "invalid snapshot length '300000': it is a number from 0 to 262144")]
    [InlineData("-tttttt", "only -t, -tt, -ttt, -tttt and -ttttt are known")]
    [InlineData("-Q up", "unknown capture direction 'up'")]
    [InlineData("--immediat-mode", "there is no option '--immediat-mode' (did you mean '--immediate-mode'?)")]
    [InlineData("--n", "--n may be --no-promiscuous-mode or --no-optimize or --number or --nano")]
    [InlineData("-I -i lo", "cannot switch an interface to monitor mode")]
    [InlineData("-b -r x", "-b: cannot show AS numbers in ASDOT notation")]
    [InlineData("-f -r x", "-n shows all of them as numbers")]
    [InlineData("-H -r x", "-H: cannot look for 802.11s mesh headers")]
    [InlineData("-nur x", "-u: cannot show NFS handles")]
    [InlineData("-E secret -r x", "-E: cannot decrypt ESP")]
    [InlineData("-Msecret -r x", "-M: cannot check TCP-MD5 digests")]
    [InlineData("-Trtp -r x", "-T: cannot read packets as another protocol")]
    [InlineData("-m module -r x", "-m: cannot load SMI MIB modules")]
    [InlineData("-j adapter -i lo", "cannot take time stamps of the type 'adapter'")]
    [InlineData("-y BOGUS -i lo", "there is no link-layer type 'BOGUS'")]
    [InlineData("-y RAW -i lo", "RAW is not one of the data link types of lo")]
    [InlineData("-r", "-r needs a value")]
    [InlineData("-r /nowhere/x --json -w /nowhere/y", "--json and -w exclude each other without --print")]
    [InlineData("-r /nowhere/x", "cannot read /nowhere/x: there is no such file")]
    [InlineData("-Z nosuchuser -i lo", "cannot go on as user nosuchuser: /etc/passwd has no such user")]
    [InlineData("-i lo tcp portt 80", "'portt' stands where")]
    public void A_command_line_that_cannot_be_meant_is_refused(string arguments, string message)
    {
        ProgramResult result = ImkerBinary.Run(["dump", .. arguments.Split(' ')]);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.Contains("error: ", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_program_of_a_filter_is_shown_as_tcpdump_shows_it()
    {
        string tcpdump = Machine.RequireTool("tcpdump"), source = Write("source", RawIp, 1);
        foreach (string arguments in (string[])["-d -i lo tcp port 80", "-d -i any tcp port 80", "-d -i any ip broadcast", "-dd -y EN10MB ip", "-ddd -r SOURCE host 10.0.0.1", "-d -O -s 96 -r SOURCE tcp", "-d -y ENC -s 65535 host 10.27.0.1"])
        {
            string words = Quote(arguments.Replace("SOURCE", source, StringComparison.Ordinal));
            string expected = RunningProgram.RunShell($"{tcpdump} {words}").Output, actual = RunningProgram.RunShell($"{ImkerBinary.Path} dump {words}").Output;
            Assert.Equal(expected.Split('\n').Select(l => l.TrimEnd()), actual.Split('\n').Select(l => l.TrimEnd()));
        }
    }

    private static string Quote(string arguments) => string.Join(' ', arguments.Split(' ').Select(w => $"'{w.Replace("OUT", "out", StringComparison.Ordinal)}'"));

    private string PathOf(string name) => Path.Combine(directory.FullName, name);

    private List<string> Files(string name) =>
        [.. Directory.EnumerateFiles(PathOf(name)).Order().Select(f => $"{Path.GetFileName(f)} {Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(f)))}")];

    // Datagrams of IPv4 with growing ports and lengths, nanosecond stamps.
    private string Write(string name, int linkType, int count)
    {
        using FileStream file = File.Create(PathOf(name));
        Span<byte> header = stackalloc byte[24];
        WriteAll(header, 0xa1b23c4d, 0x00040002, 0, 0, 262144, (uint)linkType);
        file.Write(header);
        for (int i = 0; i < count; i++)
        {
            byte[] packet = Packet(i, linkType == Ethernet);
            WriteAll(header, 1_700_000_000 + (uint)i, 999_000_000 - (uint)i, (uint)packet.Length, (uint)packet.Length);
            file.Write(header[..16]);
            file.Write(packet);
        }
        return PathOf(name);
    }

    private static byte[] Packet(int i, bool isEthernet)
    {
        byte[] ip = [0x45, 0, 0, 0, 0, 0, 0, 0, (byte)(60 + i % 5), 17, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, .. new byte[i % 700]];
        BinaryPrimitives.WriteUInt16BigEndian(ip.AsSpan(2), (ushort)ip.Length);
        BinaryPrimitives.WriteUInt16BigEndian(ip.AsSpan(20), (ushort)(1000 + i % 20));
        BinaryPrimitives.WriteUInt16BigEndian(ip.AsSpan(22), 9);
        BinaryPrimitives.WriteUInt16BigEndian(ip.AsSpan(24), (ushort)(ip.Length - 20));
        return isEthernet ? [2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 8, 0, .. ip] : ip;
    }

    private static void WriteAll(Span<byte> target, params ReadOnlySpan<uint> values)
    {
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(target[(i * 4)..], values[i]);
    }
}
