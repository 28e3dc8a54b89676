namespace Imker.Capture.Tests.Files;

/// <summary>A packet kept beyond its time in a reader's buffer.</summary>
internal sealed record ReadPacket(
    long Timestamp, string Data, uint OriginalLength, int LinkType, int InterfaceIndex, string? InterfaceName, PacketDirection Direction)
{
    /// <summary>Reads a file to its end, or to what is wrong in it.</summary>
    public static (List<ReadPacket> Packets, CaptureFileException? Error) All(byte[] file) => All(new MemoryStream(file));

    public static (List<ReadPacket> Packets, CaptureFileException? Error) All(Stream stream)
    {
        List<ReadPacket> packets = [];
        try
        {
            using CaptureFileReader reader = CaptureFileReader.Open(stream, "test.pcap");
            while (reader.TryRead(out CapturedPacket packet))
                packets.Add(Of(packet));
        }
        catch (CaptureFileException e)
        {
            return (packets, e);
        }
        return (packets, null);
    }

    private static ReadPacket Of(in CapturedPacket packet) => new(
        packet.Timestamp, Convert.ToHexString(packet.Data), packet.OriginalLength, packet.LinkType, packet.InterfaceIndex, packet.InterfaceName, packet.Direction);
}
