namespace Imker.Capture.Tests.Dissection;

/// <summary>IPv4 with its options and fragments, and what it carries besides what has sets of its own.</summary>
internal static class IpPackets
{
    public static IEnumerable<byte[]> Version4(Random random)
    {
        byte[] datagram = Wire.Udp(40000, 40001, new byte[20]);
        for (int tos = 0; tos < 4; tos++)
            yield return Wire.Frame4(17, datagram, tos: tos | 0xb8);
        foreach (int fragment in (int[])[0x4000, 0x2000, 0x2005, 0x0005, 0x8000, 0x6000, 0xe000, 0x1fff])
            yield return Wire.Frame4(17, datagram, fragment: fragment, ttl: 1);
        yield return Wire.Frame4(6, new byte[7], fragment: 0x0010);
        byte[] large = Wire.Udp(40000, 40001, new byte[3000]);
        yield return Wire.Frame4(17, large[..1480], fragment: 0x2000);
        yield return Wire.Frame4(17, large[1480..2960], fragment: 0x20b9);
        yield return Wire.Frame4(17, large[2960..], fragment: 0x0172);
        yield return Wire.Frame4(17, datagram, ttl: 0);
        foreach (byte[] option in Options(random))
            yield return Wire.Frame4(17, datagram, new Octets().Add(option).Align(4));
        yield return Wire.Frame4(17, datagram, new Octets().Add(1, 1).Add(Options(random).First()).Align(4));
        byte[] wrong = Wire.Frame4(17, datagram);
        wrong[24] ^= 0x55;
        yield return wrong;
        byte[] offloaded = Wire.Frame4(17, datagram);
        offloaded[16] = offloaded[17] = 0;
        yield return offloaded;
        yield return Wire.Ethernet(0x0800, [0x65, 0, 0, 20]);
        yield return Wire.Ethernet(0x0800, new Octets().U8(0x43).Fill(40));
        yield return Wire.Ethernet(0x0800, new Octets().U8(0x65).Fill(40));
        yield return Wire.Ethernet(0x0800, new Octets().Add(Wire.Ip4(17, datagram)).Fill(9));
        foreach (int protocol in Unknown)
            yield return Wire.Frame4(protocol, new Octets().Random(random, 24));
        yield return Wire.Frame4(51, new Octets().U8(17, 4).U16(0).U32(0x100, 7).Random(random, 12).Add(datagram));
        yield return Wire.Frame4(50, new Octets().U32(0x1234abcd, 9).Random(random, 40));
        yield return Wire.Frame4(108, new Octets().U8(6, 0).U16(2).Random(random, 40));
    }

    public static IEnumerable<byte[]> Version6(Random random)
    {
        byte[] datagram = Wire.Udp6(40000, 40001, new byte[20]);
        yield return Wire.Frame6(17, datagram, flow: 0x0ab12345, hops: 1);
        yield return Wire.Frame6(59, []);
        yield return Wire.Frame6(59, new byte[8]);
        foreach (byte[] options in Options6(random))
        {
            byte[] aligned = new Octets().Fill(2).Add(options).Align(8).ToArray()[2..];
            int length = (aligned.Length + 2) / 8 - 1;
            yield return Wire.Frame6(0, new Octets().U8(17, length).Add(aligned).Add(datagram));
            yield return Wire.Frame6(60, new Octets().U8(17, length).Add(aligned).Add(datagram));
        }
        yield return Wire.Frame6(43, new Octets().U8(17, 2, 0, 1).U32(0).Ip("2001:db8::77").Add(datagram));
        yield return Wire.Frame6(43, new Octets().U8(17, 4, 2, 1).U32(0).Ip("2001:db8::77").Ip("2001:db8::78").Add(datagram));
        yield return Wire.Frame6(43, new Octets().U8(17, 4, 4, 1, 1, 0x10).U16(77).Ip("2001:db8::77").Ip("2001:db8::78").Add(datagram));
        yield return Wire.Frame6(43, new Octets().U8(17, 2, 3, 1).U32(0x98000000).Random(random, 16).Add(datagram));
        yield return Wire.Frame6(43, new Octets().U8(17, 2, 9, 1).U32(0).Ip("2001:db8::77").Add(datagram));
        yield return Wire.Frame6(44, new Octets().U8(17, 0).U16(0x0001).U32(0xabcdef01).Add(datagram));
        yield return Wire.Frame6(44, new Octets().U8(17, 0).U16(0x0101).U32(0xabcdef01).Add(datagram));
        yield return Wire.Frame6(44, new Octets().U8(17, 0).U16(0x0001).U32(0xabcdef01).Add(Wire.Udp6(40000, 40001, new byte[3000]).AsSpan(0, 1232)));
        yield return Wire.Frame6(44, new Octets().U8(17, 0).U16(0x0100).U32(0xabcdef01).Add(datagram));
        yield return Wire.Frame6(44, new Octets().U8(17, 0).U16(0x0000).U32(0xabcdef01).Add(datagram));
        yield return Wire.Frame6(51, new Octets().U8(17, 4).U16(0).U32(0x100, 7).Random(random, 12).Add(datagram));
        yield return Wire.Frame6(50, new Octets().U32(0x1234abcd, 9).Random(random, 40));
        yield return Wire.Frame6(0, new Octets().U8(60, 0, 1, 4).U32(0).U8(44, 0, 1, 4).U32(0).U8(17, 0).U16(0).U32(1).Add(datagram));
        yield return Wire.Ethernet(0x86dd, new Octets().Add(Wire.Ip6(17, datagram)).Fill(7));
        foreach (int protocol in Unknown)
            yield return Wire.Frame6(protocol, new Octets().Random(random, 24));
    }

    public static IEnumerable<byte[]> Tunnels(Random random)
    {
        byte[] four = Wire.Ip4(17, Wire.Udp(40000, 40001, new byte[20])), six = Wire.Ip6(17, Wire.Udp6(40000, 40001, new byte[20]));
        yield return Wire.Frame4(4, four);
        yield return Wire.Frame4(41, six);
        yield return Wire.Frame6(4, four);
        yield return Wire.Frame6(41, six);
        yield return Wire.Frame4(4, Wire.Ip4(4, Wire.Ip4(41, Wire.Ip6(4, four))));
        yield return Wire.Frame4(47, new Octets().U16(0, 0x0800).Add(four));
        yield return Wire.Frame4(47, new Octets().U16(0x2000, 0x0800).U32(77).Add(four));
        yield return Wire.Frame4(47, new Octets().U16(0xb000, 0x86dd, 0x1234, 0).U32(77, 5).Add(six));
        yield return Wire.Frame4(47, new Octets().U16(0x3000, 0x6558).U32(77, 5).Add(Wire.Ethernet(0x0800, four)));
        yield return Wire.Frame4(47, new Octets().U16(0x0000, 0x8847).U32(0x00010140).Add(four));
        yield return Wire.Frame4(47, new Octets().U16(0x0000, 0x1234).Random(random, 12));
        yield return Wire.Frame4(47, new Octets().U16(0x0800, 0x1234).Random(random, 12));
        yield return Wire.Frame4(47, new Octets().U16(0x4000, 0x0800, 0x1234, 0).U16(0x0800).U8(0, 8).Ip(Wire.Source).Ip(Wire.Target).U32(0).Add(four));
        yield return Wire.Frame4(47, new Octets().U16(0x3001, 0x880b, 4 + four.Length, 9).U32(3).U8(0xff, 3).U16(0x0021).Add(four));
        yield return Wire.Frame4(47, new Octets().U16(0x2081, 0x880b, 0, 9).U32(8));
        yield return Wire.Frame4(47, new Octets().U16(0x0002, 0x880b, 0, 9));
        yield return Wire.Frame4(47, new Octets().U16(0x3081, 0x880b, four.Length + 2, 9).U32(3, 8).U16(0x0021).Add(four));
        yield return Wire.Frame6(47, new Octets().U16(0, 0x0800).Add(four));
        yield return Wire.UdpFrame(50000, 4789, new Octets().U32(0x08000000).U24(5000).U8(0).Add(Wire.Ethernet(0x0800, four)));
        yield return Wire.UdpFrame(50000, 4789, new Octets().U32(0x88400007).U24(5000).U8(0).Add(Wire.Ethernet(0x86dd, six)));
        yield return Wire.UdpFrame(50000, 4789, new Octets().U32(0x00000000).U24(5000).U8(0).Add(Wire.Ethernet(0x0806, ArpPackets.Request)));
    }

    /// <summary>Protocols that nobody prints: their number or name, and their length.</summary>
    private static int[] Unknown { get; } = [3, 5, 7, 27, 59, 97, 100, 115, 143, 200, 253, 254];

    private static IEnumerable<byte[]> Options(Random random)
    {
        yield return new Octets().U8(7, 11, 8).Ip(Wire.Source).Ip("0.0.0.0");
        yield return new Octets().U8(7, 11, 12).Ip(Wire.Source).Ip("1.2.3.4");
        yield return new Octets().U8(131, 11, 4).Ip(Wire.Source).Ip(Wire.Target);
        yield return new Octets().U8(137, 7, 8).Ip(Wire.Source);
        yield return new Octets().U8(68, 12, 9, 0).U32(1000, 2000);
        yield return new Octets().U8(68, 20, 13, 0x31).Ip(Wire.Source).U32(1000).Ip(Wire.Target).U32(2000);
        yield return new Octets().U8(68, 20, 13, 3).Ip(Wire.Source).U32(1000).Ip(Wire.Target).U32(2000);
        yield return new Octets().U8(148, 4, 0, 0);
        yield return new Octets().U8(136, 4, 1, 2);
        yield return new Octets().U8(130, 11).Random(random, 9);
        yield return new Octets().U8(1, 1, 1, 0);
        yield return new Octets().U8(222, 6, 1, 2, 3, 4);
        yield return new Octets().U8(7, 2, 8);
        yield return new Octets().U8(7, 5, 3, 1, 1);
        yield return new Octets().U8(68, 4, 1, 0);
        yield return new Octets().U8(68, 3, 5);
        yield return new Octets().U8(148, 3, 5);
        yield return new Octets().U8(222, 60, 5);
        yield return new Octets().U8(222, 1, 5);
        yield return new Octets().U8(1, 1, 1, 222);
    }

    private static IEnumerable<byte[]> Options6(Random random)
    {
        yield return new Octets().U8(1, 4).U32(0);
        yield return new Octets().U8(0, 0, 0, 0, 0, 0);
        yield return new Octets().U8(5, 2).U16(0).U8(1, 0);
        yield return new Octets().U8(0xc2, 4).U32(100000);
        yield return new Octets().U8(1, 2, 0, 0, 0xc9, 16).Ip(Wire.Source6).U8(1, 0);
        yield return new Octets().U8(0x63, 4).U32(0x8000abcd);
        yield return new Octets().U8(0x1e, 4).Random(random, 4);
        yield return new Octets().U8(5, 4).Random(random, 4);
        yield return new Octets().U8(0xc2, 3).Random(random, 3).U8(0);
        yield return new Octets().U8(0xc3, 4).U32(100000);
        yield return new Octets().U8(0xc4, 4).U32(100000);
        yield return new Octets().U8(0xc5, 9).U32(100000);
        yield return new Octets().U8(0xc6, 2).U16(100).U8(3, 4);
    }
}
