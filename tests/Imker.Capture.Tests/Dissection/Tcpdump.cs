using System.Text;
using Imker.Capture.Dissection;
using Imker.Rendering;
using Imker.TestKit;

namespace Imker.Capture.Tests.Dissection;

/// <summary>Prints the same packets with tcpdump and with <see cref="PacketPrinter"/>, and tells where they differ.</summary>
internal static class Tcpdump
{
    public const int FirstSecond = 1700000000;

    public const int FractionNanoseconds = 123456000;

    private const string Version = "tcpdump version 4.99.3";

    /// <summary>Skips the test where the tcpdump of this machine is another one, or none.</summary>
    public static void Require()
    {
        string path = TestKit.Machine.RequireTool("tcpdump");
        string version = RunningProgram.RunShell($"{path} --version 2>&1").Output;
        Assert.SkipUnless(version.StartsWith(Version, StringComparison.Ordinal), "needs tcpdump 4.99.3");
    }

    /// <param name="flags">Flags of tcpdump; <c>-tt</c> is added, by which lines are told apart.</param>
    public static Comparison Compare(PacketSet set, string flags)
    {
        string theirs = Print(set, flags + " -tt");
        List<string> packets = Split(theirs);
        var comparison = new Comparison(flags);
        PacketPrinter printer = Printer(set, flags + " -tt");
        using var output = new Utf8Buffer(4096);
        for (int i = 0; i < set.Packets.Count; i++)
        {
            output.Clear();
            Print(printer, set, i, output);
            string ours = Encoding.Latin1.GetString(output.Written);
            comparison.Add(set.Packets[i].Captured, i < packets.Count ? packets[i] : "", ours);
        }
        return comparison;
    }

    /// <summary>What tcpdump writes.</summary>
    public static string Print(PacketSet set, string flags)
    {
        using var directory = new TemporaryDirectory();
        string file = directory.Write("packets.pcap", Pcap(set));
        string output = directory.PathOf("output");
        RunningProgram.RunShell($"TZ=UTC tcpdump -r {file} {flags} > {output} 2> /dev/null");
        return Encoding.Latin1.GetString(File.ReadAllBytes(output));
    }

    public static string PrintOurs(PacketSet set, string flags)
    {
        PacketPrinter printer = Printer(set, flags);
        using var output = new Utf8Buffer(65536);
        for (int i = 0; i < set.Packets.Count; i++)
            Print(printer, set, i, output);
        return Encoding.Latin1.GetString(output.Written);
    }

    private static void Print(PacketPrinter printer, PacketSet set, int index, Utf8Buffer output)
    {
        TestPacket packet = set.Packets[index];
        printer.Print(
            new CapturedPacket
            {
                Timestamp = (FirstSecond + index) * 1_000_000_000L + FractionNanoseconds,
                Data = packet.Captured,
                OriginalLength = (uint)packet.Length,
                LinkType = set.Dlt,
            },
            output);
    }

    private static PacketPrinter Printer(PacketSet set, string flags)
    {
        int Count(char flag) => flags.Split(' ').Where(f => f is ['-', not '-', ..]).Sum(f => f.Count(c => c == flag));
        var options = new PacketPrinterOptions
        {
            TimeZone = TimeZoneInfo.Utc,
            TimeStamp = (TimeStampStyle)Count('t'),
            Numeric = Count('n'),
            HidesDomains = Count('N') > 0,
            ShowsLinkHeader = Count('e') > 0,
            Verbosity = Count('v'),
            IsQuick = Count('q') > 0,
            HasAbsoluteSequenceNumbers = Count('S') > 0,
            SkipsChecksums = Count('K') > 0,
            HasNumbers = Count('#') > 0,
            ShowsLengths = flags.Contains("--lengths", StringComparison.Ordinal),
            HexDump = Dump(Count('x'), Count('X'), Count('A')),
        };
        return new PacketPrinter(options, set.Dlt);
    }

    private static HexDump Dump(int hex, int ascii, int text) => (hex, ascii, text) switch
    {
        (1, _, _) => HexDump.Hex,
        (2, _, _) => HexDump.HexWithLink,
        (_, 1, _) => HexDump.HexAndAscii,
        (_, 2, _) => HexDump.HexAndAsciiWithLink,
        (_, _, 1) => HexDump.Ascii,
        (_, _, 2) => HexDump.AsciiWithLink,
        _ => HexDump.None,
    };

    private static byte[] Pcap(PacketSet set)
    {
        Octets file = new Octets().U32(0xa1b2c3d4).U16(2, 4).U32(0, 0, 262144, set.LinkType);
        for (int i = 0; i < set.Packets.Count; i++)
        {
            TestPacket packet = set.Packets[i];
            file.U32(FirstSecond + i, FractionNanoseconds / 1000, packet.Captured.Length, packet.Length).Add(packet.Captured);
        }
        return file;
    }

    /// <summary>One text a packet: each begins with a time that says its index.</summary>
    private static List<string> Split(string output)
    {
        var packets = new List<string>();
        int at = 0;
        while (at < output.Length)
        {
            int next = output.IndexOf($"\n{FirstSecond + packets.Count + 1}.", at, StringComparison.Ordinal);
            int end = next < 0 ? output.Length : next + 1;
            packets.Add(output[at..end]);
            at = end;
        }
        return packets;
    }
}
