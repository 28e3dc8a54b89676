namespace Imker.Capture.Dissection;

/// <summary>Where an endpoint stands (ANSI/TIA-1057 section 10.2.4).</summary>
internal static class LldpLocation
{
    private const byte Coordinates = 1, Civic = 2, EmergencyNumber = 3;

    public static void Print(ref Dissection d, int at, int size)
    {
        byte format = d.U8(at + 4);
        d.Say("\n\t    Location data format "u8);
        d.Say(format switch
        {
            Coordinates => "coordinate-based LCI"u8,
            Civic => "civic address LCI"u8,
            EmergencyNumber => "ECS ELIN"u8,
            _ => "unknown"u8,
        });
        d.Say(" (0x"u8, format, 2);
        d.Say(")"u8);
        switch (format)
        {
            case Coordinates:
                if (size >= 21)
                    PrintCoordinates(ref d, at);
                break;
            case Civic:
                PrintCivic(ref d, at, size);
                break;
            case EmergencyNumber:
                d.Say("\n\t    ECS ELIN id "u8);
                d.PaddedTextOrStop(at + 5, size - 5);
                break;
            default:
                d.Say("\n\t    Location ID "u8);
                d.UnknownPart(at + 5, "\n\t      "u8, size - 5);
                break;
        }
    }

    private static void PrintCoordinates(ref Dissection d, int at)
    {
        d.Say("\n\t    Latitude resolution "u8, d.U8(at + 5) >> 2, ", latitude value "u8);
        d.Decimal((ulong)(d.U8(at + 5) & 3) << 32 | d.U32(at + 6));
        d.Say("\n\t    Longitude resolution "u8, d.U8(at + 10) >> 2, ", longitude value "u8);
        d.Decimal((ulong)(d.U8(at + 10) & 3) << 32 | d.U32(at + 11));
        int altitude = d.U8(at + 15) >> 4;
        d.Say("\n\t    Altitude type "u8);
        d.Say(altitude switch { 1 => "meters"u8, 2 => "floors"u8, _ => "unknown"u8 });
        d.Say(" ("u8, altitude, ")"u8);
        d.Say("\n\t    Altitude resolution "u8, d.U16(at + 15) >> 6 & 0x3f);
        d.Say(", altitude value 0x"u8, d.U32(at + 16) & 0x3fffffff, 1);
        byte datum = d.U8(at + 20);
        d.Say("\n\t    Datum "u8);
        d.Say(datum switch
        {
            1 => "World Geodesic System 1984"u8,
            2 => "North American Datum 1983 (NAVD88)"u8,
            3 => "North American Datum 1983 (MLLW)"u8,
            _ => "unknown"u8,
        });
        d.Say(" (0x"u8, datum, 2);
        d.Say(")"u8);
    }

    private static void PrintCivic(ref Dissection d, int at, int size)
    {
        if (size < 6)
            return;
        int left = d.U8(at + 5);
        if (left < 3 || size < 7 + left)
            return;
        byte what = d.U8(at + 6);
        d.Say("\n\t    LCI length "u8, left, ", LCI what "u8);
        d.Say(what switch
        {
            0 => "location of DHCP server"u8,
            1 => "location of the network element believed to be closest to the client"u8,
            2 => "location of the client"u8,
            _ => "unknown"u8,
        });
        d.Say(" (0x"u8, what, 2);
        d.Say("), Country-code "u8);
        d.PaddedTextOrStop(at + 7, 2);
        at += 9;
        left -= 3;
        while (left >= 2)
        {
            byte kind = d.U8(at);
            int length = d.U8(at + 1);
            at += 2;
            left -= 2;
            d.Say("\n\t      CA type '"u8);
            d.Say(PartName(kind));
            d.Say("' ("u8, kind, "), length "u8);
            d.Say(default, length, ": "u8);
            if (kind == 0 || length == 0 || left < length)
                return;
            d.PaddedTextOrStop(at, length);
            at += length;
            left -= length;
        }
    }

    private static ReadOnlySpan<byte> PartName(byte kind) => kind switch
    {
        1 => "national subdivisions (state,canton,region,province,prefecture)"u8,
        2 => "county, parish, gun, district"u8,
        3 => "city, township, shi"u8,
        4 => "city division, borough, city district, ward chou"u8,
        5 => "neighborhood, block"u8,
        6 => "street"u8,
        _ => "unknown"u8,
    };
}
