using System.Buffers.Binary;

namespace Imker.Bench.Filters;

/// <summary>Ethernet frames as a server sees them: mostly TCP over IPv4, some UDP, IPv6, ARP, ICMP and VLAN tags; always the same.</summary>
internal static class TestPackets
{
    private static readonly ushort[] Ports = [443, 443, 443, 80, 22, 53, 8080, 51000, 40000, 33000];

    public static byte[][] Make(int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(_ => MakeOne(random))];
    }

    private static byte[] MakeOne(Random random)
    {
        byte[] packet = new byte[random.Next(3) == 0 ? 1400 : random.Next(64, 200)];
        random.NextBytes(packet);
        ((ReadOnlySpan<byte>)[2, 0, 0, 0, 0, (byte)random.Next(4), 2, 0, 0, 0, 0, (byte)random.Next(4)]).CopyTo(packet);
        int kind = random.Next(20), start = 14;
        if (kind == 0)
        {
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(12), 0x806);
            return packet;
        }
        if (kind == 1)
        {
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(12), 0x8100);
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(14), (ushort)random.Next(8));
            start = 18;
        }
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(start - 2), (ushort)(kind < 5 ? 0x86dd : 0x800));
        byte protocol = kind % 5 == 2 ? (byte)17 : kind == 10 ? (byte)1 : (byte)6;
        if (kind < 5)
            FillIp6(packet.AsSpan(start), protocol, random);
        else
            FillIp4(packet.AsSpan(start), protocol, random);
        return packet;
    }

    private static void FillIp4(Span<byte> header, byte protocol, Random random)
    {
        header[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)header.Length);
        BinaryPrimitives.WriteUInt16BigEndian(header[6..], 0x4000);
        header[9] = protocol;
        for (int address = 12; address <= 16; address += 4)
        {
            ReadOnlySpan<byte> net = random.Next(3) switch { 0 => [10, 0, 0], 1 => [192, 168, 1], _ => [172, 20, 3] };
            net.CopyTo(header[address..]);
            header[address + 3] = (byte)random.Next(1, 5);
        }
        FillTransport(header[20..], random);
    }

    private static void FillIp6(Span<byte> header, byte protocol, Random random)
    {
        header[0] = 0x60;
        header[6] = protocol;
        ((ReadOnlySpan<byte>)[0xfe, 0x80, 0, 0]).CopyTo(header[8..]);
        ((ReadOnlySpan<byte>)[0xfe, 0x80, 0, 0]).CopyTo(header[24..]);
        if (header.Length >= 64)
            FillTransport(header[40..], random);
    }

    private static void FillTransport(Span<byte> transport, Random random)
    {
        BinaryPrimitives.WriteUInt16BigEndian(transport, Ports[random.Next(Ports.Length)]);
        BinaryPrimitives.WriteUInt16BigEndian(transport[2..], Ports[random.Next(Ports.Length)]);
        if (transport.Length > 13)
            (transport[12], transport[13]) = (0x50, (byte)(random.Next(10) == 0 ? 2 : 0x10));
    }
}
