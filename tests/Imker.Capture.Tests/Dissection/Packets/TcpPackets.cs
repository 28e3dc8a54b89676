namespace Imker.Capture.Tests.Dissection;

internal static class TcpPackets
{
    private const int Fin = 1, Syn = 2, Reset = 4, Push = 8, Acknowledge = 16, Urgent = 32;

    public static IEnumerable<byte[]> Connections(Random random)
    {
        byte[] syn = new Octets().U8(2, 4).U16(1460).U8(4, 2, 8, 10).U32(100, 0).U8(1, 3, 3, 7);
        byte[] stamps = new Octets().U8(1, 1, 8, 10).U32(200, 100);
        byte[] payload = new byte[33];
        random.NextBytes(payload);
        yield return Wire.TcpFrame(41000, 6000, 0xfffffff0, 0, Syn, syn);
        yield return Wire.TcpReply(6000, 41000, 5000, 0xfffffff1, Syn | Acknowledge, syn);
        yield return Wire.TcpFrame(41000, 6000, 0xfffffff1, 5001, Acknowledge, stamps);
        yield return Wire.TcpFrame(41000, 6000, 0xfffffff1, 5001, Acknowledge | Push, stamps, payload);
        yield return Wire.TcpReply(6000, 41000, 5001, 18, Acknowledge, stamps);
        yield return Wire.TcpReply(6000, 41000, 5001, 18, Acknowledge | Push, new Octets().Add(stamps).U8(1, 1, 5, 18).U32(1, 9, 30, 40), payload);
        yield return Wire.TcpFrame(41000, 6000, 18, 5034, Acknowledge | Fin, stamps);
        yield return Wire.TcpReply(6000, 41000, 5034, 19, Reset);
        yield return Wire.TcpReply(6000, 41000, 5034, 19, Reset, payload: "no such port\u0007"u8.ToArray());
        // One that is already under way, seen from the other end first.
        yield return Wire.TcpReply(7000, 42000, 777, 888, Acknowledge | Push, payload: payload);
        yield return Wire.TcpFrame(42000, 7000, 888, 810, Acknowledge);
        yield return Wire.TcpFrame(42000, 7000, 888, 810, Acknowledge | Push, payload: payload);
        // The same ports begin again.
        yield return Wire.TcpFrame(41000, 6000, 90000, 0, Syn, syn);
        yield return Wire.TcpReply(6000, 41000, 1, 90001, Syn | Acknowledge);
        yield return Wire.TcpFrame(41000, 6000, 90001, 2, Acknowledge);
        yield return Wire.TcpFrame(500, 500, 90001, 2, Acknowledge);
        yield return Wire.TcpReply(500, 500, 2, 90002, Acknowledge);
        yield return Wire.Frame6(6, Wire.Tcp(41000, 6000, 1000, 0, Syn, syn, isVersion6: true));
        yield return Wire.Frame6(6, Wire.Tcp(41000, 6000, 1001, 0, Acknowledge, stamps, payload, isVersion6: true));
    }

    public static IEnumerable<byte[]> Flags(Random random)
    {
        for (int flags = 0; flags < 512; flags++)
            yield return Wire.TcpFrame(41000 + flags, 6000, 1000, 2000, flags, urgent: (flags & Urgent) != 0 || flags % 7 == 0 ? 5 : 0, payload: new byte[flags % 3]);
        byte[] wrong = Wire.TcpFrame(41000, 6000, 1000, 2000, Acknowledge);
        wrong[50] ^= 0x55;
        yield return wrong;
        foreach (int offset in (int[])[0, 0x10, 0x40, 0x60, 0xf0])
        {
            byte[] bad = Wire.TcpFrame(41000, 6000, 1000, 2000, Acknowledge);
            bad[46] = (byte)offset;
            yield return bad;
        }
        foreach (int port in (int[])[22, 25, 111, 445, 2049, 3128, 8080, 11211])
            yield return Wire.TcpFrame(41000, port, 1, 1, Acknowledge | Push, payload: new Octets().Random(random, 3));
        foreach (int version in (int[])[0, 4, 6])
            yield return Wire.Frame4(6, new byte[version]);
    }

    public static IEnumerable<byte[]> Options(Random random)
    {
        byte[][] options =
        [
            [2, 4, 5, 0xb4], [3, 3, 14], [4, 2], new Octets().U8(5, 10).U32(1, 2), new Octets().U8(5, 34).U32(1, 2, 3, 4, 5, 6, 7, 8), new Octets().U8(6, 6).U32(9), new Octets().U8(7, 6).U32(9),
            new Octets().U8(8, 10).U32(1, 0xffffffff), [9, 2], [10, 3, 0xc0], new Octets().U8(11, 6).U32(1), new Octets().U8(12, 6).U32(2), new Octets().U8(13, 6).U32(3),
            new Octets().U8(19, 18).Random(random, 16), new Octets().U8(28, 4).U16(0x8005), new Octets().U8(28, 4).U16(0x0064), new Octets().U8(29, 16, 1, 2).Random(random, 12),
            [34, 2], new Octets().U8(34, 10).U64(0x1122334455667788), new Octets().U8(254, 12).U16(0xf989).U64(1), new Octets().U8(254, 6).U16(0x1234).U16(3), new Octets().U8(253, 4).U16(0x1234), [0], [1, 1, 0, 7],
            [77, 5, 1, 2, 3], [2, 3, 1], [3, 4, 1, 2], [8, 4, 0, 0], [5, 9, 1, 2, 3, 4, 5, 6, 7], [5, 2], [2, 0], [2, 1], [77, 40, 1, 2], [77], [14, 3, 1], [15, 3, 1], [28, 3, 1], [29, 3, 1], [19, 3, 1], [34, 3, 1], [254, 3, 1],
        ];
        foreach (byte[] option in options)
        {
            yield return Wire.TcpFrame(41000, 6000, 1000, 2000, Acknowledge, option);
            yield return Wire.TcpFrame(41000, 6000, 1000, 2000, Syn, new Octets().Add(1).Add(option), new byte[2]);
        }
        byte[][] multipath =
        [
            new Octets().U8(0x00, 0x81).U64(77), new Octets().U8(0x01, 0x01).U64(77).U64(88), new Octets().U8(0x01, 0x01).U64(77).U64(88).U16(100), new Octets().U8(0x01, 0x01).U64(77).U64(88).U16(100, 200), new Octets().U8(0x01, 0xc1),
            new Octets().U8(0x10, 3).U32(1, 2), new Octets().U8(0x11, 3).U64(5).U32(2), new Octets().U8(0x10, 3).Random(random, 20), new Octets().U8(0x20, 0x00),
            new Octets().U8(0x20, 0x01).U32(7), new Octets().U8(0x20, 0x03).U64(7), new Octets().U8(0x20, 0x05).U32(7, 8).U32(9).U16(10).U16(11), new Octets().U8(0x20, 0x0d).U32(8).U64(7).U32(9).U16(10),
            new Octets().U8(0x20, 0x1f).U64(7).U64(8).U32(9).U16(10, 11), new Octets().U8(0x20, 0x15).U32(7).U32(8).U32(9).U16(10),
            new Octets().U8(0x34, 5).Ip(Wire.Source), new Octets().U8(0x34, 5).Ip(Wire.Source).U16(80), new Octets().U8(0x36, 5).Ip(Wire.Source6), new Octets().U8(0x36, 5).Ip(Wire.Source6).U16(80),
            new Octets().U8(0x30, 5).Ip(Wire.Source).U64(99), new Octets().U8(0x31, 5).Ip(Wire.Source), new Octets().U8(0x30, 5).Ip(Wire.Source).U16(80).U64(99),
            new Octets().U8(0x40, 1), new Octets().U8(0x40, 1, 2, 3), new Octets().U8(0x50), new Octets().U8(0x51, 4), new Octets().U8(0x60, 0).U64(5), new Octets().U8(0x70, 0).U64(5), new Octets().U8(0x80, 1), new Octets().U8(0x81, 1), new Octets().U8(0xf0, 1),
        ];
        foreach (byte[] option in multipath)
        {
            byte[] whole = new Octets().U8(30, option.Length + 2).Add(option);
            yield return Wire.TcpFrame(41000, 6000, 1000, 2000, Acknowledge, whole);
            yield return Wire.TcpFrame(41000, 6000, 1000, 2000, Syn, whole);
            yield return Wire.TcpFrame(41000, 6000, 1000, 2000, Syn | Acknowledge, whole);
        }
    }
}
