using System.Text;
using System.Text.Json;
using Imker.Capture.Dissection;
using Imker.Rendering;

namespace Imker.Capture.Tests.Dissection;

/// <summary>No packet whatever ends the printer, reaches the terminal unescaped, or makes JSON that is none.</summary>
public sealed class RobustnessTests
{
    private static readonly int[] LinkTypes = [PacketSets.Null, PacketSets.Ethernet, PacketSets.Ppp, 12, 50, 51, PacketSets.Cooked, PacketSets.Cooked2, 999];

    private static readonly PacketPrinterOptions Loud = Printing.Text with { Verbosity = 3, ShowsLinkHeader = true, Numeric = 0 };

    public static TheoryData<string> Names => [.. PacketSets.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Damaged_packets_are_printed(string name) => Check(PacketSets.Of(name).Mutated(20));

    [Theory]
    [MemberData(nameof(Names))]
    public void Packets_cut_at_any_length_are_printed(string name)
    {
        PacketSet whole = PacketSets.Of(name);
        Check(whole.Truncated(1 + whole.Packets.Count / 100, 2000));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Cut_and_damaged_packets_are_printed(string name)
    {
        PacketSet whole = PacketSets.Of(name);
        Check(whole.Truncated(1 + whole.Packets.Count / 40, 40).Mutated(3));
    }

    [Fact]
    public void Random_bytes_are_printed()
    {
        var random = new Random(3);
        foreach (int linkType in LinkTypes)
        {
            TestPacket[] packets = [.. Enumerable.Range(0, 4000).Select(_ => new Octets().Random(random, random.Next(1, 200)).ToArray()).Select(p => new TestPacket(p, p.Length))];
            Check(new PacketSet(linkType, packets));
        }
    }

    [Fact]
    public void Random_payloads_of_every_protocol_and_port_are_printed()
    {
        var random = new Random(5);
        var packets = new List<byte[]>();
        for (int i = 0; i < 256; i++)
        {
            packets.Add(Wire.Frame4(i, new Octets().Random(random, 60)));
            packets.Add(Wire.Frame6(i, new Octets().Random(random, 60)));
        }
        foreach (int port in (int[])[53, 67, 68, 80, 123, 443, 546, 547, 554, 853, 1900, 4789, 5060, 5353, 5355, 8080])
        {
            for (int i = 0; i < 200; i++)
            {
                byte[] payload = new Octets().Random(random, random.Next(120));
                packets.Add(Wire.UdpFrame(port, port, payload));
                packets.Add(Wire.TcpFrame(port, 40000, 1, 1, 24, payload: payload));
            }
        }
        for (int type = 0; type < 0x10000; type += 7)
            packets.Add(Wire.Ethernet(type, new Octets().Random(random, 50)));
        Check(PacketSet.Whole(PacketSets.Ethernet, packets));
    }

    [Fact]
    public void Headers_within_headers_end_at_a_limit()
    {
        byte[] four = Wire.Ip4(17, Wire.Udp(1, 2, []));
        byte[] six = four, generic = four, ethernet = four, labels = four;
        byte[] quoted = four;
        for (int i = 0; i < 1000; i++)
        {
            four = Wire.Ip4(4, four);
            six = i % 2 == 0 ? Wire.Ip6(4, six) : Wire.Ip6(41, six);
            generic = Wire.Ip4(47, new Octets().U16(0, 0x0800).Add(generic));
            labels = Wire.Ip4(137, new Octets().U32(0x00010140).Add(labels));
            if (ethernet.Length < 60000)
                ethernet = Wire.Ip4(17, new Octets().U16(4789, 4789, 0, 0).U32(0x08000000, 0).Add(Wire.Ethernet(0x0800, ethernet)));
            if (quoted.Length < 60000)
                quoted = Wire.Ip4(1, new Octets().U32(0x03000000, 0).Add(quoted));
        }
        Check(PacketSet.Whole(PacketSets.Ethernet,
        [
            Wire.Ethernet(0x0800, four), Wire.Ethernet(0x86dd, six), Wire.Ethernet(0x0800, generic), Wire.Ethernet(0x0800, labels), Wire.Ethernet(0x0800, ethernet), Wire.Ethernet(0x0800, quoted),
            Wire.Ethernet(0x8100, [.. Enumerable.Repeat<byte[]>([0, 1, 0x81, 0], 3000).SelectMany(b => b)]),
            Wire.Ethernet(0x8847, new byte[8000]),
            Wire.Frame6(0, [.. Enumerable.Repeat<byte[]>([60, 0, 1, 4, 0, 0, 0, 0], 3000).SelectMany(b => b)]),
        ]));
    }

    [Fact]
    public void Names_of_dns_that_point_in_circles_end()
    {
        var packets = new List<byte[]>();
        for (int target = 0; target < 64; target++)
        {
            Octets loop = new Octets().U8(1).Text("a").U16(0xc000 | target).U16(0xc000 | target + 2).U16(0xc00c, 0xc00e, 0xc010, 1, 1);
            packets.Add(Wire.UdpFrame(53, 53, DnsPackets.Message(0x8180, 20, 20, 20, 20, loop)));
        }
        // Every record's name is a chain of pointers to the one before.
        var chain = new Octets();
        for (int i = 0; i < 4000; i++)
            chain.U16(0xc000 | Math.Min(0x3fff, 12 + 2 * Math.Max(0, i - 1)));
        packets.Add(Wire.UdpFrame(53, 53, DnsPackets.Message(0x0100, 4000, 4000, 0, 0, chain)));
        Check(PacketSet.Whole(PacketSets.Ethernet, packets));
    }

    private static void Check(PacketSet set)
    {
        var text = new PacketPrinter(Loud, set.Dlt);
        var json = new PacketPrinter(Printing.Json, set.Dlt);
        using var output = new Utf8Buffer(4096);
        foreach (TestPacket packet in set.Packets)
        {
            output.Clear();
            Printing.Print(text, packet.Captured, packet.Length, set.Dlt, output);
            string line = Encoding.Latin1.GetString(output.Written);
            Assert.False(line.Any(c => c is (< ' ' or > '~') and not ('\n' or '\t')), Describe("unescaped", packet, line));
            Assert.True(line.EndsWith('\n'), Describe("no end", packet, line));
            output.Clear();
            Printing.Print(json, packet.Captured, packet.Length, set.Dlt, output);
            Assert.True(IsObject(output.Written.ToArray()), Describe("no object", packet, Encoding.UTF8.GetString(output.Written)));
        }
    }

    private static bool IsObject(ReadOnlyMemory<byte> line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 1000 });
            return document.RootElement.ValueKind == JsonValueKind.Object && line.Span.IndexOf((byte)'\n') == line.Length - 1;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Describe(string what, TestPacket packet, string line) => $"{what}: {Convert.ToHexStringLower(packet.Captured)} of {packet.Length}\n{line}";
}
