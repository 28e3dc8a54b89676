namespace Imker.Capture.Tests.Dissection;

internal static class LldpPackets
{
    public static IEnumerable<byte[]> All(Random random)
    {
        for (int subtype = 0; subtype <= 8; subtype++)
        {
            byte[] id = subtype switch
            {
                4 when true => Wire.Here,
                5 => new Octets().U8(1).Ip(Wire.Source),
                3 => Wire.There,
                _ => new Octets().Text("eth0/1"),
            };
            byte[] port = subtype switch { 3 => Wire.There, 4 => new Octets().U8(2).Ip(Wire.Source6), 5 => new Octets().Text("Gi0"), _ => id };
            yield return Frame(Chassis(subtype, id).Add(Tlv(2, new Octets().U8(subtype).Add(port))).Add(Tlv(3, [0, 120])));
        }
        Octets basics = new Octets().Add(Tlv(4, "uplink"u8.ToArray())).Add(Tlv(5, "switch-7"u8.ToArray())).Add(Tlv(6, "Imker OS\n1.0"u8.ToArray()))
            .Add(Tlv(7, [0, 0x14, 0, 4]))
            .Add(Tlv(8, new Octets().U8(5, 1).Ip(Wire.Source).U8(2).U32(3).U8(0)))
            .Add(Tlv(8, new Octets().U8(17, 2).Ip(Wire.Source6).U8(3).U32(9).U8(3, 1, 3, 6)))
            .Add(Tlv(8, new Octets().U8(7, 6).Add(Wire.Here).U8(1).U32(9).U8(0)));
        yield return Frame(Usual().Add(basics));
        yield return Frame(Usual().Add(Tlv(9, [1, 2, 3])).Add(Tlv(126, [5])));
        yield return Frame(Usual()
            .Add(Private(0x0080c2, 1, [0, 7])).Add(Private(0x0080c2, 2, [6, 0, 9])).Add(Private(0x0080c2, 3, new Octets().U16(100).Counted("vlan-100")))
            .Add(Private(0x0080c2, 4, new Octets().Counted("\u0001\u0002"))).Add(Private(0x0080c2, 8, new Octets().Random(random, 5)))
            .Add(Private(0x0080c2, 9, new Octets().Random(random, 21))).Add(Private(0x0080c2, 10, new Octets().Random(random, 21)))
            .Add(Private(0x0080c2, 11, [0x41, 0x0f])).Add(Private(0x0080c2, 12, new Octets().U8(0).U24(0x600123).U24(0xb04567)))
            .Add(Private(0x0080c2, 13, new Octets().Random(random, 25))).Add(Private(0x0080c2, 14, new Octets().Random(random, 9)))
            .Add(Private(0x0080c2, 99, [1, 2, 3])));
        yield return Frame(Usual()
            .Add(Private(0x00120f, 1, new Octets().U8(3).U16(0x6c11, 30))).Add(Private(0x00120f, 2, [7, 1, 0x13])).Add(Private(0x00120f, 3, new Octets().U8(3).U32(17)))
            .Add(Private(0x00120f, 4, new Octets().U16(9216))).Add(Private(0x00120f, 9, [1, 2])));
        yield return Frame(Usual().Add(Private(0x000142, 1, [1, 2])).Add(Private(0x00005e, 1, [1, 2])).Add(Private(0x123456, 7, [1, 2, 3])));
        Octets media = Usual().Add(Private(0x0012bb, 1, [0, 0x33, 1]))
            .Add(Private(0x0012bb, 2, new Octets().U8(1).U24(0x80c9ae))).Add(Private(0x0012bb, 2, new Octets().U8(6).U24(0x40c9ae)))
            .Add(Private(0x0012bb, 4, [0x13, 0, 100])).Add(Private(0x0012bb, 4, [0x66, 1, 0]));
        foreach (int subtype in (int[])[5, 6, 7, 8, 9, 10, 11, 77])
            media.Add(Private(0x0012bb, subtype, "inventory"u8.ToArray()));
        yield return Frame(media);
        yield return Frame(Usual()
            .Add(Private(0x0012bb, 3, new Octets().U8(1).Random(random, 15).U8(1)))
            .Add(Private(0x0012bb, 3, new Octets().U8(2, 14, 1).Text("DE").U8(1, 3).Text("foo").U8(6, 3).Text("bar")))
            .Add(Private(0x0012bb, 3, new Octets().U8(3).Text("0123456789")))
            .Add(Private(0x0012bb, 3, new Octets().U8(9).Text("0123456789"))));
        yield return Frame(Usual().Add(Private(0x0080c2, 0x09, new byte[3])));
    }

    private static byte[] Frame(Octets tlvs) => Wire.Ethernet([0x01, 0x80, 0xc2, 0, 0, 0x0e], 0x88cc, tlvs.Add(0, 0));

    private static Octets Usual() => Chassis(4, Wire.Here).Add(Tlv(2, new Octets().U8(5).Text("eth0"))).Add(Tlv(3, [0, 120]));

    private static Octets Chassis(int subtype, byte[] id) => new Octets().Add(Tlv(1, new Octets().U8(subtype).Add(id)));

    private static byte[] Tlv(int type, byte[] value) => new Octets().U16(type << 9 | value.Length).Add(value);

    private static byte[] Private(int oui, int subtype, byte[] value) => Tlv(127, new Octets().U24(oui).U8(subtype).Add(value));
}
