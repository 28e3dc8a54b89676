namespace Imker.Capture.Tests.Dissection;

internal static class PppPackets
{
    public static byte[] LinkOptions { get; } = new Octets().U8(1, 4).U16(1492).U8(2, 6).U32(0x000a0000).U8(3, 4).U16(0xc023).U8(3, 5).U16(0xc223).U8(5)
        .U8(4, 8).U16(0xc025).U32(100).U8(5, 6).U32(0x12345678).U8(7, 2, 8, 2).U8(13, 3, 6).U8(17, 4).U16(1500).U8(18, 2).U8(19, 9, 3).Add(Wire.Here)
        .U8(0, 6).U24(0x00000c).U8(1).U8(99, 3, 1);

    public static IEnumerable<byte[]> All(Random random)
    {
        byte[] datagram = Wire.Ip4(17, Wire.Udp(40000, 40001, new byte[20]));
        yield return new Octets().U8(0xff, 3).U16(0x0021).Add(datagram);
        yield return new Octets().U16(0x0021).Add(datagram);
        yield return new Octets().U8(0x21).Add(datagram);
        yield return new Octets().U8(0xff, 3, 0x21).Add(datagram);
        yield return new Octets().U8(0xff, 3).U16(0x0057).Add(Wire.Ip6(17, Wire.Udp6(1, 2, new byte[4])));
        foreach (int protocol in (int[])[0x002d, 0x00fd, 0x0281, 0x1234, 0x8031, 0x00fb])
            yield return new Octets().U8(0xff, 3).U16(protocol).Random(random, 16);
        for (int code = 1; code <= 4; code++)
        {
            yield return new Octets().U8(0xff, 3).U16(0xc021).Add(Control(code, code, LinkOptions));
            yield return new Octets().U8(0xff, 3).U16(0x8021).Add(Control(code, code, new Octets()
                .U8(3, 6).Ip(Wire.Source).U8(129, 6).Ip("8.8.8.8").U8(131, 6).Ip("9.9.9.9").U8(2, 6).U16(0x002d).U8(15, 1).U8(1, 10).Ip(Wire.Source).Ip(Wire.Target).U8(77, 4, 1, 2)));
            yield return new Octets().U8(0xff, 3).U16(0x8057).Add(Control(code, code, new Octets().U8(1, 10).U64(0x0211223344556677)));
            yield return new Octets().U8(0xff, 3).U16(0x80fd).Add(Control(code, code, new Octets().U8(18, 6).U32(0x01000060).U8(26, 4).U16(0x7801).U8(21, 3, 0x2f).U8(17, 4, 1, 2)));
            yield return new Octets().U8(0xff, 3).U16(0xc223).Add(Control(code, code, new Octets().U8(4).U32(0xcafebabe).Text("peer")));
        }
        for (int code = 5; code <= 15; code++)
            yield return new Octets().U8(0xff, 3).U16(0xc021).Add(Control(code, code, new Octets().U32(0x12345678).Text("bye")));
        yield return new Octets().U8(0xff, 3).U16(0xc023).Add(Control(1, 1, new Octets().Counted("user").Counted("pass\u001bword")));
        yield return new Octets().U8(0xff, 3).U16(0xc023).Add(Control(2, 1, new Octets().Counted("welcome")));
        yield return new Octets().U8(0xff, 3).U16(0xc023).Add(Control(3, 1, new Octets().Counted("go away")));
        yield return new Octets().U8(0xff, 3).U16(0xc223).Add(Control(3, 1, new Octets().Text("Authentication succeeded")));
        yield return new Octets().U8(0xff, 3).U16(0x0281).U32(0x00010140).Add(datagram);
    }

    public static byte[] Control(int code, int id, byte[] data) => new Octets().U8(code, id).U16(4 + data.Length).Add(data);
}
