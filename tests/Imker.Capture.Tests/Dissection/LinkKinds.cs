namespace Imker.Capture.Tests.Dissection;

/// <summary>Datagrams of IP behind link-layer headers that are not Ethernet's.</summary>
internal static class LinkKinds
{
    public static IEnumerable<byte[]> Null(IEnumerable<byte[]> datagrams)
    {
        foreach (byte[] datagram in datagrams)
            yield return new Octets().U32Little(datagram[0] >> 4 == 6 ? 10u : 2u).Add(datagram);
        byte[] one = Wire.Ip4(17, Wire.Udp(1, 2, new byte[3]));
        foreach (long family in (long[])[2, 10, 24, 28, 30, 0, 99, 0x02000000, 0x1e000000])
            yield return new Octets().U32(family).Add(one);
        yield return new Octets().U32Little(24).Add(Wire.Ip6(59, []));
        yield return new Octets().U32Little(30).Add(Wire.Ip6(59, []));
    }

    public static IEnumerable<byte[]> Cooked(IEnumerable<byte[]> datagrams)
    {
        int kind = 0;
        foreach (byte[] datagram in datagrams)
            yield return Cook(kind++ % 6, 1, 6, datagram[0] >> 4 == 6 ? 0x86dd : 0x0800, datagram);
        yield return Cook(0, 772, 6, 0x0806, ArpPackets.Request);
        yield return Cook(0, 1, 0, 0x0800, Wire.Ip4(59, []));
        yield return Cook(0, 1, 9, 0x0800, Wire.Ip4(59, []));
        yield return Cook(0, 1, 6, 0x8100, new Octets().U16(0x2064, 0x0800).Add(Wire.Ip4(59, [])));
        yield return Cook(0, 1, 6, 0x0004, new Octets().U8(0x42, 0x42, 3).Fill(35));
        yield return Cook(0, 1, 6, 0x1234, new Octets().Fill(35));
        yield return Cook(0, 1, 6, 0x000c, new Octets().Fill(35));
    }

    public static IEnumerable<byte[]> Cooked2(IEnumerable<byte[]> datagrams)
    {
        int kind = 0;
        foreach (byte[] datagram in datagrams)
            yield return Cook2(kind++ % 6, 1, 6, datagram[0] >> 4 == 6 ? 0x86dd : 0x0800, 1 + kind % 3 * 40, datagram);
        yield return Cook2(0, 772, 6, 0x0806, 1, ArpPackets.Request);
        yield return Cook2(0, 1, 0, 0x0800, 1, Wire.Ip4(59, []));
        yield return Cook2(0, 1, 6, 0x8100, 1, new Octets().U16(0x2064, 0x0800).Add(Wire.Ip4(59, [])));
        yield return Cook2(0, 1, 6, 0x0004, 1, new Octets().U8(0x42, 0x42, 3).Fill(35));
        yield return Cook2(0, 1, 6, 0x1234, 1, new Octets().Fill(35));
    }

    private static byte[] Cook(int kind, int hardware, int length, int protocol, byte[] payload) =>
        new Octets().U16(kind, hardware, length).Add(Wire.Here).Fill(2).U16(protocol).Add(payload);

    private static byte[] Cook2(int kind, int hardware, int length, int protocol, int index, byte[] payload) =>
        new Octets().U16(protocol, 0).U32(index).U16(hardware).U8(kind, length).Add(Wire.Here).Fill(2).Add(payload);
}
