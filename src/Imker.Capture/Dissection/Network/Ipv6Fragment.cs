namespace Imker.Capture.Dissection;

/// <summary>The fragment header of IPv6 (RFC 8200 section 4.5).</summary>
internal static class Ipv6Fragment
{
    private const int HeaderLength = 8;
    private const int OffsetMask = 0xfff8;

    /// <returns>Bytes of the header; negative where nothing that could be read follows.</returns>
    public static int Print(ref Dissection d, int at, in Ipv6Chain chain)
    {
        d.Protocol = "frag6"u8;
        if (!d.Require(at, d.IsVerbose ? HeaderLength : HeaderLength / 2))
            return -1;
        int offset = d.U16(at + 2) & OffsetMask;
        uint id = d.IsVerbose ? d.U32(at + 4) : 0;
        d.Layer("ipv6_fragment"u8);
        d.Note("id"u8, id);
        d.Note("offset"u8, offset);
        d.Note("more"u8, (d.U16(at + 2) & 1) != 0);
        long length = 40L + d.U16(chain.At + 4) - (at - chain.At) - HeaderLength;
        if (d.IsVerbose)
        {
            d.Say("frag (0x"u8, id, 8);
            d.Say(":"u8, offset, "|"u8);
        }
        else
        {
            d.Say("frag ("u8, offset, "|"u8);
        }
        d.Decimal((ulong)length);
        d.Say(")"u8);
        if (offset != 0)
            return -1;
        d.Say(" "u8);
        return HeaderLength;
    }
}
