namespace Imker.Capture.Tests.Dissection;

internal static class DnsPackets
{
    private const int Response = 0x8180;

    public static IEnumerable<byte[]> All(Random random)
    {
        foreach (int flags in (int[])[0x0100, 0x0000, 0x0110, 0x0120, 0x0140, 0x0200, 0x0130, 0x0800, 0x1000, 0x1100, 0x2000, 0x2800, 0x7800, 0x0900])
        {
            yield return Query(flags, "www.example.org", 1);
            yield return Query(flags | 0x8000, "www.example.org", 1);
        }
        for (int code = 0; code < 16; code++)
            yield return Wire.UdpFrame(53, 40000, Message(Response | code, 1, 0, 0, 0, Question("a.example", 28)));
        foreach (int flags in (int[])[0x8000, 0x8080, 0x8400, 0x8580, 0x8200, 0x8780, 0x81a0, 0x8190, 0x85b0, 0x8440])
            yield return Wire.UdpFrame(53, 40000, Message(flags, 1, 1, 0, 0, Question("a.example", 1).Add(Record(1, new Octets().Ip(Wire.Target)))));
        foreach (int type in (int[])[1, 2, 5, 6, 12, 15, 16, 28, 33, 35, 39, 41, 43, 46, 47, 48, 50, 52, 65, 99, 250, 251, 252, 253, 254, 255, 256, 257, 700, 32768, 65535])
            yield return Query(0x0100, "x.example.org", type);
        foreach (int type in (int[])[2, 3, 4, 254, 255, 0x8001, 77])
            yield return Wire.UdpFrame(40000, 53, Message(0x0100, 1, 0, 0, 0, new Octets().Add(Name("a.b")).U16(1, type)));
        yield return Query(0x0100, "", 2);
        yield return Query(0x0100, "we\u001bird\u0007\u00e4.ex ample", 2);
        yield return Query(0x0100, string.Join('.', Enumerable.Repeat(new string('l', 60), 4)), 2);
        foreach ((int type, byte[] data) in Data(random))
        {
            yield return Wire.UdpFrame(53, 40000, Message(Response, 1, 1, 0, 0, Question("a.example", type).Add(Record(type, data))));
            yield return Wire.UdpFrame(5353, 5353, Message(0x8400, 0, 1, 0, 1, new Octets().Add(Name("host.local")).U16(type, 0x8001).U32(120).U16(data.Length).Add(data).Add(Record(type, data))));
        }
        Octets three = Question("a.example", 1).Add(Record(5, Name("b.example"))).Add(Record(1, new Octets().Ip(Wire.Target))).Add(Record(1, new Octets().Ip(Wire.Source)));
        yield return Wire.UdpFrame(53, 40000, Message(Response, 1, 3, 1, 2, three.Add(Record(2, Name("ns.example"))).Add(Record(28, new Octets().Ip(Wire.Source6))).Add(Edns(0x8000, []))));
        yield return Wire.UdpFrame(40000, 53, Message(0x0100, 1, 0, 0, 1, Question("a.example", 1).Add(Edns(0x8000, [10, 0, 8, 1, 2, 3, 4, 5, 6, 7]))));
        foreach (byte[] option in (byte[][])[new Octets().U16(10, 8).Random(random, 8), new Octets().U16(8, 7, 1).U8(24, 0, 1, 2, 3), new Octets().U16(3, 4).Text("nsid"), new Octets().U16(11, 2, 300), new Octets().U16(11, 0), new Octets().U16(12, 5).Fill(5), new Octets().U16(9, 4).U32(86400), new Octets().U16(9, 0), new Octets().U16(15, 4, 18).Text("no"), new Octets().U16(15, 2, 99), new Octets().U16(14, 4, 20326, 38696), new Octets().U16(5, 3).U8(5, 8, 13), new Octets().U16(6, 2).U8(1, 2), new Octets().U16(7, 1).U8(1), new Octets().U16(1, 18).Random(random, 18), new Octets().U16(13, 0), new Octets().U16(13, 6).Add(Name("a.ex")), new Octets().U16(16, 2, 3), new Octets().U16(999, 3).U8(1, 2, 3), new Octets().U16(8, 11, 2).U8(56, 0).Random(random, 7)])
        {
            yield return Wire.UdpFrame(40000, 53, Message(0x0100, 1, 0, 0, 1, Question("a.example", 1).Add(Edns(0, option))));
            yield return Wire.UdpFrame(53, 40000, Message(Response, 1, 0, 0, 1, Question("a.example", 1).Add(Edns(0x8000, option))));
        }
        yield return Wire.UdpFrame(40000, 53, Message(0x2800, 1, 1, 2, 0, Question("example", 6).Add(new Octets().Add(Name("p.example")).U16(255, 255).U32(0).U16(0)).Add(Record(1, new Octets().Ip(Wire.Target))).Add(Record(16, new Octets().Counted("x")))));
        yield return Wire.UdpFrame(40000, 53, Message(0x0100, 2, 0, 0, 0, Question("a.example", 1).Add(Question("b.example", 28))));
        yield return Wire.UdpFrame(40000, 53, Message(0x0100, 0, 0, 0, 0, new Octets()));
        yield return Wire.UdpFrame(40000, 5355, Message(0, 1, 0, 0, 0, Question("llmnr", 28)));
        yield return Wire.UdpFrame(5353, 5353, Message(0, 2, 1, 0, 0, new Octets().Add(Name("_ipp._tcp.local")).U16(12, 0x8001).Add(Question("_http._tcp.local", 12)).Add(Record(12, Name("p.local")))));
        yield return Wire.UdpFrame(5353, 5353, Message(0, 1, 2, 0, 0, Question("_http._tcp.local", 12).Add(Record(12, Name("p.local"))).Add(Record(12, Name("q.local")))));
        byte[] message = Message(0x0100, 1, 0, 0, 0, Question("tcp.example", 1));
        yield return Wire.TcpFrame(40000, 53, 1, 1, 24, payload: new Octets().U16(message.Length).Add(message));
        yield return Wire.TcpFrame(40000, 53, 1, 1, 24, payload: new Octets().U16(message.Length + 9).Add(message));
        yield return Wire.TcpFrame(40000, 53, 1, 1, 24, payload: new Octets().U16(message.Length).Add(message).U16(message.Length).Add(message));
        yield return Wire.UdpFrame(40000, 53, new byte[5]);
        // A name that points at itself, one that points ahead, one with a bad label.
        yield return Wire.UdpFrame(40000, 53, Message(0x0100, 1, 0, 0, 0, new Octets().U16(0xc00c, 1, 1)));
        yield return Wire.UdpFrame(40000, 53, Message(0x0100, 1, 0, 0, 0, new Octets().U16(0xc0ff, 1, 1)));
        yield return Wire.UdpFrame(40000, 53, Message(0x0100, 1, 0, 0, 0, new Octets().U8(3).Text("abc").U16(0xc00c, 1, 1)));
        yield return Wire.UdpFrame(40000, 53, Message(0x0100, 1, 0, 0, 0, new Octets().U8(0x41).Text("abc").U16(0, 1, 1)));
        yield return Wire.UdpFrame(40000, 53, Message(0x0100, 1, 0, 0, 0, new Octets().U8(0x83).Text("abc").U16(0, 1, 1)));
        yield return Wire.UdpFrame6(40000, 53, Message(0x0100, 1, 0, 0, 0, Question("six.example", 28)));
    }

    public static byte[] Message(int flags, int questions, int answers, int authorities, int additional, Octets body) =>
        new Octets().U16(0x4d2, flags, questions, answers, authorities, additional).Add(body);

    public static Octets Question(string name, int type) => new Octets().Add(Name(name)).U16(type, 1);

    public static byte[] Name(string name)
    {
        var octets = new Octets();
        foreach (string label in name.Split('.', StringSplitOptions.RemoveEmptyEntries))
            octets.Counted(label);
        return octets.U8(0);
    }

    private static byte[] Query(int flags, string name, int type) => Wire.UdpFrame(40000, 53, Message(flags, 1, 0, 0, 0, Question(name, type)));

    /// <summary>A record of the name of the first question.</summary>
    private static byte[] Record(int type, byte[] data) => new Octets().U16(0xc00c, type, 1).U32(3661).U16(data.Length).Add(data);

    private static byte[] Edns(long flags, byte[] options) => new Octets().U8(0).U16(41, 1232).U32(flags).U16(options.Length).Add(options);

    private static IEnumerable<(int Type, byte[] Data)> Data(Random random)
    {
        yield return (1, new Octets().Ip(Wire.Target));
        yield return (28, new Octets().Ip(Wire.Source6));
        yield return (2, Name("ns.example"));
        yield return (5, Name("c.example"));
        yield return (12, Name("p.example"));
        yield return (6, new Octets().Add(Name("ns.example")).Add(Name("root.example")).U32(2023111401, 7200, 3600, 1209600, 300));
        yield return (15, new Octets().U16(10).Add(Name("mx.example")));
        yield return (16, new Octets().Counted("v=spf1 -all").Counted("q\"uo\\te\u0001"));
        yield return (16, new Octets().Counted(""));
        yield return (33, new Octets().U16(0, 5, 5060).Add(Name("sip.example")));
        yield return (38, new Octets().U8(64).U64(0x1122334455667788).Add(Name("p.example")));
        yield return (38, new Octets().U8(0).Ip(Wire.Source6));
        yield return (38, new Octets().U8(128).Add(Name("p.example")));
        yield return (39, Name("d.example"));
        yield return (250, new Octets().Add(Name("hmac-md5")).U16(0).U32(1700000000).U16(300, 16).Random(random, 16).U16(77, 0, 0));
        yield return (99, new Octets().Counted("v=spf1"));
        foreach (int type in (int[])[11, 13, 17, 18, 29, 35, 37, 43, 46, 47, 48, 50, 51, 52, 64, 65, 256, 257, 999])
            yield return (type, new Octets().Random(random, 20));
        yield return (1, [1, 2]);
        yield return (28, [1, 2]);
    }
}
