using Imker.Capture;
using Imker.Capture.Dissection;
using Imker.Rendering;

namespace Imker.Samples;

/// <summary>Writes a capture file, and reads the packets of it that pass a filter: as a stream, and in place.</summary>
internal static class CapturePackets
{
    // Ethernet, IPv4, UDP from 10.0.0.1:1234 to 10.0.0.2:9, four bytes.
    private static readonly byte[] datagram = Convert.FromHexString("02000000000102000000000208004500002000000000401166cb0a0000010a00000204d20009000c0000aabbccdd");

    public static async Task<int> Run()
    {
        string path = Path.Combine(Path.GetTempPath(), $"imker-sample-{Environment.ProcessId}.pcap");
        using (var writer = new PcapWriter(File.Create(path), path, new PcapWriterOptions { LinkType = 1 }))
        {
            writer.Write(new CapturedPacket { Timestamp = 1_700_000_000_000_000_000, Data = datagram, OriginalLength = (uint)datagram.Length, LinkType = 1 });
            writer.Write(new CapturedPacket { Timestamp = 1_700_000_001_000_000_000, Data = new byte[60], OriginalLength = 60, LinkType = 1 });
        }

        using (PacketCapture capture = PacketCapture.OpenFile(path, "udp port 9"))
        {
            await foreach (Packet packet in capture)
                Console.WriteLine($"{packet.Time:O}: {packet.Data.Length} of {packet.OriginalLength} bytes");
        }

        using (PacketCapture capture = PacketCapture.OpenFile(path))
        {
            var printer = new PacketPrinter(PacketPrinterOptions.Default with { Numeric = 2, TimeStamp = TimeStampStyle.None }, capture.LinkType);
            using var text = new Utf8Buffer();
            while (capture.TryRead(out CapturedPacket packet) && packet.Data.Length < 60)
                printer.Print(packet, text);
            Console.Write(text);
        }
        File.Delete(path);
        return 0;
    }
}
