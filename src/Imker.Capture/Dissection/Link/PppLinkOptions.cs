using Imker.Filter.Protocols;

namespace Imker.Capture.Dissection;

/// <summary>The options of the link control protocol (RFC 1661 section 6, RFC 1990 and others).</summary>
internal static class PppLinkOptions
{
    public static int Print(ref Dissection d, byte kind, int at, int size)
    {
        switch (kind)
        {
            case 0:
                if (!PppOptions.IsAtLeast(ref d, size, 6))
                    return size;
                uint vendor = d.U24(at + 2);
                d.Say(": Vendor: "u8);
                d.NameOr(Oui.NameOf(vendor), "Unknown"u8);
                d.Say(" ("u8, vendor, ")"u8);
                return PppOptions.ShowsBytes;
            case 1 or 17:
                if (!PppOptions.IsLength(ref d, size, 4))
                    return kind == 1 ? size : 0;
                d.Say(": "u8, d.U16(at + 2));
                return PppOptions.ShowsBytes;
            case 2 or 5:
                if (!PppOptions.IsLength(ref d, size, 6))
                    return kind == 2 ? size : 0;
                uint value = d.U32(at + 2);
                d.Say(": 0x"u8, value, 8);
                return PppOptions.ShowsBytes;
            case 3:
                return PrintAuthentication(ref d, at, size);
            case 4:
                if (!PppOptions.IsAtLeast(ref d, size, 4))
                    return 0;
                d.Say(d.U16(at + 2) == 0xc025 ? ": LQR"u8 : ": unknown"u8);
                return PppOptions.ShowsBytes;
            case 7 or 8:
                return PppOptions.ShowsBytes;
            case 13:
                if (!PppOptions.IsAtLeast(ref d, size, 3))
                    return 0;
                d.Say(": "u8);
                byte operation = d.U8(at + 2);
                d.Say(": Callback Operation "u8);
                d.NameOr(CallbackName(operation), "Unknown"u8);
                d.Say(" ("u8, operation, ")"u8);
                return PppOptions.ShowsBytes;
            case 19:
                return PrintEndpoint(ref d, at, size);
            case 23:
                if (!PppOptions.IsLength(ref d, size, 4))
                    return 0;
                ushort link = d.U16(at + 2);
                d.Say(": 0x"u8, link, 4);
                return PppOptions.ShowsBytes;
            default:
                return PppOptions.PrintUnknown(ref d, at, size);
        }
    }

    private static int PrintAuthentication(ref Dissection d, int at, int size)
    {
        if (!PppOptions.IsAtLeast(ref d, size, 4))
            return size;
        int protocol = d.U16(at + 2);
        d.Say(": "u8);
        d.NameOr(PppProtocolName.Of(protocol), "Unknown Auth Proto (0x04x)"u8);
        switch (protocol)
        {
            case PppProtocol.Challenge:
                byte algorithm = d.U8(at + 4);
                d.Say(", "u8);
                d.NameOr(algorithm switch { 5 => "MD5"u8, 128 => "MS-CHAPv1"u8, 129 => "MS-CHAPv2"u8, _ => default }, "Unknown Auth Alg "u8, algorithm);
                break;
            case PppProtocol.Password or 0xc227 or 0xc027 or 0xc123:
                break;
            default:
                d.UnknownPart(at, "\n\t"u8, size);
                break;
        }
        return PppOptions.ShowsBytes;
    }

    private static int PrintEndpoint(ref Dissection d, int at, int size)
    {
        if (!PppOptions.IsAtLeast(ref d, size, 3))
            return 0;
        byte kind = d.U8(at + 2);
        switch (kind)
        {
            case 2:
                if (!PppOptions.IsLength(ref d, size, 7))
                    return 0;
                d.Require(at + 3, 4);
                d.Say(": IPv4 "u8);
                d.Ip4(at + 3);
                break;
            case 3:
                if (!PppOptions.IsLength(ref d, size, 9))
                    return 0;
                d.Require(at + 3, 6);
                d.Say(": MAC "u8);
                d.Mac(at + 3);
                break;
            default:
                d.NameOr(
                    kind switch { 0 => ": Null"u8, 1 => ": Local"u8, 4 => ": Magic-Num-Block"u8, 5 => ": PSNDN"u8, _ => default },
                    ": Unknown class "u8,
                    kind);
                break;
        }
        return PppOptions.ShowsBytes;
    }

    private static ReadOnlySpan<byte> CallbackName(byte operation) => operation switch
    {
        0 => "UserAuth"u8,
        1 => "DialString"u8,
        2 => "LocalID"u8,
        3 => "E.164"u8,
        4 => "X.500"u8,
        6 => "CBCP"u8,
        _ => default,
    };

    public static ReadOnlySpan<byte> NameOf(byte kind) => kind switch
    {
        0 => "Vend-Ext"u8,
        1 => "MRU"u8,
        2 => "ACCM"u8,
        3 => "Auth-Prot"u8,
        4 => "Qual-Prot"u8,
        5 => "Magic-Num"u8,
        6 => "deprecated(6)"u8,
        7 => "PFC"u8,
        8 => "ACFC"u8,
        9 => "FCS-Alt"u8,
        10 => "SDP"u8,
        11 => "Num-Mode"u8,
        12 => "deprecated(12)"u8,
        13 => "Call-Back"u8,
        14 => "deprecated(14)"u8,
        15 => "deprecated(15)"u8,
        16 => "deprecated(16)"u8,
        17 => "MRRU"u8,
        18 => "12-Bit seq #"u8,
        19 => "End-Disc"u8,
        20 => "Proprietary"u8,
        21 => "DCE-Id"u8,
        22 => "MP+"u8,
        23 => "Link-Disc"u8,
        24 => "LCP-Auth-Opt"u8,
        25 => "COBS"u8,
        26 => "Prefix-elision"u8,
        27 => "Multilink-header-Form"u8,
        28 => "I18N"u8,
        29 => "SDL-over-SONET/SDH"u8,
        30 => "PPP-Muxing"u8,
        _ => default,
    };
}
