using Imker.TestKit;

namespace Imker.Capture.Tests.Files;

public sealed class PcapWritingTests
{
    [Theory]
    [InlineData(1u, 0u, false)]
    [InlineData(101u, 0x44000000u, false)]
    [InlineData(276u, 0u, true)]
    public void What_is_written_is_what_tcpdump_writes(uint linkType, uint frameCheck, bool hasNanoseconds)
    {
        string tcpdump = TestKit.Machine.RequireTool("tcpdump");
        using var directory = new TemporaryDirectory();
        var bytes = new CaptureBytes(true).PcapHeader(hasNanoseconds ? 0xa1b23c4d : 0xa1b2c3d4, linkType: linkType | frameCheck, snapLength: 70_000);
        for (int i = 1; i < 5000; i++)
            bytes.Record(1_700_000_000 + (uint)i, (uint)i * 100, CaptureBytes.Packet(i % 200 + 1, i), original: 1500);
        string source = directory.Write("in.pcap", bytes.ToArray()), theirs = directory.PathOf("theirs.pcap"), ours = directory.PathOf("ours.pcap");
        ProgramResult result = RunningProgram.RunShell($"{tcpdump} -r {source} -w {theirs} {(hasNanoseconds ? "--nano" : "")}");
        Assert.True(result.ExitCode == 0, result.Error);

        using (CaptureFileReader reader = CaptureFileReader.Open(source))
        using (var writer = new PcapWriter(File.Create(ours), ours, OptionsOf(reader)))
        {
            while (reader.TryRead(out CapturedPacket packet))
                writer.Write(packet);
        }
        Assert.Equal(File.ReadAllBytes(theirs), File.ReadAllBytes(ours));
    }

    [Fact]
    public void A_full_device_stops_the_writing_with_the_number_of_packets_in_the_file()
    {
        using var writer = new PcapWriter(new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0), "/dev/full", new PcapWriterOptions { LinkType = 1 });
        Write(writer, 3);
        var error = Assert.Throws<CaptureFileException>(writer.Flush);
        Assert.Equal(CaptureDiagnosticId.Unwritable, error.Id);
        Assert.Contains("cannot write to /dev/full: No space left on device", error.Message, StringComparison.Ordinal);
        Assert.Contains("0 ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_on_a_full_disk_ends_with_its_last_whole_packet()
    {
        TestKit.Machine.RequireRoot();
        using var directory = new TemporaryDirectory();
        string mount = Directory.CreateDirectory(directory.PathOf("small")).FullName;
        Assert.Equal(0, RunningProgram.RunShell($"mount -t tmpfs -o size=1m none {mount}").ExitCode);
        try
        {
            string path = Path.Combine(mount, "out.pcap");
            CaptureFileException error = FillDisk(path);
            (List<ReadPacket> packets, CaptureFileException? reading) = ReadPacket.All(File.ReadAllBytes(path));
            Assert.Null(reading);
            Assert.InRange(packets.Count, 1000, 2000);
            Assert.EndsWith($"; {packets.Count} whole packets are safe in the file", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            RunningProgram.RunShell($"umount {mount}");
        }
    }

    private static CaptureFileException FillDisk(string path)
    {
        using var writer = new PcapWriter(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 0), path, new PcapWriterOptions { LinkType = 1 });
        return Assert.Throws<CaptureFileException>(() => Write(writer, 10_000));
    }

    private static void Write(PcapWriter writer, int count)
    {
        for (int i = 0; i < count; i++)
            writer.Write(new CapturedPacket { Timestamp = i, Data = CaptureBytes.Packet(600 + i % 7, i), OriginalLength = 700, LinkType = 1 });
    }

    private static PcapWriterOptions OptionsOf(CaptureFileReader reader) => new()
    {
        LinkType = reader.LinkType,
        SnapLength = reader.SnapLength,
        HasNanoseconds = reader.HasNanoseconds,
        FrameCheckBits = reader.FrameCheckBits,
    };
}
