namespace Imker.Capture.Dissection;

/// <summary>Ethernet inside UDP (RFC 7348).</summary>
internal static class VxlanPrinter
{
    private const int HeaderLength = 8;

    public static void Print(ref Dissection d, int at, int length)
    {
        d.Protocol = "vxlan"u8;
        d.Say("VXLAN"u8);
        if (length < HeaderLength)
        {
            d.SayInvalid();
            return;
        }
        byte flags = d.U8(at);
        d.Layer("vxlan"u8);
        d.Note("flags"u8, flags);
        d.Say(", flags ["u8);
        d.Say((flags & 8) != 0 ? "I"u8 : "invalid"u8);
        d.Say("] (0x"u8, flags, 2);
        d.Say("), "u8);
        uint network = d.U24(at + 4);
        d.Note("vni"u8, network);
        d.Say("vni "u8, network);
        d.Say("\n"u8);
        if (!d.Require(at + 7, 1))
            return;
        EthernetPrinter.Print(ref d, at + HeaderLength, length - HeaderLength, d.Left(at + HeaderLength));
    }
}
