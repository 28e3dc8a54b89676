using Imker.Filter.Protocols;

namespace Imker.Capture.Dissection;

/// <summary>What two ends of PPP negotiate: for the link (RFC 1661), IP (RFC 1332), IPv6 (RFC 5072) and the rest by number.</summary>
internal static class PppOptions
{
    public static void Print(ref Dissection d, int protocol, int at, int length)
    {
        int left = length - 4;
        do
        {
            int size = PrintOption(ref d, protocol, at, length);
            if (size == 0 || d.IsStopped)
                return;
            if (left < size)
            {
                d.Say(" [remaining options length "u8, left, " < "u8);
                d.Say(default, size, "]"u8);
                d.SayInvalid();
                return;
            }
            left -= size;
            at += size;
        }
        while (left > 0);
    }

    private static int PrintOption(ref Dissection d, int protocol, int at, int length)
    {
        if (protocol is not (PppProtocol.LinkControl or PppProtocol.IpControl or PppProtocol.Ip6Control
            or PppProtocol.CompressionControl or PppProtocol.BandwidthControl) || length < 2)
        {
            return 0;
        }
        if (!d.Has(at, 2))
        {
            d.Say(CutMark(protocol));
            return 0;
        }
        byte kind = d.U8(at);
        int size = d.U8(at + 1);
        if (length < size)
            return 0;
        ReadOnlySpan<byte> name = NameOf(protocol, kind);
        bool isLink = protocol == PppProtocol.LinkControl;
        if (isLink && name.IsEmpty)
        {
            d.Say("\n\tunknown LCP option 0x"u8, kind, 2);
            return size < 2 ? 0 : size;
        }
        d.Say("\n\t  "u8);
        d.NameOr(name, protocol is PppProtocol.IpControl or PppProtocol.Ip6Control ? "unknown"u8 : "Unknown"u8);
        d.Say(" Option (0x"u8, kind, 2);
        d.Say("), length "u8, size);
        if (size < 2)
        {
            d.Say(" (length bogus, should be >= 2)"u8);
            return 0;
        }
        return PrintValue(ref d, protocol, kind, at, size);
    }

    private static int PrintValue(ref Dissection d, int protocol, byte kind, int at, int size)
    {
        int rest = protocol switch
        {
            PppProtocol.LinkControl => PppLinkOptions.Print(ref d, kind, at, size),
            PppProtocol.IpControl => PrintIp(ref d, kind, at, size),
            PppProtocol.Ip6Control => PrintIp6(ref d, kind, at, size),
            PppProtocol.CompressionControl => PrintCompression(ref d, kind, at, size),
            _ => PrintBandwidth(ref d, kind, at, size),
        };
        if (rest != ShowsBytes)
            return rest;
        if (d.Verbosity > 1)
            d.UnknownPart(at + 2, "\n\t    "u8, size - 2);
        return size;
    }

    /// <summary>What an option's printer returns where its bytes follow with <c>-vv</c>; else the length to go on by.</summary>
    public const int ShowsBytes = -1;

    public static int PrintUnknown(ref Dissection d, int at, int size)
    {
        if (d.Verbosity < 2)
            d.UnknownPart(at + 2, "\n\t    "u8, size - 2);
        return ShowsBytes;
    }

    public static bool IsLength(ref Dissection d, int size, int wanted)
    {
        if (size == wanted)
            return true;
        d.Say(" (length bogus, should be = "u8, wanted, ")"u8);
        return false;
    }

    public static bool IsAtLeast(ref Dissection d, int size, int wanted)
    {
        if (size >= wanted)
            return true;
        d.Say(" (length bogus, should be >= "u8, wanted, ")"u8);
        return false;
    }

    private static int PrintIp(ref Dissection d, byte kind, int at, int size)
    {
        switch (kind)
        {
            case 1:
                if (!IsLength(ref d, size, 10))
                    return size;
                if (!d.Require(at + 2, 8))
                    return ShowsBytes;
                d.Say(": src "u8);
                d.Ip4(at + 2);
                d.Say(", dst "u8);
                d.Ip4(at + 6);
                return ShowsBytes;
            case 2:
                return PrintHeaderCompression(ref d, at, size);
            case 3 or 4 or 129 or 130 or 131 or 132:
                if (!IsLength(ref d, size, 6))
                    return 0;
                if (!d.Require(at + 2, 4))
                    return ShowsBytes;
                d.Say(": "u8);
                d.Ip4(at + 2);
                return ShowsBytes;
            default:
                return PrintUnknown(ref d, at, size);
        }
    }

    private static int PrintHeaderCompression(ref Dissection d, int at, int size)
    {
        if (!IsAtLeast(ref d, size, 4))
            return 0;
        int scheme = d.U16(at + 2);
        d.Say(": "u8);
        d.Say(scheme switch { 0x2d => "VJ-Comp"u8, 0x61 => "IP Header Compression"u8, _ => "Unknown"u8 });
        d.Say(" (0x"u8, (ulong)scheme, 2);
        d.Say("):"u8);
        if (scheme != 0x61)
            return ShowsBytes;
        if (!IsAtLeast(ref d, size, 14))
            return 0;
        if (!d.Has(at + 2, 14))
        {
            d.Say("[|ipcp]"u8);
            return 0;
        }
        d.Say("\n\t    TCP Space "u8, d.U16(at + 4));
        d.Say(", non-TCP Space "u8, d.U16(at + 6));
        d.Say(", maxPeriod "u8, d.U16(at + 8));
        d.Say(", maxTime "u8, d.U16(at + 10));
        d.Say(", maxHdr "u8, d.U16(at + 12));
        return ShowsBytes;
    }

    private static int PrintIp6(ref Dissection d, byte kind, int at, int size)
    {
        if (kind != 1)
            return PrintUnknown(ref d, at, size);
        if (!IsLength(ref d, size, 10))
            return size;
        if (!d.Has(at + 2, 8))
        {
            d.Say("[|ip6cp]"u8);
            return 0;
        }
        for (int i = 0; i < 4; i++)
            d.Say(i == 0 ? ": "u8 : ":"u8, d.U16(at + 2 + 2 * i), 4);
        return ShowsBytes;
    }

    private static int PrintCompression(ref Dissection d, byte kind, int at, int size)
    {
        switch (kind)
        {
            case 21:
                if (!IsAtLeast(ref d, size, 3))
                    return size;
                d.Say(": Version: "u8, d.U8(at + 2) >> 5);
                d.Say(", Dictionary Bits: "u8, d.U8(at + 2) & 31);
                return ShowsBytes;
            case 24:
                if (!IsAtLeast(ref d, size, 4) || !d.Require(at + 2, 2))
                    return size;
                d.Say(": Features: "u8, d.U8(at + 2) >> 6);
                d.Say((d.U8(at + 2) & 0x20) != 0 ? ", PxP: Enabled"u8 : ", PxP: Disabled"u8);
                d.Say(", History: "u8, d.U8(at + 2) & 31);
                d.Say(", #CTX-ID: "u8, d.U8(at + 3));
                return ShowsBytes;
            case 26:
                if (!IsAtLeast(ref d, size, 4) || !d.Require(at + 2, 2))
                    return size;
                d.Say(": Window: "u8, d.U8(at + 2) >> 4, "K, Method: "u8);
                d.Say((d.U8(at + 2) & 15) == 8 ? "zlib"u8 : "unknown"u8);
                d.Say(" (0x"u8, (ulong)(d.U8(at + 2) & 15), 1);
                d.Say("), MBZ: "u8, d.U8(at + 3) >> 2);
                d.Say(", CHK: "u8, d.U8(at + 3) & 3);
                return ShowsBytes;
            default:
                return PrintUnknown(ref d, at, size);
        }
    }

    private static int PrintBandwidth(ref Dissection d, byte kind, int at, int size)
    {
        if (kind != 1)
            return PrintUnknown(ref d, at, size);
        if (!IsLength(ref d, size, 6))
            return size;
        uint magic = d.U32(at + 2);
        d.Say(": Magic-Num 0x"u8, magic, 8);
        return ShowsBytes;
    }

    private static ReadOnlySpan<byte> CutMark(int protocol) => protocol switch
    {
        PppProtocol.LinkControl => "[|lcp]"u8,
        PppProtocol.IpControl => "[|ipcp]"u8,
        PppProtocol.Ip6Control => "[|ip6cp]"u8,
        PppProtocol.CompressionControl => "[|ccp]"u8,
        _ => "[|bacp]"u8,
    };

    private static ReadOnlySpan<byte> NameOf(int protocol, byte kind) => protocol switch
    {
        PppProtocol.LinkControl => PppLinkOptions.NameOf(kind),
        PppProtocol.IpControl => kind switch
        {
            1 => "IP-Addrs"u8,
            2 => "IP-Comp"u8,
            3 => "IP-Addr"u8,
            4 => "Home-Addr"u8,
            129 => "Pri-DNS"u8,
            130 => "Pri-NBNS"u8,
            131 => "Sec-DNS"u8,
            132 => "Sec-NBNS"u8,
            _ => default,
        },
        PppProtocol.Ip6Control => kind == 1 ? "Interface-ID"u8 : default,
        PppProtocol.BandwidthControl => kind == 1 ? "Favored-Peer"u8 : default,
        _ => kind switch
        {
            0 => "OUI"u8,
            1 => "Pred-1"u8,
            2 => "Pred-2"u8,
            3 => "Puddle"u8,
            16 => "HP-PPC"u8,
            17 => "Stac-LZS"u8,
            18 => "MPPC"u8,
            19 => "Gand-FZA"u8,
            20 => "V.42bis"u8,
            21 => "BSD-Comp"u8,
            23 => "LZS-DCP"u8,
            24 => "MVRCA"u8,
            25 => "DEC"u8,
            26 => "Deflate"u8,
            255 => "Reserved"u8,
            _ => default,
        },
    };
}
