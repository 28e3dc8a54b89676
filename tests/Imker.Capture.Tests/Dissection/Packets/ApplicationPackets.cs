using System.Text;

namespace Imker.Capture.Tests.Dissection;

/// <summary>NTP, and protocols of lines of text.</summary>
internal static class ApplicationPackets
{
    public static IEnumerable<byte[]> Time(Random random)
    {
        for (int leap = 0; leap < 4; leap++)
        {
            for (int mode = 0; mode < 8; mode++)
                yield return Wire.UdpFrame(123, 123, Clock(leap << 6 | 4 << 3 | mode, mode == 5 ? 1 : mode));
        }
        for (int version = 0; version < 8; version++)
            yield return Wire.UdpFrame(123, 123, Clock(version << 3 | 3, 2));
        foreach (int stratum in (int[])[0, 1, 15, 16, 17, 255])
            yield return Wire.UdpFrame(123, 123, Clock(0x23, stratum));
        yield return Wire.UdpFrame(123, 123, new Octets().Add(Clock(0x23, 2)).U32(1).Random(random, 16));
        yield return Wire.UdpFrame(123, 123, new Octets().Add(Clock(0x23, 2)).U32(1).Random(random, 20));
        yield return Wire.UdpFrame(123, 123, new Octets().Add(Clock(0x23, 2)).U32(1));
        yield return Wire.UdpFrame(123, 123, new Octets().Add(Clock(0x23, 2)).U32(1, 2));
        yield return Wire.UdpFrame(123, 123, new Octets().Add(Clock(0x23, 2)).Random(random, 40));
        yield return Wire.UdpFrame(123, 123, new Octets().U8(0x23, 0, 3, 0xfa).Fill(44));
        yield return Wire.UdpFrame(123, 123, new Octets().U8(0x16, 0x01).U16(1, 0, 0, 0, 0));
        yield return Wire.UdpFrame(123, 123, new Octets().U8(0x1e, 0xc2).U16(1, 0x0615, 7, 0, 4).Text("data"));
        yield return Wire.UdpFrame(123, 123, new Octets().U8(0x1f, 0, 3, 42).U32(0));
        yield return Wire.UdpFrame6(123, 123, Clock(0x24, 3));
    }

    public static IEnumerable<byte[]> Lines(Random random)
    {
        string[] messages =
        [
            "GET / HTTP/1.1\r\nHost: example.org\r\nUser-Agent: x\t\u001b[31m\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", "POST /a?b=c HTTP/1.0\nX: y\n\nbody\nmore", "M-SEARCH * HTTP/1.1\r\nST: all\r\n\r\n", "just some text\r\nnothing", "HEAD /\u00e4 HTTP/1.1\r\n", "GET /no-end",
            "\r\n", "OPTIONS * HTTP/1.1\rX\r\n\r\n", "NOTIFY * HTTP/1.1\r\n", "200 OK\r\n", "PUT / HTTP/1.1\r\n\r\n\u0001\u0002",
        ];
        foreach (string message in messages)
        {
            byte[] bytes = Encoding.Latin1.GetBytes(message);
            yield return Wire.TcpFrame(41000, 80, 1, 1, 24, payload: bytes);
            yield return Wire.TcpReply(8080, 41001, 1, 1, 24, payload: bytes);
            yield return Wire.TcpFrame(41000, 3128, 1, 1, 16, payload: bytes);
            yield return Wire.TcpFrame(41000, 554, 1, 1, 24, payload: bytes);
            yield return Wire.TcpFrame(41000, 5060, 1, 1, 24, payload: bytes);
            yield return Wire.UdpFrame(5060, 5060, bytes);
            yield return Wire.UdpFrame(1900, 1900, bytes);
        }
        string[] signals = ["DESCRIBE rtsp://x/ RTSP/1.0\r\nCSeq: 1\r\n\r\n", "RTSP/1.0 200 OK\r\nCSeq: 1\r\n\r\n", "INVITE sip:a@b SIP/2.0\r\nVia: x\r\nContent-Type: application/sdp\r\n\r\nv=0\r\n", "SIP/2.0 180 Ringing\r\nVia: x\r\n\r\n", "REGISTER sip:b SIP/2.0\r\n\r\n"];
        foreach (string message in signals)
        {
            byte[] bytes = Encoding.Latin1.GetBytes(message);
            yield return Wire.TcpFrame(41000, 554, 1, 1, 24, payload: bytes);
            yield return Wire.TcpFrame(41000, 5060, 1, 1, 24, payload: bytes);
            yield return Wire.UdpFrame(5060, 5060, bytes);
        }
    }

    private static byte[] Clock(int first, int stratum)
    {
        Octets clock = new Octets().U8(first, stratum, 6, 0xec).U32(0x00018000, 0x00000a00);
        if (stratum <= 1)
            clock.Text("GPS\u0001");
        else
            clock.Ip(Wire.Target);
        return clock.U64(0xe900000012345678).U64(0xe900000102345678).U64(0xe900000200000000).U64(0xe900000280000000);
    }
}
