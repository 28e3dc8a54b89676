using Imker.Capture.Tests.Files;
using Imker.TestKit;

namespace Imker.Capture.Tests.Sessions;

public sealed class FileSinkTests
{
    [Theory]
    [InlineData("-C 1")]
    [InlineData("-C 1 -W 3")]
    [InlineData("-C 1 -W 12")]
    [InlineData("-C 2 -W 1")]
    public void Files_are_named_and_divided_as_tcpdump_does(string flags)
    {
        string tcpdump = TestKit.Machine.RequireTool("tcpdump");
        using TemporaryDirectory theirs = new(), ours = new();
        var bytes = new CaptureBytes(false).PcapHeader();
        for (int i = 0; i < 5000; i++)
            bytes.Record((uint)i, 0, CaptureBytes.Packet(900 + i % 100, i));
        string source = theirs.Write("source", bytes.ToArray());
        ProgramResult result = RunningProgram.RunShell($"{tcpdump} -r {source} -w {theirs.PathOf("out")} {flags}");
        Assert.True(result.ExitCode == 0, result.Error);
        File.Delete(source);

        string[] words = flags.Split(' ');
        using (var sink = new FileSink(
            new RotationOptions
            {
                Path = ours.PathOf("out"),
                Size = long.Parse(words[1], null) * 1_000_000,
                FileLimit = words.Length > 2 ? int.Parse(words[3], null) : null,
            },
            new PcapWriterOptions { LinkType = 1 }))
        {
            using CaptureFileReader reader = CaptureFileReader.Open(new MemoryStream(bytes.ToArray()), "source");
            while (reader.TryRead(out CapturedPacket packet))
                sink.Take(packet);
        }
        Assert.Equal(Contents(theirs), Contents(ours));
    }

    [Fact]
    public void After_a_period_another_file_begins_and_after_the_last_one_it_ends()
    {
        using TemporaryDirectory directory = new();
        var clock = new Clock(new DateTimeOffset(2026, 3, 5, 7, 8, 9, TimeSpan.Zero));
        using (var sink = new FileSink(
            new RotationOptions { Path = directory.PathOf("%Y-%m-%d_%H%M%S.pcap"), Period = TimeSpan.FromSeconds(60), FileLimit = 2 },
            new PcapWriterOptions { LinkType = 1 }, clock))
        {
            for (int i = 0; i < 10; i++, clock.Now += TimeSpan.FromSeconds(20))
                sink.Take(new CapturedPacket { Timestamp = i, Data = [1, 2], OriginalLength = 2, LinkType = 1 });
            Assert.True(sink.IsComplete);
        }
        Assert.Equal(["2026-03-05_070809.pcap: 78", "2026-03-05_070909.pcap: 78"],
            Directory.EnumerateFiles(directory.PathOf("")).Order().Select(f => $"{Path.GetFileName(f)}: {new FileInfo(f).Length}"));
    }

    [Fact]
    public void A_complete_file_is_handed_to_the_program_that_was_named()
    {
        using TemporaryDirectory directory = new();
        string program = directory.Write("compress", "#!/bin/sh\necho done > \"$1.done\"\n"u8.ToArray());
        Assert.Equal(0, RunningProgram.RunShell($"chmod +x {program}").ExitCode);
        using (var sink = new FileSink(
            new RotationOptions { Path = directory.PathOf("out"), Size = 1000, Command = program }, new PcapWriterOptions { LinkType = 1 }))
        {
            for (int i = 0; i < 3; i++)
                sink.Take(new CapturedPacket { Timestamp = i, Data = new byte[600], OriginalLength = 600, LinkType = 1 });
        }
        string mark = directory.PathOf("out.done");
        Assert.True(SpinWait.SpinUntil(() => File.Exists(mark), TimeSpan.FromSeconds(10)));
        Assert.False(File.Exists(directory.PathOf("out1.done")));
    }

    [Fact]
    public void Packets_of_another_link_type_do_not_get_into_the_file()
    {
        using TemporaryDirectory directory = new();
        using var sink = new FileSink(new RotationOptions { Path = directory.PathOf("out") }, new PcapWriterOptions { LinkType = 1 });
        sink.Take(new CapturedPacket { Timestamp = 0, Data = [1], OriginalLength = 1, LinkType = 1 });
        var error = Assert.Throws<CaptureFileException>(() => sink.Take(new CapturedPacket { Timestamp = 0, Data = [1], OriginalLength = 1, LinkType = 12 }));
        Assert.Equal(CaptureDiagnosticId.MixedLinkTypes, error.Id);
    }

    private static IEnumerable<string> Contents(TemporaryDirectory directory) => Directory.EnumerateFiles(directory.PathOf("")).Order()
        .Select(f => $"{Path.GetFileName(f)}: {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(f)))}");

    private sealed class Clock(DateTimeOffset start) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = start;

        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
