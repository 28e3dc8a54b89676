namespace Imker.Capture.Tests.Dissection;

internal static class ArpPackets
{
    public static byte[] Request { get; } = Make(1, Wire.Here, Wire.Source, new byte[6], Wire.Target);

    public static IEnumerable<byte[]> All(Random random)
    {
        yield return Wire.Ethernet(Wire.Everybody, 0x0806, new Octets().Add(Request).Fill(18));
        for (int operation = 0; operation <= 12; operation++)
            yield return Wire.Ethernet(0x0806, Make(operation, Wire.Here, Wire.Source, Wire.There, Wire.Target));
        yield return Wire.Ethernet(0x0806, Make(1, Wire.Here, Wire.Source, Wire.There, Wire.Target));
        yield return Wire.Ethernet(0x0806, Make(1, Wire.Here, Wire.Target, new byte[6], Wire.Target));
        yield return Wire.Ethernet(0x0806, Make(1, Wire.Here, "0.0.0.0", new byte[6], Wire.Target));
        for (int operation = 1; operation <= 4; operation++)
            yield return Wire.Ethernet(0x8035, Make(operation, Wire.Here, Wire.Source, Wire.There, Wire.Target));
        foreach (int hardware in (int[])[6, 7, 15, 24, 300])
            yield return Wire.Ethernet(0x0806, new Octets().U16(hardware, 0x0800).U8(6, 4).U16(1).Add(Wire.Here).Ip(Wire.Source).Fill(6).Ip(Wire.Target));
        yield return Wire.Ethernet(0x0806, new Octets().U16(1, 0x86dd).U8(6, 16).U16(1).Add(Wire.Here).Ip(Wire.Source6).Fill(6).Ip(Wire.Target6));
        yield return Wire.Ethernet(0x0806, new Octets().U16(1, 0x0800).U8(8, 4).U16(2).Random(random, 24));
        yield return Wire.Ethernet(0x0806, new Octets().U16(1, 0x0800).U8(0, 4).U16(1).Random(random, 8));
        yield return Wire.Ethernet(0x0806, new Octets().U16(1, 0x0800).U8(6, 0).U16(2).Random(random, 12));
    }

    private static byte[] Make(int operation, byte[] senderLink, string sender, byte[] targetLink, string target) =>
        new Octets().U16(1, 0x0800).U8(6, 4).U16(operation).Add(senderLink).Ip(sender).Add(targetLink).Ip(target);
}
