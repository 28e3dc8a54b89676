namespace Imker.Capture.Tests.Dissection;

/// <summary>Headers with what they carry, as they are on a wire: lengths and checksums are right.</summary>
internal static class Wire
{
    public static readonly byte[] Here = [0x02, 0, 0, 0, 0, 0x01], There = [0x00, 0x1b, 0x21, 0xa0, 0xb1, 0xc2], Everybody = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff];

    public const string Source = "10.1.2.3", Target = "192.168.7.9", Source6 = "2001:db8::1", Target6 = "fe80::2:3";

    public static ushort Checksum(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0;
        for (int i = 0; i < bytes.Length; i++)
            sum += (uint)(i % 2 == 0 ? bytes[i] << 8 : bytes[i]);
        while (sum >> 16 != 0)
            sum = (sum & 0xffff) + (sum >> 16);
        return (ushort)~sum;
    }

    public static byte[] Ethernet(int type, byte[] payload) => new Octets().Add(There).Add(Here).U16(type).Add(payload);

    public static byte[] Ethernet(byte[] destination, int type, byte[] payload) =>
        new Octets().Add(destination).Add(Here).U16(type).Add(payload);

    /// <summary>An IEEE 802.3 frame.</summary>
    public static byte[] Llc(byte[] destination, byte[] payload) =>
        new Octets().Add(destination).Add(Here).U16(payload.Length).Add(payload).Fill(Math.Max(0, 46 - payload.Length));

    public static byte[] Ip4(
        int protocol, byte[] payload, byte[]? options = null, int tos = 0, int id = 0x1234, int fragment = 0, int ttl = 64,
        string source = Source, string target = Target)
    {
        options ??= [];
        return new Octets()
            .U8(0x45 + options.Length / 4, tos).U16(20 + options.Length + payload.Length, id, fragment).U8(ttl, protocol).U16(0)
            .Ip(source).Ip(target).Add(options).Checksum(10).Add(payload);
    }

    public static byte[] Ip6(
        int next, byte[] payload, string source = Source6, string target = Target6, int flow = 0, int hops = 64) =>
        new Octets().U32(0x60000000 | flow).U16(payload.Length).U8(next, hops).Ip(source).Ip(target).Add(payload);

    public static byte[] Frame4(
        int protocol, byte[] payload, byte[]? options = null, int tos = 0, int id = 0x1234, int fragment = 0, int ttl = 64) =>
        Ethernet(0x0800, Ip4(protocol, payload, options, tos, id, fragment, ttl));

    public static byte[] Frame6(int next, byte[] payload, string source = Source6, string target = Target6, int flow = 0, int hops = 64) =>
        Ethernet(0x86dd, Ip6(next, payload, source, target, flow, hops));

    public static byte[] Pseudo4(int protocol, int length, string source = Source, string target = Target) =>
        new Octets().Ip(source).Ip(target).U8(0, protocol).U16(length);

    public static byte[] Pseudo6(int protocol, int length, string source = Source6, string target = Target6) =>
        new Octets().Ip(source).Ip(target).U32(length, protocol);

    public static byte[] Udp(int from, int to, byte[] payload) =>
        new Octets().U16(from, to, 8 + payload.Length, 0).Add(payload).Checksum(6, Pseudo4(17, 8 + payload.Length));

    public static byte[] Udp6(int from, int to, byte[] payload) =>
        new Octets().U16(from, to, 8 + payload.Length, 0).Add(payload).Checksum(6, Pseudo6(17, 8 + payload.Length));

    /// <summary>A datagram of UDP in a frame.</summary>
    public static byte[] UdpFrame(int from, int to, byte[] payload) => Frame4(17, Udp(from, to, payload));

    public static byte[] UdpFrame6(int from, int to, byte[] payload) => Frame6(17, Udp6(from, to, payload));

    public static byte[] Tcp(
        int from, int to, long sequence, long acknowledged, int flags, byte[]? options = null, byte[]? payload = null, int window = 502,
        int urgent = 0, bool isVersion6 = false, bool isReversed = false)
    {
        byte[] some = new Octets().Add(options ?? []).Align(4, 1);
        Octets segment = new Octets()
            .U16(from, to).U32(sequence, acknowledged).U16((5 + some.Length / 4) << 12 | flags, window, 0, urgent).Add(some).Add(payload ?? []);
        (string source, string target) = isReversed ? (Target, Source) : (Source, Target);
        return segment.Checksum(16, isVersion6 ? Pseudo6(6, segment.Count) : Pseudo4(6, segment.Count, source, target));
    }

    /// <summary>A segment of TCP in a frame.</summary>
    public static byte[] TcpFrame(
        int from, int to, long sequence, long acknowledged, int flags, byte[]? options = null, byte[]? payload = null, int window = 502,
        int urgent = 0) =>
        Frame4(6, Tcp(from, to, sequence, acknowledged, flags, options, payload, window, urgent));

    /// <summary>The same connection's other direction.</summary>
    public static byte[] TcpReply(
        int from, int to, long sequence, long acknowledged, int flags, byte[]? options = null, byte[]? payload = null, int window = 501) =>
        Ethernet(0x0800, Ip4(
            6, Tcp(from, to, sequence, acknowledged, flags, options, payload, window, isReversed: true), source: Target, target: Source));

    public static byte[] Icmp(int type, int code, byte[] rest) => new Octets().U8(type, code).U16(0).Add(rest).Checksum(2);

    public static byte[] IcmpFrame(int type, int code, byte[] rest) => Frame4(1, Icmp(type, code, rest));

    public static byte[] Icmp6(int type, int code, byte[] rest) =>
        new Octets().U8(type, code).U16(0).Add(rest).Checksum(2, Pseudo6(58, 4 + rest.Length));

    public static byte[] Icmp6Frame(int type, int code, byte[] rest) => Frame6(58, Icmp6(type, code, rest), hops: 255);
}
