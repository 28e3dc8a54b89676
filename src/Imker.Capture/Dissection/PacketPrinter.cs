using System.Text;
using Imker.Rendering;

namespace Imker.Capture.Dissection;

/// <summary>
/// Writes packets as tcpdump does: number, time, what the packet says, and its bytes where asked for, each line with its end.
/// It remembers what lines tell relative to earlier ones, so packets go through one printer in their order.
/// </summary>
public sealed class PacketPrinter
{
    /// <summary>Longer packets are not printed: libpcap's <c>MAXIMUM_SNAPLEN</c>.</summary>
    private const uint LongestPacket = 262144;

    private readonly PacketPrinterOptions options;
    private readonly DissectionContext context;
    private readonly TimeStampWriter times;
    private readonly FieldWriter? fields;
    private readonly int? linkType;
    private string interfaceName = "";
    private byte[] interfaceBytes = [];
    private long count;

    /// <param name="linkType">The DLT value of the packets' link-layer header; null: what each packet says.</param>
    public PacketPrinter(PacketPrinterOptions options, int? linkType = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.options = options;
        this.linkType = linkType;
        context = new DissectionContext(options);
        times = new TimeStampWriter(options);
        fields = options.IsJson ? new FieldWriter() : null;
    }

    /// <summary>Appends one packet.</summary>
    public void Print(in CapturedPacket packet, Utf8Buffer output)
    {
        ArgumentNullException.ThrowIfNull(output);
        count++;
        if (fields is not null)
            PrintFields(packet, output, fields);
        else
            PrintText(packet, output);
        output.Write((byte)'\n');
    }

    private void PrintText(in CapturedPacket packet, Utf8Buffer output)
    {
        if (options.HasNumbers)
            WriteNumber(output);
        if (WriteInvalidHeader(packet, output))
            return;
        times.Write(output, packet.Timestamp);
        if (options.ShowsLengths)
            WriteLengths(packet, output);
        if (options.ShowsProcesses)
            WriteProcess(packet.Process, output);
        var dissection = new Dissection(packet.Data, context, output, null);
        LinkPrinter.Print(ref dissection, linkType ?? packet.LinkType, (int)packet.OriginalLength, packet.InterfaceIndex);
        if (dissection.IsStopped)
        {
            output.Write(" [|"u8);
            output.Write(dissection.Protocol);
            output.Write("]"u8);
        }
        // Like tcpdump: a packet that was cut is shown from its first byte on.
        int header = dissection.IsStopped ? 0 : Math.Min(dissection.LinkHeaderLength, packet.Data.Length);
        WriteBytes(packet.Data, header, output);
    }

    private void PrintFields(in CapturedPacket packet, Utf8Buffer output, FieldWriter writer)
    {
        writer.Begin(output);
        writer.Time("timestamp"u8, packet.Timestamp);
        writer.Number("number"u8, count);
        writer.Number("length"u8, packet.OriginalLength);
        writer.Number("captured"u8, packet.Data.Length);
        if (packet.InterfaceName is { Length: > 0 } name)
            writer.Text("interface"u8, Bytes(name));
        if (options.ShowsProcesses)
            WriteProcess(packet.Process, writer);
        writer.BeginList("layers"u8);
        bool isPrintable = packet.Data.Length > 0 && packet.OriginalLength >= packet.Data.Length && packet.OriginalLength <= LongestPacket;
        bool isCut = false;
        if (isPrintable)
        {
            var dissection = new Dissection(packet.Data, context, output, writer);
            LinkPrinter.Print(ref dissection, linkType ?? packet.LinkType, (int)packet.OriginalLength, packet.InterfaceIndex);
            isCut = dissection.IsStopped;
        }
        writer.CloseLayers();
        if (isCut || writer.Truncated)
            writer.Bool("truncated"u8, true);
        if (!isPrintable)
            writer.Bool("invalid"u8, true);
        writer.Finish();
    }

    private ReadOnlySpan<byte> Bytes(string name)
    {
        if (!ReferenceEquals(name, interfaceName))
        {
            interfaceName = name;
            interfaceBytes = Encoding.UTF8.GetBytes(name);
        }
        return interfaceBytes;
    }

    private void WriteNumber(Utf8Buffer output)
    {
        int start = output.Length;
        output.WriteDecimal(count);
        output.Pad(start, 5, left: false);
        output.Write("  "u8);
    }

    private static void WriteProcess(Linux.SocketOwner? process, FieldWriter writer)
    {
        if (process is null)
        {
            writer.Null("pid"u8);
            return;
        }
        writer.Number("pid"u8, process.ProcessId);
        writer.Text("process"u8, Encoding.UTF8.GetBytes(process.Name));
        writer.Text("cgroup"u8, Encoding.UTF8.GetBytes(process.Cgroup));
    }

    private static void WriteProcess(Linux.SocketOwner? process, Utf8Buffer output)
    {
        if (process is null)
        {
            output.Write("[none] "u8);
            return;
        }
        Escape.Text(output, process.Name, TextEscaping.Line);
        output.Write("["u8);
        output.WriteDecimal((long)process.ProcessId);
        output.Write("] "u8);
        Escape.Text(output, process.Cgroup, TextEscaping.Line);
        output.Write(" "u8);
    }

    private static void WriteLengths(in CapturedPacket packet, Utf8Buffer output)
    {
        output.Write("caplen "u8);
        output.WriteDecimal((long)packet.Data.Length);
        output.Write(", len "u8);
        output.WriteDecimal((long)packet.OriginalLength);
        output.Write(", "u8);
    }

    private static bool WriteInvalidHeader(in CapturedPacket packet, Utf8Buffer output)
    {
        int captured = packet.Data.Length;
        uint length = packet.OriginalLength;
        bool isInvalid = captured == 0 || length < captured || captured > LongestPacket || length > LongestPacket;
        if (!isInvalid)
            return false;
        output.Write(captured == 0 ? "[Invalid header: caplen==0"u8 : "[Invalid header:"u8);
        bool needsComma = captured == 0;
        Say(output, length == 0, ref needsComma, " len=="u8, 0, default, 0);
        Say(output, length > 0 && length < captured, ref needsComma, " len("u8, length, ") < caplen("u8, (uint)captured);
        Say(output, captured > LongestPacket, ref needsComma, " caplen("u8, (uint)captured, ") > "u8, LongestPacket);
        Say(output, length > LongestPacket, ref needsComma, " len("u8, length, ") > "u8, LongestPacket);
        output.Write("]"u8);
        return true;
    }

    private static void Say(
        Utf8Buffer output, bool isTrue, ref bool needsComma, ReadOnlySpan<byte> before, uint first, ReadOnlySpan<byte> between, uint second)
    {
        if (!isTrue)
            return;
        if (needsComma)
            output.Write(","u8);
        needsComma = true;
        output.Write(before);
        output.WriteDecimal((long)first);
        if (between.IsEmpty)
            return;
        output.Write(between);
        output.WriteDecimal((long)second);
        if (between.EndsWith("("u8))
            output.Write(")"u8);
    }

    private void WriteBytes(ReadOnlySpan<byte> data, int header, Utf8Buffer output)
    {
        switch (options.HexDump)
        {
            case HexDump.Hex:
                HexWriter.Write(output, "\n\t"u8, data[header..]);
                break;
            case HexDump.HexWithLink:
                HexWriter.Write(output, "\n\t"u8, data);
                break;
            case HexDump.HexAndAscii:
                HexWriter.WriteWithAscii(output, "\n\t"u8, data[header..]);
                break;
            case HexDump.HexAndAsciiWithLink:
                HexWriter.WriteWithAscii(output, "\n\t"u8, data);
                break;
            case HexDump.Ascii when data.Length > header:
                HexWriter.WriteAscii(output, data[header..]);
                break;
            case HexDump.AsciiWithLink:
                HexWriter.WriteAscii(output, data);
                break;
        }
    }
}
