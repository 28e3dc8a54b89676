namespace Imker.Capture.Tests.Dissection;

/// <summary>Ethernet in its kinds, tags, labels, sessions, spanning trees.</summary>
internal static class LinkPackets
{
    private static readonly byte[] Datagram = Wire.Ip4(17, Wire.Udp(40000, 40001, new byte[20]));

    private static readonly byte[] Bridges = [0x01, 0x80, 0xc2, 0, 0, 0];

    public static IEnumerable<byte[]> Ethernet(Random random)
    {
        yield return Wire.Ethernet(0x0800, Datagram);
        yield return Wire.Ethernet(Wire.Everybody, 0x0800, Datagram);
        foreach (int type in (int[])[0x8037, 0x88b5, 0x6558, 0x0600, 0xffff, 0x88cc, 0x8863, 0x0806])
            yield return Wire.Ethernet(type, new Octets().Random(random, 46));
        yield return Wire.Ethernet(0x8100, new Octets().U16(0x0064, 0x0800).Add(Datagram));
        yield return Wire.Ethernet(0x8100, new Octets().U16(0xe064, 0x0800).Add(Datagram));
        yield return Wire.Ethernet(0x8100, new Octets().U16(0x1fff, 0x86dd).Add(Wire.Ip6(59, [])));
        yield return Wire.Ethernet(0x88a8, new Octets().U16(0x2005, 0x8100, 0x0006, 0x0800).Add(Datagram));
        yield return Wire.Ethernet(0x9100, new Octets().U16(0x2005, 0x8100, 0x0006, 0x0806).Add(ArpPackets.Request));
        yield return Wire.Ethernet(0x9200, new Octets().U16(0x0001, 0x0800).Add(Datagram));
        yield return Wire.Ethernet(0x8100, new Octets().U16(0x0001, 38).U8(0x42, 0x42, 3).Fill(35));
        yield return Wire.Ethernet(0x8100, new Octets().U16(0x0001, 0x1234).Random(random, 30));
    }

    public static IEnumerable<byte[]> Llc(Random random)
    {
        yield return Wire.Llc(Bridges, new Octets().U8(0xaa, 0xaa, 3).U24(0).U16(0x0800).Add(Datagram));
        yield return Wire.Llc(Bridges, new Octets().U8(0xaa, 0xaa, 3).U24(0x00000c).U16(0x2002).Random(random, 20));
        yield return Wire.Llc(Bridges, new Octets().U8(0xaa, 0xaa, 3).U24(0x0080c2).U16(0x0007).Random(random, 20));
        yield return Wire.Llc(Bridges, new Octets().U8(0xaa, 0xaa, 3).U24(0x0080c2).U16(0x0001, 0).Add(Wire.Ethernet(0x0800, Datagram)));
        yield return Wire.Llc(Bridges, new Octets().U8(0xaa, 0xaa, 3).U24(0x080007).U16(0x809c).Random(random, 20));
        yield return Wire.Llc(Bridges, new Octets().U8(0xaa, 0xaa, 3).U24(0x123456).U16(0x789a).Random(random, 20));
        yield return Wire.Llc(Bridges, new Octets().U8(0xaa, 0xab, 3).U24(0x123456).U16(0x789a).Random(random, 20));
        yield return Wire.Llc(Bridges, new Octets().U8(6, 6, 3).Add(Datagram));
        foreach (int sap in (int[])[0x00, 0x02, 0x04, 0x0e, 0x80, 0xf0, 0xf4, 0xe4, 0x10])
        {
            foreach (int control in (int[])[0x03, 0x13, 0x7f, 0x6f, 0x43, 0x53, 0x63, 0x73, 0x0f, 0x87, 0xaf, 0xbf, 0xe3, 0xf3])
                yield return Wire.Llc(Wire.There, new Octets().U8(sap, sap | 1, control).Random(random, 12));
            foreach (int control in (int[])[0x0000, 0x0203, 0x0101, 0x0503, 0x0900, 0x0d0f])
                yield return Wire.Llc(Wire.There, new Octets().U8(sap, sap).U16(control).Random(random, 12));
        }
        yield return Wire.Llc(Wire.There, [0xaf, 0xaf, 0xaf, 1, 2, 3]);
        yield return Wire.Llc(Wire.There, new Octets().U8(0xaf, 0xbf, 0xaf, 0x81, 0x01, 0x00));
    }

    public static IEnumerable<byte[]> SpanningTree(Random random)
    {
        foreach (int flags in (int[])[0, 1, 0x80, 0x81, 0x3c, 0x7e, 0x4e, 0x0a, 0x06, 0xff])
        {
            yield return Wire.Llc(Bridges, new Octets().U8(0x42, 0x42, 3).Add(Bridge(0, 0, flags)));
            yield return Wire.Llc(Bridges, new Octets().U8(0x42, 0x42, 3).Add(Bridge(2, 2, flags)).U8(0));
            yield return Wire.Llc(Bridges, new Octets().U8(0x42, 0x42, 3).Add(Multiple(3, flags, 0)));
            yield return Wire.Llc(Bridges, new Octets().U8(0x42, 0x42, 3).Add(Multiple(3, flags, 2)));
            yield return Wire.Llc(Bridges, new Octets().U8(0x42, 0x42, 3).Add(Multiple(4, flags, 1)).U16(85).U8(1, 0).Text("agreement").Fill(74, 7));
        }
        yield return Wire.Llc(Bridges, new Octets().U8(0x42, 0x42, 3).U16(0).U8(0, 0x80));
        yield return Wire.Llc(Bridges, new Octets().U8(0x42, 0x42, 3).U16(0).U8(2, 0x80));
        yield return Wire.Llc(Bridges, new Octets().U8(0x42, 0x42, 3).U16(0).U8(9, 0x80));
        yield return Wire.Llc(Bridges, new Octets().U8(0x42, 0x42, 3).U16(1).U8(9, 0x80));
        yield return Wire.Llc(Bridges, new Octets().U8(0x42, 0x42, 3).U16(0).U8(2, 0x44).Random(random, 30));
        yield return Wire.Llc(Bridges, new Octets().U8(0x42, 0x42, 3).U16(0).U8(3, 2).Random(random, 30));
        yield return Wire.Llc(Bridges, new Octets().U8(0x42, 0x42, 3).U16(0).U8(0, 0).Random(random, 10));
    }

    public static IEnumerable<byte[]> Labels(Random random)
    {
        yield return Wire.Ethernet(0x8847, new Octets().U32(0x00010140).Add(Datagram));
        yield return Wire.Ethernet(0x8847, new Octets().U32(0x00010040, 0x000123ff).Add(Datagram));
        yield return Wire.Ethernet(0x8848, new Octets().U32(0x0fffe740).Add(Wire.Ip6(17, Wire.Udp6(1, 2, new byte[4]))));
        foreach (int label in (int[])[0, 1, 2, 3, 7, 13, 14])
            yield return Wire.Ethernet(0x8847, new Octets().U32(label << 12 | 0x140).Add(Datagram));
        yield return Wire.Ethernet(0x8847, new Octets().U32(0x00010140).Add(0x00).Random(random, 20));
        yield return Wire.Ethernet(0x8847, new Octets().U32(0x00010140).Add(0x84, 0x1b, 1, 0).Random(random, 20));
        yield return Wire.Ethernet(0x8847, new Octets().U32(0x00010140).Add(0x10).Random(random, 20));
        yield return Wire.Ethernet(0x8847, new Octets().U32(0x00010040));
    }

    public static IEnumerable<byte[]> Sessions(Random random)
    {
        foreach (int code in (int[])[0x09, 0x07, 0x19, 0x65, 0xa7, 0x33])
        {
            Octets tags = new Octets().U16(0x0101, 3).Text("isp").U16(0x0103, 4).U32(0xdeadbeef).U16(0x0102, 5).Text("ac\u0001-1").U16(0x0104, 2).Add(9, 8)
                .U16(0x0203, 3).Text("bad").U16(0x7777, 0).U16(0x0101, 0).U16(0, 0);
            yield return Wire.Ethernet(0x8863, new Octets().U8(0x11, code).U16(0, tags.Count).Add(tags));
        }
        yield return Session(0x0021, Datagram);
        yield return Session(0x0057, Wire.Ip6(17, Wire.Udp6(1, 2, new byte[4])));
        yield return Session(0xc021, PppPackets.Control(1, 7, PppPackets.LinkOptions));
        yield return Wire.Ethernet(0x8864, new Octets().U8(0x21, 0).U16(7, 20).Add(Datagram));
        yield return Session(0x1234, new Octets().Random(random, 12));
    }

    private static byte[] Session(int protocol, byte[] payload) =>
        Wire.Ethernet(0x8864, new Octets().U8(0x11, 0).U16(7, payload.Length + 2, protocol).Add(payload));

    private static Octets Bridge(int version, int type, int flags) => new Octets().U16(0).U8(version, type, flags)
        .U16(0x8000).Add(Wire.Here).U32(200004).U16(0x8001).Add(Wire.There).U16(0x8002, 0x0180, 0x1400, 0x0200, 0x0f00);

    private static Octets Multiple(int version, int flags, int instances)
    {
        Octets bpdu = Bridge(version, 2, flags).U8(0).U16(64 + 16 * instances).U8(0).Text("region-one").Fill(22).U16(3)
            .Add(Enumerable.Range(1, 16).Select(i => (byte)(i * 3)).ToArray()).U32(2000).U16(0x8000).Add(Wire.Here).U8(19);
        for (int i = 1; i <= instances; i++)
            bpdu.U8(flags ^ 0x10).U16(0x8000 + i).Add(Wire.There).U32(1000 * i).U8(0x80, 0x70, 18);
        return bpdu;
    }
}
