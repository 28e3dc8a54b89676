using System.Buffers.Binary;

namespace Imker.Capture.Dissection;

/// <summary>Which connection a segment belongs to.</summary>
internal static class ConnectionKeyReader
{
    /// <param name="isReverse">Whether the segment comes from the end with the higher port.</param>
    public static ConnectionKey Read(in Dissection d, in IpHeader ip, int sourcePort, int destinationPort, out bool isReverse)
    {
        bool is6 = ip.Version == 6;
        UInt128 source = Address(d, is6 ? ip.At + 8 : ip.At + 12, is6);
        UInt128 destination = Address(d, is6 ? ip.At + 24 : ip.At + 16, is6);
        isReverse = sourcePort > destinationPort || (sourcePort == destinationPort && source > destination);
        return isReverse
            ? new ConnectionKey(destination, source, (uint)destinationPort << 16 | (uint)sourcePort, is6)
            : new ConnectionKey(source, destination, (uint)sourcePort << 16 | (uint)destinationPort, is6);
    }

    private static UInt128 Address(in Dissection d, int at, bool is6) => is6
        ? BinaryPrimitives.ReadUInt128BigEndian(d.Packet[at..])
        : BinaryPrimitives.ReadUInt32BigEndian(d.Packet[at..]);
}
