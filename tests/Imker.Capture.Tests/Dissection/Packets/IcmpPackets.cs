namespace Imker.Capture.Tests.Dissection;

/// <summary>ICMP, ICMPv6 with neighbour discovery and listeners, IGMP.</summary>
internal static class IcmpPackets
{
    public static IEnumerable<byte[]> Version4(Random random)
    {
        byte[][] quoted =
        [
            Wire.Ip4(17, Wire.Udp(40000, 53, new byte[20])), Wire.Ip4(6, Wire.Tcp(40000, 80, 1, 2, 2)), Wire.Ip4(1, Wire.Icmp(8, 0, new byte[8])), Wire.Ip4(132, new Octets().U16(1, 2).U32(3, 4)), Wire.Ip4(17, new byte[20], fragment: 0x2010),
        ];
        yield return Wire.IcmpFrame(8, 0, new Octets().U16(77, 1).Fill(56, 0x61));
        yield return Wire.IcmpFrame(0, 0, new Octets().U16(77, 1).Fill(56, 0x61));
        yield return Wire.IcmpFrame(8, 0, new Octets().U16(77, 1));
        for (int code = 0; code <= 17; code++)
        {
            foreach (byte[] inner in quoted)
                yield return Wire.IcmpFrame(3, code, new Octets().U16(0, code == 4 ? 1400 : 0).Add(inner));
        }
        yield return Wire.IcmpFrame(3, 4, new Octets().U16(0, 0).Add(quoted[0]));
        foreach (int code in (int[])[0, 1, 2, 3, 9])
            yield return Wire.IcmpFrame(5, code, new Octets().Ip("10.9.9.9").Add(quoted[0]));
        foreach (int code in (int[])[0, 1, 2])
        {
            yield return Wire.IcmpFrame(11, code, new Octets().U32(0).Add(quoted[1]));
            yield return Wire.IcmpFrame(12, code, new Octets().U32(code << 24).Add(quoted[1]));
            yield return Wire.IcmpFrame(4, code, new Octets().U32(0).Add(quoted[1]));
        }
        yield return Wire.IcmpFrame(9, 0, new Octets().U8(2, 2).U16(1800).Ip("10.0.0.1").U32(0).Ip("10.0.0.2").U32(0x80000000));
        yield return Wire.IcmpFrame(9, 16, new Octets().U8(1, 2).U16(59).Ip("10.0.0.1").U32(5));
        yield return Wire.IcmpFrame(9, 0, new Octets().U8(1, 1).U16(59).Ip("10.0.0.1").U32(5));
        yield return Wire.IcmpFrame(9, 3, new Octets().U8(1, 2).U16(7200).Ip("10.0.0.1").U32(5));
        yield return Wire.IcmpFrame(10, 0, new Octets().U32(0));
        yield return Wire.IcmpFrame(13, 0, new Octets().U16(1, 2).U32(1000, 0, 0));
        yield return Wire.IcmpFrame(14, 0, new Octets().U16(1, 2).U32(1000, 36000123, 86399999));
        foreach (int type in (int[])[15, 16, 17, 18, 30, 37, 40, 42, 43, 99])
            yield return Wire.IcmpFrame(type, 0, new Octets().U16(1, 2).U32(0xffffff00));
        byte[] wrong = Wire.IcmpFrame(8, 0, new Octets().U16(77, 1).Fill(8));
        wrong[36] ^= 0x33;
        yield return wrong;
        // What routers add: RFC 4884, 4950, 5837.
        Octets labels = new Octets().U16(12).U8(1, 1).U32(0x00010140, 0x00020b41);
        byte[] extension = new Octets().U16(0x2000, 0).Add(labels).U16(8).U8(9, 9).U32(0x01020304).Checksum(2);
        yield return Wire.IcmpFrame(11, 0, new Octets().U8(0, 32).U16(0).Add(quoted[0]).Fill(128 - quoted[0].Length).Add(extension));
        yield return Wire.IcmpFrame(3, 1, new Octets().U32(0).Add(quoted[0]).Fill(128 - quoted[0].Length).Add(extension));
        byte[] about = new Octets().U16(0x2000, 0).U16(28).U8(2, 0x0f).U32(7).U16(1, 0).Ip(Wire.Source).U8(8).Text("eth0").Fill(3).U32(1500).Checksum(2);
        yield return Wire.IcmpFrame(11, 0, new Octets().U8(0, 32).U16(0).Add(quoted[0]).Fill(128 - quoted[0].Length).Add(about));
    }

    public static IEnumerable<byte[]> Version6(Random random)
    {
        byte[][] quoted = [Wire.Ip6(17, Wire.Udp6(40000, 53, new byte[20])), Wire.Ip6(6, Wire.Tcp(40000, 80, 1, 2, 2, isVersion6: true)), Wire.Ip6(58, Wire.Icmp6(128, 0, new byte[4]))];
        foreach (byte[] inner in quoted)
        {
            for (int code = 0; code <= 7; code++)
                yield return Wire.Icmp6Frame(1, code, new Octets().U32(0).Add(inner));
            yield return Wire.Icmp6Frame(2, 0, new Octets().U32(1280).Add(inner));
            for (int code = 0; code <= 3; code++)
            {
                yield return Wire.Icmp6Frame(3, code, new Octets().U32(0).Add(inner));
                yield return Wire.Icmp6Frame(4, code, new Octets().U32(40).Add(inner));
            }
        }
        yield return Wire.Icmp6Frame(128, 0, new Octets().U16(77, 1).Fill(56));
        yield return Wire.Icmp6Frame(129, 0, new Octets().U16(77, 1).Fill(56));
        byte[] prefix = new Octets().U8(3, 4, 64, 0xc0).U32(0xffffffff, 14400, 0).Ip("2001:db8::");
        byte[] many = new Octets().U8(1, 1).Add(Wire.Here).Add(prefix).U8(5, 1, 0, 0).U32(1500).U8(25, 3, 0, 0).U32(600).Ip("2001:db8::53").U8(31, 2, 0, 0).U32(600).Counted("example").U8(0)
            .U8(24, 2, 48, 0x08).U32(1800).U64(0x20010db800010000).U8(7, 1, 0, 0).U32(30000).U8(8, 1, 0, 0).U16(10, 1800);
        foreach (int flags in (int[])[0, 0x40, 0x80, 0xc8, 0xe0, 0xff])
            yield return Wire.Icmp6Frame(134, 0, new Octets().U8(64, flags).U16(1800).U32(30000, 1000).Add(many));
        yield return Wire.Icmp6Frame(133, 0, new Octets().U32(0).U8(1, 1).Add(Wire.Here));
        yield return Wire.Icmp6Frame(133, 0, new Octets().U32(0));
        yield return Wire.Icmp6Frame(135, 0, new Octets().U32(0).Ip(Wire.Target6).U8(1, 1).Add(Wire.Here).U8(14, 1).Random(random, 6));
        foreach (long flags in (long[])[0, 0x20000000, 0x40000000, 0x80000000, 0xe0000000])
            yield return Wire.Icmp6Frame(136, 0, new Octets().U32(flags).Ip(Wire.Target6).U8(2, 1).Add(Wire.There));
        yield return Wire.Icmp6Frame(137, 0, new Octets().U32(0).Ip(Wire.Target6).Ip(Wire.Source6).U8(2, 1).Add(Wire.There).U8(4, 7).Fill(6).Add(Wire.Ip6(59, new byte[8])));
        foreach (int option in (int[])[9, 15, 19, 20, 26, 38, 99, 253])
            yield return Wire.Icmp6Frame(135, 0, new Octets().U32(0).Ip(Wire.Target6).U8(option, 2).Random(random, 14));
        yield return Wire.Icmp6Frame(135, 0, new Octets().U32(0).Ip(Wire.Target6).U8(1, 0).Random(random, 14));
        yield return Wire.Icmp6Frame(130, 0, new Octets().U16(10000, 0).Ip("ff02::1:3"));
        yield return Wire.Icmp6Frame(131, 0, new Octets().U16(0, 0).Ip("ff02::1:3"));
        yield return Wire.Icmp6Frame(132, 0, new Octets().U16(0, 0).Ip("ff02::1:3"));
        yield return Wire.Icmp6Frame(130, 0, new Octets().U16(10000, 0).Ip("ff02::1:3").U8(0x0a, 125).U16(2).Ip(Wire.Source6).Ip(Wire.Target6));
        yield return Wire.Icmp6Frame(130, 0, new Octets().U16(0x8765, 0).Ip("::").U8(0x02, 200).U16(0));
        for (int type = 0; type <= 7; type++)
            yield return Wire.Icmp6Frame(143, 0, new Octets().U16(0, 2).U8(type, 0).U16(0).Ip("ff02::1:3").U8(type, 0).U16(1).Ip("ff02::fb").Ip(Wire.Source6));
        yield return Wire.Icmp6Frame(144, 0, new Octets().U16(5, 0));
        yield return Wire.Icmp6Frame(145, 0, new Octets().U16(5, 0).Ip(Wire.Source6));
        yield return Wire.Icmp6Frame(146, 0, new Octets().U16(5, 0));
        yield return Wire.Icmp6Frame(147, 0, new Octets().U16(5, 0xc000).Add(prefix));
        foreach (int type in (int[])[100, 127, 150, 200, 255])
            yield return Wire.Icmp6Frame(type, 3, new Octets().Random(random, 12));
        byte[] wrong = Wire.Icmp6Frame(128, 0, new Octets().U16(77, 1).Fill(8));
        wrong[57] ^= 0x33;
        yield return wrong;
    }

    public static IEnumerable<byte[]> Groups(Random random)
    {
        byte[] alert = [148, 4, 0, 0];
        foreach (int time in (int[])[0, 100, 50])
        {
            yield return Wire.Frame4(2, new Octets().U8(0x11, time).U16(0).Ip("0.0.0.0").Checksum(2), alert);
            yield return Wire.Frame4(2, new Octets().U8(0x11, time).U16(0).Ip("239.1.1.1").Checksum(2), alert);
            yield return Wire.Frame4(2, new Octets().U8(0x11, time + 100).U16(0).Ip("239.1.1.1").U8(0x0a, 125).U16(0).Checksum(2), alert);
            yield return Wire.Frame4(2, new Octets().U8(0x11, time).U16(0).Ip("239.1.1.1").U8(0x0a, 200).U16(2).Ip(Wire.Source).Ip(Wire.Target).Checksum(2), alert);
        }
        yield return Wire.Frame4(2, new Octets().U8(0x12, 0).U16(0).Ip("239.1.1.1").Checksum(2));
        yield return Wire.Frame4(2, new Octets().U8(0x16, 0).U16(0).Ip("239.1.1.1").Checksum(2));
        yield return Wire.Frame4(2, new Octets().U8(0x17, 0).U16(0).Ip("239.1.1.1").Checksum(2));
        yield return Wire.Frame4(2, new Octets().U8(0x16, 0).U16(0).Ip("239.1.1.1").U32(9).Checksum(2));
        for (int type = 0; type <= 7; type++)
            yield return Wire.Frame4(2, new Octets().U8(0x22, 0).U16(0, 0, 2).U8(type, 0).U16(0).Ip("239.1.1.1").U8(type, 0).U16(2).Ip("224.0.0.251").Ip(Wire.Source).Ip(Wire.Target).Checksum(2), alert);
        yield return Wire.Frame4(2, new Octets().U8(0x22, 0).U16(0, 0, 2).Checksum(2), alert);
        yield return Wire.Frame4(2, new Octets().U8(0x1f, 3).U16(0).Ip("239.1.1.1").Ip(Wire.Source).Ip(Wire.Target).Ip("10.9.9.9").U32(0x40001234).Checksum(2));
        yield return Wire.Frame4(2, new Octets().U8(0x1e, 3).U16(0).Ip("239.1.1.1").Ip(Wire.Source).Ip(Wire.Target).Ip("224.9.9.9").U32(0x40001234).Checksum(2));
        yield return Wire.Frame4(2, new Octets().U8(0x1f, 3).U16(0).Ip("239.1.1.1").Checksum(2));
        yield return Wire.Frame4(2, new Octets().U8(0x77, 3).U16(0).Random(random, 8).Checksum(2));
        yield return Wire.Frame4(2, new Octets().U8(0x16, 0).U16(0x1234).Ip("239.1.1.1"));
    }
}
