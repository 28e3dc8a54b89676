namespace Imker.Capture.Dissection;

/// <summary>Neighbours and routers of IPv6 (RFC 4861).</summary>
internal static class NeighborDiscovery
{
    private static readonly FlagNames RouterFlags = new((0x80, "managed"), (0x40, "other stateful"), (0x20, "home agent"), (0x02, "ipv6 only"));

    private static readonly FlagNames NeighborFlags = new((0x80000000, "router"), (0x40000000, "solicited"), (0x20000000, "override"));

    /// <returns>False where the options were cut, and with them the line.</returns>
    public static bool Print(ref Dissection d, int at, int length, byte type)
    {
        switch (type)
        {
            case Icmp6Printer.RouterSolicitation:
                return PrintOptions(ref d, at, length, 8);
            case Icmp6Printer.RouterAdvertisement:
                if (d.IsVerbose)
                    PrintRouter(ref d, at);
                return PrintOptions(ref d, at, length, 16);
            case Icmp6Printer.NeighborSolicitation:
                if (!d.Require(at + 8, 16))
                    return true;
                d.Say(", who has "u8);
                d.Ip6("target"u8, at + 8);
                return PrintOptions(ref d, at, length, 24);
            case Icmp6Printer.NeighborAdvertisement:
                if (!d.Require(at + 8, 16))
                    return true;
                d.Say(", tgt is "u8);
                d.Ip6("target"u8, at + 8);
                d.NoteFlags("flags"u8, NeighborFlags, d.U32(at + 4));
                if (d.IsVerbose)
                {
                    d.Say(", Flags ["u8);
                    d.Flags(NeighborFlags, d.U32(at + 4), ", "u8, "none"u8);
                    d.Say("]"u8);
                }
                return PrintOptions(ref d, at, length, 24);
            default:
                return PrintRedirect(ref d, at, length);
        }
    }

    public static ReadOnlySpan<byte> PreferenceName(byte flags) => (flags >> 3 & 3) switch
    {
        0 => "medium"u8,
        1 => "high"u8,
        2 => "rsv"u8,
        _ => "low"u8,
    };

    private static void PrintRouter(ref Dissection d, int at)
    {
        if (!d.Require(at + 4, 12))
            return;
        byte flags = d.U8(at + 5);
        d.Number("\n\thop limit "u8, "hop_limit"u8, d.U8(at + 4));
        d.NoteFlags("flags"u8, RouterFlags, flags);
        d.Say(", Flags ["u8);
        d.Flags(RouterFlags, flags, ", "u8, "none"u8);
        d.Say("], pref "u8);
        d.Say(PreferenceName(flags));
        d.Number(", router lifetime "u8, "router_lifetime"u8, d.U16(at + 6));
        d.Number("s, reachable time "u8, "reachable_time"u8, d.U32(at + 8));
        d.Number("ms, retrans timer "u8, "retransmission_timer"u8, d.U32(at + 12));
        d.Say("ms"u8);
    }

    private static bool PrintRedirect(ref Dissection d, int at, int length)
    {
        if (!d.Require(at + 24, 16))
            return true;
        d.Say(", "u8);
        d.Ip6("destination"u8, at + 24);
        d.Say(" to "u8);
        d.Ip6("target"u8, at + 8);
        return PrintOptions(ref d, at, length, 40);
    }

    private static bool PrintOptions(ref Dissection d, int at, int length, int header)
    {
        if (!d.IsVerbose)
            return true;
        if (NeighborOptions.TryPrint(ref d, at + header, length - header))
            return true;
        d.SayTruncated();
        return false;
    }
}
