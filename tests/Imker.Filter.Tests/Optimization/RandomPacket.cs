using System.Buffers.Binary;

namespace Imker.Filter.Tests.Optimization;

/// <summary>Ethernet frames long enough that nothing is read past their end, with the values that filters look for in the places where they look.</summary>
internal static class RandomPacket
{
    private const int Length = 400;

    private static readonly ushort[] EtherTypes = [0x800, 0x800, 0x800, 0x86dd, 0x86dd, 0x806, 0x8100, 0x8847, 0x8864, 0x88cc];
    private static readonly byte[] Protocols = [6, 6, 17, 17, 1, 58, 132, 50, 44];
    private static readonly ushort[] Ports = [80, 53, 443, 22, 25, 1000];

    public static byte[] Next(Random random)
    {
        byte[] packet = new byte[Length];
        random.NextBytes(packet);
        if (random.Next(4) == 0)
            ((ReadOnlySpan<byte>)[0, 0x11, 0x22, 0x33, 0x44, 0x55]).CopyTo(packet.AsSpan(random.Next(2) * 6));
        int start = 14;
        ushort type = Pick(random, EtherTypes);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(12), type);
        if (type is 0x8100 or 0x8847 or 0x8864)
        {
            start += type == 0x8864 ? 8 : 4;
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(14), (ushort)random.Next(8));
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(start - 2), (ushort)(type == 0x8864 ? 0x21 : 0x800));
            type = 0x800;
        }
        if (type == 0x800)
            FillIp4(packet.AsSpan(start), random);
        else if (type == 0x86dd)
            FillIp6(packet.AsSpan(start), random);
        return packet;
    }

    /// <summary>A frame whose IP packet has a chain of extension or authentication headers.</summary>
    public static byte[] WithChain(Random random)
    {
        byte[] packet = Next(random);
        bool isIp6 = random.Next(3) != 0;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(12), (ushort)(isIp6 ? 0x86dd : 0x800));
        Span<byte> header = packet.AsSpan(14);
        header[0] = (byte)(isIp6 ? 0x60 : 0x45);
        int at = isIp6 ? 40 : 20, next = isIp6 ? 6 : 9;
        for (int i = random.Next(6); i > 0; i--)
        {
            byte kind = isIp6 ? Pick<byte>(random, [0, 43, 44, 60, 51]) : (byte)51;
            header[next] = kind;
            header[at + 1] = (byte)random.Next(3);
            next = at;
            at += kind == 51 ? (header[at + 1] + 2) * 4 : (header[at + 1] + 1) * 8;
        }
        header[next] = Pick(random, Protocols);
        return packet;
    }

    private static void FillIp4(Span<byte> header, Random random)
    {
        int words = random.Next(4) == 0 ? random.Next(5, 16) : 5;
        header[0] = (byte)(0x40 | words);
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)random.Next(40, 1500));
        BinaryPrimitives.WriteUInt16BigEndian(header[6..], (ushort)(random.Next(6) == 0 ? 0x2001 : 0));
        header[9] = Pick(random, Protocols);
        if (random.Next(2) == 0)
            ((ReadOnlySpan<byte>)[10, 0, 0, 1]).CopyTo(header[(12 + random.Next(2) * 4)..]);
        FillPorts(header[(words * 4)..], random);
    }

    private static void FillIp6(Span<byte> header, Random random)
    {
        header[0] = 0x60;
        header[6] = Pick(random, Protocols);
        if (random.Next(2) == 0)
            BinaryPrimitives.WriteUInt128BigEndian(header[(8 + random.Next(2) * 16)..], 1);
        FillPorts(header[40..], random);
    }

    private static void FillPorts(Span<byte> transport, Random random)
    {
        BinaryPrimitives.WriteUInt16BigEndian(transport, Pick(random, Ports));
        BinaryPrimitives.WriteUInt16BigEndian(transport[2..], Pick(random, Ports));
    }

    private static T Pick<T>(Random random, T[] from) => from[random.Next(from.Length)];
}
