namespace Imker.Capture.Dissection;

/// <summary>The headers of IPsec (RFC 4302, 4303) and of compressed payloads (RFC 3173); what they hide stays hidden.</summary>
internal static class SecurityPrinter
{
    private const int AuthenticationFixed = 12;

    /// <returns>Bytes of the header; none where it was cut.</returns>
    public static int PrintAuthentication(ref Dissection d, int at)
    {
        d.Protocol = "ah"u8;
        d.Layer("ah"u8);
        d.Say("AH"u8);
        int units = d.U8(at + 1);
        int length = (units + 2) * 4;
        d.Say("("u8);
        if (d.IsVerbose)
        {
            d.Say("length="u8, units, "("u8);
            d.Say(default, length, "-bytes),"u8);
        }
        ushort reserved = d.U16(at + 2);
        if (reserved != 0)
        {
            d.Say("reserved=0x"u8, reserved, 1);
            d.Say("[MustBeZero],"u8);
        }
        uint spi = d.U32(at + 4);
        d.Note("spi"u8, spi);
        d.Say("spi=0x"u8, spi, 8);
        d.Say(","u8);
        uint sequence = d.U32(at + 8);
        d.Note("sequence"u8, sequence);
        d.Say("seq=0x"u8, sequence, 1);
        d.Say(",icv=0x"u8);
        for (int i = AuthenticationFixed; i < length && !d.IsStopped; i++)
            d.Hex(d.U8(at + i), 2);
        d.Say("): "u8);
        return d.IsStopped ? -1 : length;
    }

    public static void PrintEncapsulated(ref Dissection d, int at, int length)
    {
        d.Protocol = "esp"u8;
        if (!d.Has(at, 9))
        {
            d.SayTruncated();
            return;
        }
        d.Layer("esp"u8);
        d.Note("spi"u8, d.U32(at));
        d.Note("sequence"u8, d.U32(at + 4));
        d.Note("length"u8, length);
        d.Say("ESP(spi=0x"u8, d.U32(at), 8);
        d.Say(",seq=0x"u8, d.U32(at + 4), 1);
        d.Say(")"u8);
        d.Say(", length "u8, length);
    }

    public static void PrintCompressed(ref Dissection d, int at)
    {
        d.Protocol = "ipcomp"u8;
        ushort index = d.U16(at + 2);
        d.Layer("ipcomp"u8);
        d.Note("cpi"u8, index);
        d.Say("IPComp(cpi=0x"u8, index, 4);
        d.Say(")"u8);
    }
}
