namespace Imker.Capture.Tests.Dissection;

internal static class DhcpPackets
{
    public static IEnumerable<byte[]> Version4(Random random)
    {
        for (int type = 1; type <= 18; type++)
            yield return Frame(Message(1, 0x8000).Add(Option(53, type)).Add(Option(55, 1, 3, 6, 15, 28, 42, 51, 121, 119, 252)).Add(Option(61, 1, 2, 0, 0, 0, 0, 1)).U8(255));
        yield return Frame(Message(1, 0).U8(255));
        yield return Frame(new Octets().Add(Message(2, 0).ToArray().AsSpan(..236)).U32(0x01020304).Fill(60));
        yield return Frame(Message(3, 0, 7, 6).Add(Option(53, 1)).U8(255));
        yield return Frame(Message(2, 0x1234, 1, 9).Add(Option(53, 2)).U8(255).Fill(20));
        Octets offer = Message(2, 0, addresses: true).Add(Option(53, 2)).Add(Option(54, [10, 0, 0, 1])).Add(Option(51, [0, 0, 0x0e, 0x10])).Add(Option(58, [0, 0, 7, 8])).Add(Option(59, [0, 0, 0x0c, 0x4e]))
            .Add(Option(1, [255, 255, 255, 0])).Add(Option(3, [10, 0, 0, 1, 10, 0, 0, 2])).Add(Option(6, [8, 8, 8, 8, 1, 1, 1, 1])).Add(Option(15, "example.org"u8)).Add(Option(12, "host\u0001"u8)).U8(255);
        yield return Frame(offer.Fill(8));
        for (int code = 1; code < 255; code++)
        {
            foreach (int length in (int[])[1, 2, 4, 8])
                yield return Frame(Message(1, 0).Add(Option(53, 3)).Add(Option(code, [.. new Octets().Random(random, length).ToArray().Select(b => (byte)(b % 120))])).U8(255));
        }
        byte[][] special =
        [
            Option(81, new Octets().U8(1, 0, 0).Text("host.example")), Option(81, new Octets().U8(4, 0, 0).Add(DnsPackets.Name("host.example"))), Option(82, new Octets().U8(1).Counted("circuit").U8(2).Counted("remote").U8(5, 4).Ip(Wire.Source).U8(99, 1, 7)),
            Option(121, [24, 10, 1, 2, 10, 0, 0, 1, 0, 10, 0, 0, 2]), Option(249, [32, 1, 2, 3, 4, 5, 6, 7, 8]), Option(121, [33, 1, 2, 3, 4, 5, 6, 7, 8]), Option(119, DnsPackets.Name("example.org")), Option(61, new Octets().U8(0).Text("text id")), Option(61, new Octets().U8(255).U32(7).U16(1, 1).U32(9).Add(Wire.Here)),
            Option(52, 3), Option(63, [1, 2, 3, 4]), Option(77, new Octets().Counted("user").Counted("class")), Option(43, [1, 2, 3]), Option(60, "MSFT 5.0"u8), Option(90, [1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1]), Option(94, [1, 2, 1]), Option(97, new Octets().Random(random, 17)), Option(93, [0, 7]), Option(116, 1), Option(46, 8), Option(20, 1), Option(150, [10, 0, 0, 5]), Option(125, [0, 0, 0, 9, 2, 1, 2]), Option(124, [0, 0, 0, 9, 2, 1, 2]), Option(120, new Octets().U8(1).Ip(Wire.Source)), Option(33, new Octets().Ip(Wire.Source).Ip(Wire.Target)), Option(57, [5, 0xdc]), Option(50, [10, 0, 0, 9]), Option(77, "plain"u8), Option(212, new Octets().Random(random, 22)),
            Option(108, [0, 0, 7, 8]), Option(114, "https://x/"u8), Option(138, [1, 2, 3, 4]),
        ];
        foreach (byte[] option in special)
            yield return Frame(Message(2, 0).Add(Option(53, 5)).Add(option).U8(255));
        yield return Frame(new Octets().Add(Message(2, 0).ToArray().AsSpan(..44)).Text("server\u0007name").Fill(53).Text("boot/file").Fill(119).U32(0x63825363).Add(Option(53, 5)).U8(255));
        yield return Frame(Message(1, 0).U8(53));
        yield return Frame(Message(1, 0).U8(53, 9, 1));
        yield return Frame(Message(1, 0).U8(0, 0, 53, 1, 1, 0, 0, 255));
        yield return Frame(new byte[100]);
    }

    public static IEnumerable<byte[]> Version6(Random random)
    {
        byte[] client = Option6(1, new Octets().U16(1, 1).U32(500).Add(Wire.Here));
        byte[] lease = Option6(3, new Octets().U32(7, 3600, 5400).Add(Option6(5, new Octets().Ip(Wire.Source6).U32(7200, 7500).Add(Option6(13, new Octets().U16(0).Text("ok"))))));
        for (int type = 1; type <= 11; type++)
            yield return Frame6(new Octets().U8(type).U24(0x123456).Add(client).Add(Option6(6, new Octets().U16(23, 24))).Add(Option6(8, new Octets().U16(100))).Add(lease));
        yield return Frame6(new Octets().U8(14, 1).U16(5));
        byte[][] options =
        [
            Option6(1, new Octets().U16(2).U32(9).Text("vendor")), Option6(2, new Octets().U16(3, 1).Add(Wire.Here)), Option6(2, new Octets().U16(4).Random(random, 16)), Option6(1, new Octets().U16(9).Random(random, 6)), Option6(4, new Octets().U32(7).Add(Option6(5, new Octets().Ip(Wire.Source6).U32(7200, 7500)))),
            Option6(7, [255]), Option6(11, new Octets().U8(2, 1, 0).U64(5).Random(random, 16)), Option6(11, new Octets().U8(3, 1, 0).U64(5).U8(1).Random(random, 16)), Option6(12, new Octets().Ip(Wire.Source6)), Option6(13, new Octets().U16(2).Text("no\u0001pe")), Option6(14, []), Option6(15, new Octets().U16(4).Text("user")), Option6(16, new Octets().U32(9).U16(4).Text("vend")), Option6(17, new Octets().U32(9).U16(1, 2, 7)),
            Option6(18, "eth0"u8), Option6(19, [5]), Option6(19, [11]), Option6(20, []), Option6(21, DnsPackets.Name("sip.example")), Option6(22, new Octets().Ip(Wire.Source6)), Option6(23, new Octets().Ip(Wire.Source6).Ip(Wire.Target6)), Option6(24, new Octets().Add(DnsPackets.Name("a.example")).Add(DnsPackets.Name("b.example"))),
            Option6(25, new Octets().U32(7, 3600, 5400).Add(Option6(26, new Octets().U32(3600, 7200).U8(56).Ip("2001:db8:1::")))), Option6(27, new Octets().Ip(Wire.Source6)), Option6(29, DnsPackets.Name("nis.example")), Option6(31, new Octets().Ip(Wire.Source6)), Option6(32, new Octets().U32(86400)), Option6(37, new Octets().U32(9).Text("remote")), Option6(38, "sub"u8), Option6(39, new Octets().U8(1).Add(DnsPackets.Name("h.example"))), Option6(44, new Octets().U8(1).Ip("::").Add(client)), Option6(45, client), Option6(46, new Octets().U32(600)), Option6(47, new Octets().Ip(Wire.Source6).Random(random, 8)), Option6(48, new Octets().Ip(Wire.Source6)), Option6(56, new Octets().U16(1, 16).Ip(Wire.Source6)), Option6(56, new Octets().U16(3, 9).Add(DnsPackets.Name("ntp.abc")).U16(9, 1).U8(0)), Option6(59, "tftp://x"u8), Option6(60, "param"u8), Option6(64, DnsPackets.Name("aftr.example")), Option6(65, DnsPackets.Name("e.example")), Option6(79, new Octets().U16(1).Add(Wire.Here)), Option6(82, new Octets().U32(300)), Option6(83, new Octets().U32(300)), Option6(999, [1, 2, 3]), Option6(1, [0]), Option6(8, [1]), Option6(3, [1, 2]), Option6(5, [1]),
        ];
        foreach (byte[] option in options)
            yield return Frame6(new Octets().U8(7).U24(0x123456).Add(option).Add(client));
        byte[] inner = new Octets().U8(1).U24(0x123456).Add(client);
        yield return Frame6(new Octets().U8(12, 1).Ip(Wire.Source6).Ip(Wire.Target6).Add(Option6(18, "eth0"u8)).Add(Option6(9, inner)));
        yield return Frame6(new Octets().U8(13, 1).Ip(Wire.Source6).Ip(Wire.Target6).Add(Option6(9, new Octets().U8(13, 0).Ip(Wire.Source6).Ip(Wire.Target6).Add(Option6(9, inner)))));
        yield return Frame6(new Octets().U8(7).U24(0x123456));
        yield return Frame6([1, 2]);
        yield return Frame6(new Octets().U8(7).U24(0x123456).U16(1, 40).U8(1));
    }

    private static byte[] Frame(Octets message) => Wire.UdpFrame(68, 67, message);

    private static byte[] Frame(byte[] message) => Wire.UdpFrame(67, 68, message);

    private static byte[] Frame6(byte[] message) => Wire.UdpFrame6(546, 547, message);

    private static Octets Message(int operation, int flags, int hardware = 1, int length = 6, bool addresses = false)
    {
        Octets message = new Octets().U8(operation, hardware, length, addresses ? 3 : 0).U32(0xdeadbeef).U16(addresses ? 9 : 0, flags);
        foreach (string address in (string[])["10.0.0.4", "10.0.0.5", "10.0.0.6", "10.0.0.7"])
            message.Ip(addresses ? address : "0.0.0.0");
        return message.Add(Wire.Here).Fill(202).U32(0x63825363);
    }

    private static byte[] Option(int code, params ReadOnlySpan<byte> value) => new Octets().U8(code, value.Length).Add(value);

    private static byte[] Option(int code, int value) => Option(code, (byte)value);

    private static byte[] Option6(int code, params ReadOnlySpan<byte> value) => new Octets().U16(code, value.Length).Add(value);
}
