namespace Imker.Capture.Dissection;

/// <summary>Link layer discovery (IEEE 802.1AB).</summary>
internal static class LldpPrinter
{
    private const int
        End = 0,
        ChassisId = 1,
        PortId = 2,
        TimeToLive = 3,
        PortDescription = 4,
        SystemName = 5,
        SystemDescription = 6,
        Capabilities = 7,
        ManagementAddress = 8,
        Private = 127;

    private static readonly FlagNames CapabilityNames = new(
        (1, "Other"), (2, "Repeater"), (4, "Bridge"), (8, "WLAN AP"), (16, "Router"), (32, "Telephone"), (64, "Docsis"), (128, "Station Only"));

    public static void Print(ref Dissection d, int at, int length)
    {
        d.Protocol = "lldp"u8;
        d.Layer("lldp"u8);
        d.Say("LLDP, length "u8, length);
        int left = length;
        d.BeginList("tlvs"u8);
        while (left >= 2)
        {
            if (!d.Has(at, 2))
            {
                d.SayTruncated();
                return;
            }
            int word = d.U16(at);
            int type = word >> 9, size = word & 0x1ff;
            at += 2;
            left -= 2;
            if (d.IsVerbose)
            {
                d.Say("\n\t"u8);
                d.NameOr(NameOf(type), "Unknown"u8);
                d.Say(" TLV ("u8, type, "), length "u8);
                d.Decimal(size);
            }
            if (type == End || size == 0)
                return;
            d.BeginItem();
            d.Note("type"u8, type);
            d.Note("name"u8, NameOf(type));
            if (!d.Has(at, size) || left < size || !TryPrint(ref d, type, at, size, out bool isUnknown))
            {
                d.SayTruncated();
                return;
            }
            if (d.Verbosity > 1 || (d.IsVerbose && isUnknown))
                d.UnknownPart(at, "\n\t  "u8, size);
            d.EndItem();
            at += size;
            left -= size;
        }
    }

    private static bool TryPrint(ref Dissection d, int type, int at, int size, out bool isUnknown)
    {
        isUnknown = false;
        if (type == SystemName)
        {
            d.NoteText("system_name"u8, d.Packet.Slice(at, size));
            d.Say(": "u8);
            d.PaddedTextOrStop(at, size);
            return true;
        }
        if (!d.IsVerbose)
            return true;
        switch (type)
        {
            case ChassisId or PortId:
                return LldpIdentifier.TryPrint(ref d, at, size, isPort: type == PortId, out isUnknown);
            case TimeToLive:
                if (size < 2)
                    return false;
                d.Number(": TTL "u8, "ttl"u8, d.U16(at));
                d.Say("s"u8);
                return true;
            case PortDescription:
                d.NoteText("port_description"u8, d.Packet.Slice(at, size));
                d.Say(": "u8);
                d.PaddedTextOrStop(at, size);
                return true;
            case SystemDescription:
                d.NoteText("system_description"u8, d.Packet.Slice(at, size));
                d.Say("\n\t  "u8);
                d.PaddedTextOrStop(at, size);
                return true;
            case Capabilities:
                return TryPrintCapabilities(ref d, at, size);
            case ManagementAddress:
                return LldpAddress.TryPrintManagement(ref d, at, size);
            case Private:
                return TryPrintPrivate(ref d, at, size, out isUnknown);
            default:
                isUnknown = true;
                return true;
        }
    }

    private static bool TryPrintCapabilities(ref Dissection d, int at, int size)
    {
        if (size < 4)
            return false;
        uint able = d.U16(at), enabled = d.U16(at + 2);
        d.NoteFlags("capabilities"u8, CapabilityNames, able);
        d.NoteFlags("enabled_capabilities"u8, CapabilityNames, enabled);
        SayFlags(ref d, "\n\t  System  Capabilities ["u8, CapabilityNames, able, "none"u8, 4);
        SayFlags(ref d, "\n\t  Enabled Capabilities ["u8, CapabilityNames, enabled, "none"u8, 4);
        return true;
    }

    /// <summary>Names of bits, and the bits.</summary>
    public static void SayFlags(ref Dissection d, ReadOnlySpan<byte> title, FlagNames names, uint value, ReadOnlySpan<byte> none, int digits)
    {
        d.Say(title);
        d.Flags(names, value, ", "u8, none);
        d.Say("] (0x"u8, value, digits);
        d.Say(")"u8);
    }

    private static bool TryPrintPrivate(ref Dissection d, int at, int size, out bool isUnknown)
    {
        isUnknown = false;
        if (size < 3)
            return false;
        uint organisation = d.U24(at);
        d.Say(": OUI "u8);
        d.NameOr(OrganisationName(organisation), "Unknown"u8);
        d.Say(" (0x"u8, organisation, 6);
        d.Say(")"u8);
        isUnknown = organisation switch
        {
            Oui.Bridged => Lldp8021.Print(ref d, at, size),
            Oui.Ieee8023 => Lldp8023.Print(ref d, at, size),
            Oui.Iana => PrintIana(ref d, at, size),
            Oui.Tia => LldpMedia.Print(ref d, at, size),
            Oui.Dcbx => LldpExchange.Print(ref d, at, size),
            _ => true,
        };
        return true;
    }

    /// <summary>What an organisation's own value is.</summary>
    /// <param name="name">Empty where it is not known.</param>
    public static void SaySubtype(ref Dissection d, ReadOnlySpan<byte> name, byte subtype)
    {
        d.Say("\n\t  "u8);
        d.NameOr(name, "unknown"u8);
        d.Say(" Subtype ("u8, subtype, ")"u8);
    }

    private static bool PrintIana(ref Dissection d, int at, int size)
    {
        if (size < 8)
            return false;
        byte subtype = d.U8(at + 3);
        SaySubtype(ref d, subtype == 1 ? "MUD-URL"u8 : default, subtype);
        if (subtype != 1)
            return true;
        d.Say("\n\t  MUD-URL="u8);
        d.TextOrStop(at + 4, size - 4);
        return false;
    }

    private static ReadOnlySpan<byte> OrganisationName(uint organisation) => organisation switch
    {
        Oui.Ethernet => "Ethernet"u8,
        Oui.Iana => "IANA"u8,
        Oui.Cisco => "Cisco"u8,
        Oui.Cisco90 => "Cisco bridged"u8,
        Oui.Bridged => "Ethernet bridged"u8,
        Oui.Ieee8023 => "IEEE 802.3 Private"u8,
        Oui.Tia => "ANSI/TIA"u8,
        Oui.Dcbx => "DCBX"u8,
        _ => default,
    };

    private static ReadOnlySpan<byte> NameOf(int type) => type switch
    {
        End => "End"u8,
        ChassisId => "Chassis ID"u8,
        PortId => "Port ID"u8,
        TimeToLive => "Time to Live"u8,
        PortDescription => "Port Description"u8,
        SystemName => "System Name"u8,
        SystemDescription => "System Description"u8,
        Capabilities => "System Capabilities"u8,
        ManagementAddress => "Management Address"u8,
        Private => "Organization specific"u8,
        _ => default,
    };
}
