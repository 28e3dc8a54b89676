using Imker.Capture.Dissection;
using Imker.Rendering;

namespace Imker.Capture.Tests.Dissection;

public sealed class AllocationTests
{
    // What lines look up once and remember is behind them after the first round.
    [Theory]
    [InlineData("tcp")]
    [InlineData("udp")]
    [InlineData("icmp")]
    [InlineData("icmp6")]
    [InlineData("arp")]
    [InlineData("dns")]
    [InlineData("dhcp")]
    [InlineData("lines")]
    [InlineData("sll2")]
    public void Printing_a_packet_allocates_nothing(string name)
    {
        PacketSet set = PacketSets.Of(name);
        foreach (PacketPrinterOptions options in (PacketPrinterOptions[])[
            Printing.Text with { TimeStamp = TimeStampStyle.TimeOfDay }, Printing.Text with { Verbosity = 3, ShowsLinkHeader = true }, Printing.Text with { Numeric = 0, HexDump = HexDump.HexAndAscii }, Printing.Json])
        {
            var printer = new PacketPrinter(options, set.Dlt);
            using var output = new Utf8Buffer(1 << 20);
            Print(printer, set, output);
            // Pools that a collection has emptied fill up again, so one of some rounds has to be free.
            long least = long.MaxValue;
            for (int round = 0; round < 5; round++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                Print(printer, set, output);
                least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            }
            Assert.Equal(0, least);
        }
    }

    private static void Print(PacketPrinter printer, PacketSet set, Utf8Buffer output)
    {
        for (int i = 0; i < set.Packets.Count; i++)
        {
            TestPacket packet = set.Packets[i];
            Printing.Print(printer, packet.Captured, packet.Length, set.Dlt, output);
            output.Clear();
        }
    }
}
