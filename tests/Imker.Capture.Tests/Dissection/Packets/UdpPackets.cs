namespace Imker.Capture.Tests.Dissection;

/// <summary>UDP itself, and SCTP.</summary>
internal static class UdpPackets
{
    public static IEnumerable<byte[]> All(Random random)
    {
        for (int length = 0; length < 5; length++)
            yield return Wire.UdpFrame(40000, 50000, new byte[length]);
        yield return Wire.UdpFrame6(40000, 50000, new byte[3]);
        byte[] wrong = Wire.UdpFrame(40000, 50000, new byte[9]);
        wrong[41] ^= 0x33;
        yield return wrong;
        byte[] none = Wire.UdpFrame(40000, 50000, new byte[9]);
        none[40] = none[41] = 0;
        yield return none;
        byte[] none6 = Wire.UdpFrame6(40000, 50000, new byte[9]);
        none6[60] = none6[61] = 0;
        yield return none6;
        yield return Wire.Frame4(17, new Octets().U16(40000, 50000, 4, 0).Fill(9));
        yield return Wire.Frame4(17, new Octets().U16(40000, 50000, 40, 0).Fill(9));
        yield return Wire.Frame4(17, new Octets().U16(40000, 50000, 10, 0).Fill(9));
        yield return Wire.Frame6(17, new Octets().U16(40000, 50000, 0, 0).Fill(9));
        yield return Wire.Frame4(17, new Octets().U16(40000));
        yield return Wire.Frame4(17, new Octets().U16(40000, 50000, 8));
        foreach (int port in (int[])[7, 9, 19, 37, 88, 137, 443, 1900, 4500, 51820])
            yield return Wire.UdpFrame(port + 40000, port == 88 || port == 137 || port == 4500 ? 40001 : port, new Octets().Random(random, 12));
    }

    public static IEnumerable<byte[]> Sctp(Random random)
    {
        byte[][] chunks =
        [
            Chunk(0, 3, new Octets().U32(1000).U16(2, 3).U32(0).Text("hello sctp")), Chunk(0, 0, new Octets().U32(1001).U16(2, 3).U32(46).Random(random, 8)), Chunk(0, 7, new Octets().U32(1001).U16(2, 3).U32(51).Random(random, 8)),
            Chunk(1, 0, new Octets().U32(0xabcdef01, 65536).U16(10, 2048).U32(1000).U16(5, 8).Ip(Wire.Source).U16(12, 8, 5, 6).U16(9, 8).U32(6000).U16(0x8000, 4, 0xc000, 4).U16(0x8008, 6).U16(0x0102).Align(4)),
            Chunk(2, 0, new Octets().U32(0xabcdef01, 65536).U16(10, 2048).U32(1000).U16(6, 20).Ip(Wire.Source6).U16(11, 9).Text("host\0").Fill(3).U16(7, 24).Random(random, 20)),
            Chunk(3, 0, new Octets().U32(999, 65536).U16(0, 0)), Chunk(3, 0, new Octets().U32(999, 65536).U16(2, 2, 2, 3, 5, 6).U32(77, 78)),
            Chunk(4, 0, new Octets().U16(1, 12).Random(random, 8)), Chunk(5, 0, new Octets().U16(1, 12).Random(random, 8)), Chunk(6, 0, []), Chunk(6, 1, new Octets().U16(12, 8).U32(5)), Chunk(7, 0, new Octets().U32(999)), Chunk(8, 0, []),
            Chunk(9, 0, new Octets().U16(1, 8).U16(5, 0)), Chunk(9, 0, new Octets().U16(3, 12).U32(1000).U32(2000)), Chunk(9, 0, new Octets().U16(2, 12).U32(1).U16(7, 8)), Chunk(9, 0, new Octets().U16(4, 4, 5, 8).U32(1).U16(6, 8).U32(1).U16(7, 4, 9, 4, 10, 4, 13, 4, 99, 4)),
            Chunk(10, 0, new Octets().Random(random, 24)), Chunk(11, 0, []), Chunk(12, 0, new Octets().U32(8)), Chunk(13, 0, new Octets().U32(8)), Chunk(14, 0, []), Chunk(14, 1, []), Chunk(0x0f, 0, new Octets().Random(random, 12)), Chunk(0x80, 0, new Octets().U32(9).Random(random, 8)), Chunk(0xc0, 0, new Octets().U32(9)), Chunk(0xc1, 0, new Octets().U32(9).U16(5, 8).Ip(Wire.Source)), Chunk(0x77, 0, new Octets().Random(random, 12)),
        ];
        foreach (byte[] chunk in chunks)
            yield return Frame(chunk);
        for (int i = 0; i + 1 < chunks.Length; i += 3)
            yield return Frame([.. chunks[i], .. chunks[i + 1]]);
        yield return Frame([]);
        yield return Frame([0, 3, 0, 3, 1, 2, 3, 4]);
        yield return Frame([1, 3, 0, 60, 1, 2, 3, 4]);
        byte[] wrong = Frame(chunks[0]);
        wrong[45] ^= 0x33;
        yield return wrong;
        yield return Wire.Frame6(132, new Octets().U16(2905, 2906).U32(0x11223344, 0).Add(chunks[0]).Crc32C(8));
    }

    private static byte[] Frame(byte[] chunks) => Wire.Frame4(132, new Octets().U16(5000, 5001).U32(0x11223344, 0).Add(chunks).Crc32C(8));

    private static byte[] Chunk(int type, int flags, byte[] value) => new Octets().U8(type, flags).U16(4 + value.Length).Add(value).Align(4);
}
