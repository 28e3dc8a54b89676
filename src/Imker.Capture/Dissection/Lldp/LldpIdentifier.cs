namespace Imker.Capture.Dissection;

/// <summary>Which chassis and which port speaks (IEEE 802.1AB sections 8.5.2 and 8.5.3).</summary>
internal static class LldpIdentifier
{
    private const byte
        ChassisMac = 4, ChassisNetwork = 5,
        PortMac = 3, PortNetwork = 4;

    public static bool TryPrint(ref Dissection d, int at, int size, bool isPort, out bool isUnknown)
    {
        isUnknown = false;
        if (size < 2)
            return false;
        byte subtype = d.U8(at);
        d.Say("\n\t  Subtype "u8);
        d.NameOr(isPort ? PortName(subtype) : ChassisName(subtype), "Unknown"u8);
        d.Say(" ("u8, subtype, "): "u8);
        ReadOnlySpan<byte> field = isPort ? "port_id"u8 : "chassis_id"u8;
        if (subtype == (isPort ? PortMac : ChassisMac))
        {
            if (size < 7)
                return false;
            d.Mac(field, at + 1);
            return true;
        }
        if (subtype == (isPort ? PortNetwork : ChassisNetwork))
            return LldpAddress.TryPrint(ref d, field, default, at + 1, size - 1);
        if (subtype is 0 or > 7)
        {
            isUnknown = true;
            return true;
        }
        d.NoteText(field, d.Packet.Slice(at + 1, size - 1));
        d.PaddedTextOrStop(at + 1, size - 1);
        return true;
    }

    private static ReadOnlySpan<byte> ChassisName(byte subtype) => subtype switch
    {
        1 => "Chassis component"u8,
        2 => "Interface alias"u8,
        3 => "Port component"u8,
        ChassisMac => "MAC address"u8,
        ChassisNetwork => "Network address"u8,
        6 => "Interface name"u8,
        7 => "Local"u8,
        _ => default,
    };

    private static ReadOnlySpan<byte> PortName(byte subtype) => subtype switch
    {
        1 => "Interface alias"u8,
        2 => "Port component"u8,
        PortMac => "MAC address"u8,
        PortNetwork => "Network Address"u8,
        5 => "Interface Name"u8,
        6 => "Agent circuit ID"u8,
        7 => "Local"u8,
        _ => default,
    };
}
