namespace Imker.Capture.Dissection;

/// <summary>What IEEE 802.3 adds to LLDP: speed, power, aggregation, frame size (802.3 clause 79, RFC 4836).</summary>
internal static class Lldp8023
{
    private static readonly FlagNames Negotiation = new((1, "supported"), (2, "enabled"));

    private static readonly FlagNames Power = new((1, "PSE"), (2, "supported"), (4, "enabled"), (8, "can be controlled"));

    private static readonly FlagNames Speeds = new(
        (0x4000, "10BASE-T hdx"),
        (0x2000, "10BASE-T fdx"),
        (0x1000, "100BASE-T4"),
        (0x0800, "100BASE-TX hdx"),
        (0x0400, "100BASE-TX fdx"),
        (0x0200, "100BASE-T2 hdx"),
        (0x0100, "100BASE-T2 fdx"),
        (0x0080, "Pause for fdx links"),
        (0x0040, "Asym PAUSE for fdx"),
        (0x0020, "Sym PAUSE for fdx"),
        (0x0010, "Asym and Sym PAUSE for fdx"),
        (0x0008, "1000BASE-{X LX SX CX} hdx"),
        (0x0004, "1000BASE-{X LX SX CX} fdx"),
        (0x0002, "1000BASE-T hdx"),
        (0x0001, "1000BASE-T fdx"));

    /// <returns>Whether nobody knows it.</returns>
    public static bool Print(ref Dissection d, int at, int size)
    {
        if (size < 4)
            return false;
        byte subtype = d.U8(at + 3);
        LldpPrinter.SaySubtype(ref d, NameOf(subtype), subtype);
        switch (subtype)
        {
            case 1 when size >= 9:
                int kind = d.U16(at + 7);
                LldpPrinter.SayFlags(ref d, "\n\t    autonegotiation ["u8, Negotiation, d.U8(at + 4), "none"u8, 2);
                LldpPrinter.SayFlags(ref d, "\n\t    PMD autoneg capability ["u8, Speeds, d.U16(at + 5), "unknown"u8, 4);
                d.Say("\n\t    MAU type "u8);
                d.NameOr(UnitName(kind), "unknown"u8);
                d.Say(" (0x"u8, (ulong)kind, 4);
                d.Say(")"u8);
                break;
            case 2 when size >= 7:
                byte pair = d.U8(at + 5), level = d.U8(at + 6);
                d.Say("\n\t    MDI power support ["u8);
                d.Flags(Power, d.U8(at + 4), ", "u8, "none"u8);
                d.Say("], power pair "u8);
                d.Say(pair switch { 1 => "signal"u8, 2 => "spare"u8, _ => "unknown"u8 });
                d.Say(", power class "u8);
                d.NameOr(level is >= 1 and <= 5 ? default : "unknown"u8, "class"u8, level - 1);
                break;
            case 3 when size >= 9:
                d.Say("\n\t    aggregation status ["u8);
                d.Flags(Negotiation, d.U8(at + 4), ", "u8, "none"u8);
                d.Say("], aggregation port ID "u8, d.U32(at + 5));
                break;
            case 4 when size >= 6:
                d.Number("\n\t    MTU size "u8, "mtu"u8, d.U16(at + 4));
                break;
            default:
                return NameOf(subtype).IsEmpty;
        }
        return false;
    }

    private static ReadOnlySpan<byte> NameOf(byte subtype) => subtype switch
    {
        1 => "MAC/PHY configuration/status"u8,
        2 => "Power via MDI"u8,
        3 => "Link aggregation"u8,
        4 => "Max frame size"u8,
        _ => default,
    };

    private static ReadOnlySpan<byte> UnitName(int unit) => unit switch
    {
        0 => "Unknown"u8,
        1 => "AUI"u8,
        2 => "10BASE_5"u8,
        3 => "FOIRL"u8,
        4 => "10BASE2"u8,
        5 => "10BASET duplex mode unknown"u8,
        6 => "10BASEFP"u8,
        7 => "10BASEFB"u8,
        8 => "10BASEFL duplex mode unknown"u8,
        9 => "10BROAD36"u8,
        10 => "10BASET hdx"u8,
        11 => "10BASET fdx"u8,
        12 => "10BASEFL hdx"u8,
        13 => "10BASEFL fdx"u8,
        14 => "100BASET4"u8,
        15 => "100BASETX hdx"u8,
        16 => "100BASETX fdx"u8,
        17 => "100BASEFX hdx"u8,
        18 => "100BASEFX fdx"u8,
        19 => "100BASET2 hdx"u8,
        20 => "100BASET2 fdx"u8,
        21 => "1000BASEX hdx"u8,
        22 => "1000BASEX fdx"u8,
        23 => "1000BASELX hdx"u8,
        24 => "1000BASELX fdx"u8,
        25 => "1000BASESX hdx"u8,
        26 => "1000BASESX fdx"u8,
        27 => "1000BASECX hdx"u8,
        28 => "1000BASECX fdx"u8,
        29 => "1000BASET hdx"u8,
        30 => "1000BASET fdx"u8,
        31 => "10GBASEX"u8,
        32 => "10GBASELX4"u8,
        33 => "10GBASER"u8,
        34 => "10GBASEER"u8,
        35 => "10GBASELR"u8,
        36 => "10GBASESR"u8,
        37 => "10GBASEW"u8,
        38 => "10GBASEEW"u8,
        39 => "10GBASELW"u8,
        40 => "10GBASESW"u8,
        _ => default,
    };
}
