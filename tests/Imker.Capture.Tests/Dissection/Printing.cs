using System.Text;
using Imker.Capture.Dissection;
using Imker.Rendering;

namespace Imker.Capture.Tests.Dissection;

/// <summary>Prints one packet.</summary>
internal static class Printing
{
    public static PacketPrinterOptions Text { get; } = new() { Numeric = 1, TimeStamp = TimeStampStyle.None, TimeZone = TimeZoneInfo.Utc };

    public static PacketPrinterOptions Json { get; } = Text with { IsJson = true };

    public static string Print(byte[] packet, PacketPrinterOptions options, int linkType = PacketSets.Ethernet)
    {
        using var output = new Utf8Buffer(1024);
        Print(new PacketPrinter(options, linkType), packet, packet.Length, linkType, output);
        return Encoding.UTF8.GetString(output.Written);
    }

    public static void Print(PacketPrinter printer, byte[] packet, int length, int linkType, Utf8Buffer output) => printer.Print(
        new CapturedPacket { Timestamp = 1_700_000_000_123_456_789, Data = packet, OriginalLength = (uint)length, LinkType = linkType }, output);
}
