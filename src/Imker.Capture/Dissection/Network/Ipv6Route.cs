namespace Imker.Capture.Dissection;

/// <summary>The routing header of IPv6: RFC 8200 section 4.4, RFC 6275 and segment routing (RFC 8754).</summary>
internal static class Ipv6Route
{
    private const byte
        SourceRoute = 0,
        Mobile = 2,
        Segments = 4;

    /// <returns>Bytes of the header; negative where it is not known or was cut.</returns>
    public static int Print(ref Dissection d, int at)
    {
        if (!d.Require(at, 1))
            return -1;
        d.Protocol = "rt6"u8;
        d.Say("RT6"u8);
        int units = d.U8(at + 1);
        d.Say(" (len="u8, units);
        byte type = d.U8(at + 2);
        d.Layer("ipv6_route"u8);
        d.Note("type"u8, type);
        d.Say(", type="u8, type);
        if (type == SourceRoute)
            d.Say(" [Deprecated]"u8);
        byte left = d.U8(at + 3);
        d.Note("segments_left"u8, left);
        d.Say(", segleft="u8, left);
        switch (type)
        {
            case SourceRoute or Mobile:
                return PrintAddresses(ref d, at, units);
            case Segments:
                return PrintSegments(ref d, at, units);
            default:
                d.Say(" (unknown type)"u8);
                d.SayInvalid();
                return -1;
        }
    }

    private static int PrintAddresses(ref Dissection d, int at, int units)
    {
        uint reserved = d.U32(at + 4);
        if (reserved != 0 || d.IsVerbose)
            d.Say(", rsv=0x"u8, reserved, 1);
        return PrintList(ref d, at + 8, units);
    }

    private static int PrintSegments(ref Dissection d, int at, int units)
    {
        int last = d.U8(at + 4);
        byte flags = d.U8(at + 5);
        d.Say(", last-entry="u8, last);
        if (flags != 0 || d.IsVerbose)
            d.Say(", flags=0x"u8, flags, 1);
        d.Say(", tag="u8, d.U16(at + 6), 1);
        return PrintList(ref d, at + 8, units);
    }

    private static int PrintList(ref Dissection d, int at, int units)
    {
        if (units % 2 == 1)
        {
            d.Say(" (invalid length "u8, units, ")"u8);
            d.SayInvalid();
            return -1;
        }
        d.BeginList("addresses"u8);
        for (int i = 0; i < units / 2 && !d.IsStopped; i++)
        {
            if (!d.Require(at + 16 * i, 16))
                break;
            d.Say(", ["u8, i, "]"u8);
            d.Ip6(default, at + 16 * i);
        }
        d.EndList();
        d.Say(") "u8);
        return (units + 1) * 8;
    }
}
