using System.Buffers.Binary;

namespace Imker.EndToEnd.Tests.Dump;

/// <summary>A record of a pcap file of this machine's byte order, read by rules written here once more.</summary>
internal sealed record PacketRecord(double Time, uint OriginalLength, string Data)
{
    private const uint NanosecondMagic = 0xa1b23c4d;

    public static List<PacketRecord> ReadAll(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        List<PacketRecord> records = [];
        double unit = file.Length >= 4 && UInt32(file, 0) == NanosecondMagic ? 1e-9 : 1e-6;
        for (int at = 24; at < file.Length;)
        {
            uint captured = UInt32(file, at + 8);
            records.Add(new PacketRecord(UInt32(file, at) + UInt32(file, at + 4) * unit, UInt32(file, at + 12), Convert.ToHexStringLower(file, at + 16, (int)captured)));
            at += 16 + (int)captured;
        }
        return records;
    }

    private static uint UInt32(byte[] file, int at) => BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at));
}
