namespace Imker.Capture.Dissection;

/// <summary>The options of neighbour discovery (RFC 4861 section 4.6, 4191, 6275, 8106).</summary>
internal static class NeighborOptions
{
    private const byte
        SourceLink = 1,
        TargetLink = 2,
        Prefix = 3,
        Redirected = 4,
        Mtu = 5,
        Interval = 7,
        HomeAgent = 8,
        Route = 24,
        DnsServers = 25,
        DnsSearch = 31;

    private static readonly FlagNames PrefixFlags = new((0x80, "onlink"), (0x40, "auto"), (0x20, "router"));

    /// <returns>False where an option was cut.</returns>
    public static bool TryPrint(ref Dissection d, int at, int left)
    {
        int first = at;
        d.BeginList("options"u8);
        while (at < d.End && !d.IsStopped)
        {
            if (!d.Has(at + 1, 1))
                return false;
            if (left <= 0)
                break;
            byte kind = d.U8(at);
            int units = d.U8(at + 1);
            if (units == 0 || !d.Has(at, units * 8))
                return false;
            d.BeginItem();
            d.Note("kind"u8, kind);
            d.Note("name"u8, NameOf(kind));
            d.Say("\n\t  "u8);
            d.NameOr(NameOf(kind), "unknown"u8);
            d.Say(" option ("u8, kind, "), length "u8);
            d.Decimal(units * 8);
            d.Say(" ("u8, units, "): "u8);
            if (!TryPrintOption(ref d, kind, at, units, first, out bool isLast))
                return false;
            d.EndItem();
            if (isLast)
                break;
            if (d.Verbosity > 1)
                d.UnknownPart(at + 2, "\n\t    "u8, units * 8 - 2);
            at += units * 8;
            left -= units * 8;
        }
        d.EndList();
        return true;
    }

    private static bool TryPrintOption(ref Dissection d, byte kind, int at, int units, int first, out bool isLast)
    {
        isLast = false;
        switch (kind)
        {
            case SourceLink or TargetLink:
                d.NoteBytes("address"u8, d.Packet.Slice(at + 2, units * 8 - 2));
                d.HexBytes(d.Packet.Slice(at + 2, units * 8 - 2), ":"u8);
                return true;
            case Prefix:
                PrintPrefix(ref d, at, units);
                return true;
            case Redirected:
                d.UnknownPart(first, "\n\t    "u8, units * 8);
                return true;
            case Mtu:
                d.Number(" "u8, "mtu"u8, d.U32(at + 4));
                if (units != 1)
                    d.Say("bad option length"u8);
                return true;
            case DnsServers:
                PrintServers(ref d, at, units);
                return true;
            case DnsSearch:
                return TryPrintDomains(ref d, at, units, first);
            case Interval:
                d.Number(" "u8, "interval"u8, d.U32(at + 4));
                d.Say("ms"u8);
                return true;
            case HomeAgent:
                d.Number(" preference "u8, "preference"u8, d.U16(at + 4));
                d.Number(", lifetime "u8, "lifetime"u8, d.U16(at + 6));
                return true;
            case Route:
                return TryPrintRoute(ref d, at, units);
            default:
                if (d.Verbosity > 1)
                    return true;
                d.UnknownPart(at + 2, "\n\t  "u8, units * 8 - 2);
                isLast = true;
                return true;
        }
    }

    private static void PrintPrefix(ref Dissection d, int at, int units)
    {
        if (!d.Require(at, 32))
            return;
        byte flags = d.U8(at + 3);
        d.Ip6("prefix"u8, at + 16);
        d.Number("/"u8, "prefix_length"u8, d.U8(at + 2));
        if (units != 4)
            d.Say("badlen"u8);
        d.NoteFlags("flags"u8, PrefixFlags, flags);
        d.Say(", Flags ["u8);
        d.Flags(PrefixFlags, flags, ", "u8, "none"u8);
        d.Say("], valid time "u8);
        SayLifetime(ref d, "valid_time"u8, d.U32(at + 4));
        d.Say(", pref. time "u8);
        SayLifetime(ref d, "preferred_time"u8, d.U32(at + 8));
    }

    private static void PrintServers(ref Dissection d, int at, int units)
    {
        d.Number(" lifetime "u8, "lifetime"u8, d.U32(at + 4));
        d.Say("s,"u8);
        d.BeginList("servers"u8);
        for (int i = 0; i < (units - 1) / 2; i++)
        {
            d.Say(" addr: "u8);
            d.Ip6(default, at + 8 + 16 * i);
        }
        d.EndList();
    }

    private static bool TryPrintDomains(ref Dissection d, int at, int units, int first)
    {
        d.Number(" lifetime "u8, "lifetime"u8, d.U32(at + 4));
        d.Say("s, domain(s):"u8);
        int name = at + 8;
        while (name < at + units * 8 && d.U8(name) != 0)
        {
            d.Say(" "u8);
            name = DnsName.Print(ref d, name, first);
            if (name < 0)
                return false;
        }
        return true;
    }

    private static bool TryPrintRoute(ref Dissection d, int at, int units)
    {
        if (units > 3)
            return false;
        Span<byte> prefix = stackalloc byte[16];
        prefix.Clear();
        d.Packet.Slice(at + 8, (units - 1) * 8).CopyTo(prefix);
        d.NoteIp6("prefix"u8, prefix);
        d.Say(" "u8);
        d.Ip6(prefix);
        d.Number("/"u8, "prefix_length"u8, d.U8(at + 2));
        d.Say(", pref="u8);
        d.Say(NeighborDiscovery.PreferenceName(d.U8(at + 3)));
        d.Say(", lifetime="u8);
        SayLifetime(ref d, "lifetime"u8, d.U32(at + 4));
        return true;
    }

    private static void SayLifetime(ref Dissection d, ReadOnlySpan<byte> name, uint seconds)
    {
        d.Note(name, seconds);
        if (seconds == uint.MaxValue)
            d.Say("infinity"u8);
        else
            d.Say(default, seconds, "s"u8);
    }

    private static ReadOnlySpan<byte> NameOf(byte kind) => kind switch
    {
        SourceLink => "source link-address"u8,
        TargetLink => "destination link-address"u8,
        Prefix => "prefix info"u8,
        Redirected => "redirected header"u8,
        Mtu => "mtu"u8,
        DnsServers => "rdnss"u8,
        DnsSearch => "dnssl"u8,
        Interval => "advertisement interval"u8,
        HomeAgent => "homeagent information"u8,
        Route => "route info"u8,
        _ => default,
    };
}
