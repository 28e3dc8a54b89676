namespace Imker.Capture.Dissection;

/// <summary>What telephones and other endpoints add to LLDP (ANSI/TIA-1057).</summary>
internal static class LldpMedia
{
    private static readonly FlagNames Abilities = new(
        (1, "LLDP-MED capabilities"),
        (2, "network policy"),
        (4, "location identification"),
        (8, "extended power via MDI-PSE"),
        (16, "extended power via MDI-PD"),
        (32, "Inventory"));

    private static readonly FlagNames PolicyFlags = new((0x80, "Unknown"), (0x40, "Tagged"), (0x20, "reserved"));

    private const int HighestPower = 1024;

    /// <returns>Whether nobody knows it.</returns>
    public static bool Print(ref Dissection d, int at, int size)
    {
        if (size < 4)
            return false;
        byte subtype = d.U8(at + 3);
        LldpPrinter.SaySubtype(ref d, NameOf(subtype), subtype);
        switch (subtype)
        {
            case 1 when size >= 7:
                byte device = d.U8(at + 6);
                LldpPrinter.SayFlags(ref d, "\n\t    Media capabilities ["u8, Abilities, d.U16(at + 4), "none"u8, 4);
                d.Say("\n\t    Device type ["u8);
                d.NameOr(DeviceName(device), "unknown"u8);
                d.Say("] (0x"u8, device, 2);
                d.Say(")"u8);
                break;
            case 2 when size >= 8:
                PrintPolicy(ref d, at);
                break;
            case 3 when size >= 5:
                LldpLocation.Print(ref d, at, size);
                break;
            case 4 when size >= 7:
                PrintPower(ref d, at);
                break;
            case >= 5 and <= 11:
                d.Say("\n\t  "u8);
                d.Say(InventoryName(subtype));
                d.Say(" "u8);
                d.PaddedTextOrStop(at + 4, size - 4);
                break;
            default:
                return NameOf(subtype).IsEmpty;
        }
        return false;
    }

    private static void PrintPolicy(ref Dissection d, int at)
    {
        byte application = d.U8(at + 4);
        d.Say("\n\t    Application type ["u8);
        d.NameOr(ApplicationName(application), "none"u8);
        d.Say("] (0x"u8, application, 2);
        d.Say(")"u8);
        d.Say(", Flags ["u8);
        d.Flags(PolicyFlags, d.U8(at + 5), ", "u8, "none"u8);
        d.Say("]\n\t    Vlan id "u8, (d.U16(at + 5) & 0x1ffe) >> 1);
        d.Say(", L2 priority "u8, (d.U16(at + 6) & 0x1ff) >> 6);
        d.Say(", DSCP value "u8, d.U16(at + 6) & 0x3f);
    }

    private static void PrintPower(ref Dissection d, int at)
    {
        byte word = d.U8(at + 4);
        // tcpdump's expression tests the two lowest bits.
        d.Say((word & 3) != 0 ? "\n\t    Power type [PD device]"u8 : "\n\t    Power type [PSE device]"u8);
        d.Say(", Power source ["u8);
        d.Say((word >> 4 & 3) switch
        {
            1 => "PSE - primary power source"u8,
            2 => "local - backup power source"u8,
            3 => "PSE+local - reserved"u8,
            _ => "none"u8,
        });
        d.Say("]\n\t    Power priority ["u8);
        d.Say((word & 15) switch { 1 => "critical"u8, 2 => "high"u8, 3 => "low"u8, _ => "none"u8 });
        d.Say("] (0x"u8, (ulong)(word & 15), 2);
        d.Say(")"u8);
        int power = d.U16(at + 5);
        if (power >= HighestPower)
        {
            d.Say(", Power "u8, power, " (Reserved)"u8);
            return;
        }
        d.Say(", Power "u8, power / 10, "."u8);
        d.Say(default, power % 10, " Watts"u8);
    }

    private static ReadOnlySpan<byte> NameOf(byte subtype) => subtype switch
    {
        1 => "LLDP-MED Capabilities"u8,
        2 => "Network policy"u8,
        3 => "Location identification"u8,
        4 => "Extended power-via-MDI"u8,
        5 => "Inventory - hardware revision"u8,
        6 => "Inventory - firmware revision"u8,
        7 => "Inventory - software revision"u8,
        8 => "Inventory - serial number"u8,
        9 => "Inventory - manufacturer name"u8,
        10 => "Inventory - model name"u8,
        11 => "Inventory - asset ID"u8,
        _ => default,
    };

    private static ReadOnlySpan<byte> InventoryName(byte subtype) => subtype switch
    {
        5 => "Hardware revision"u8,
        6 => "Firmware revision"u8,
        7 => "Software revision"u8,
        8 => "Serial number"u8,
        9 => "Manufacturer name"u8,
        10 => "Model name"u8,
        _ => "Asset ID"u8,
    };

    private static ReadOnlySpan<byte> DeviceName(byte device) => device switch
    {
        1 => "endpoint class 1"u8,
        2 => "endpoint class 2"u8,
        3 => "endpoint class 3"u8,
        4 => "network connectivity"u8,
        _ => default,
    };

    private static ReadOnlySpan<byte> ApplicationName(byte application) => application switch
    {
        1 => "voice"u8,
        2 => "voice signaling"u8,
        3 => "guest voice"u8,
        4 => "guest voice signaling"u8,
        5 => "softphone voice"u8,
        6 => "video conferencing"u8,
        7 => "streaming video"u8,
        8 => "video signaling"u8,
        _ => default,
    };
}
