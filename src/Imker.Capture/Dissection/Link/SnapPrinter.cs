namespace Imker.Capture.Dissection;

/// <summary>The subnetwork access header behind LLC: an organisation and what it calls the protocol.</summary>
internal static class SnapPrinter
{
    private const int HeaderLength = 5;
    private const int BridgePadding = 2;

    /// <returns>False where nobody knows the protocol.</returns>
    public static bool TryPrint(ref Dissection d, int at, int length, int captured, int ether)
    {
        d.Protocol = "snap"u8;
        if (!d.Has(at, HeaderLength) || captured < HeaderLength || length < HeaderLength)
        {
            if (d.Has(at, HeaderLength))
                d.SayTruncated();
            else
                d.Stop();
            return true;
        }
        uint organisation = d.U24(at);
        int protocol = d.U16(at + 3);
        d.Layer("snap"u8);
        d.Note("oui"u8, organisation);
        d.Note("pid"u8, protocol);
        length -= HeaderLength;
        if (d.Context.ShowsLink)
        {
            d.Say("oui "u8);
            SayProtocol(ref d, organisation, protocol, length, organisation == Oui.Ethernet ? ", ethertype "u8 : ", pid "u8);
        }
        if (TryPrintPayload(ref d, organisation, protocol, at + HeaderLength, length, captured - HeaderLength, ether))
            return true;
        if (d.Context.ShowsLink)
            return false;
        if (ether >= 0)
        {
            d.Mac(ether + 6);
            d.Say(" > "u8);
            d.Mac(ether);
            d.Say(" "u8);
        }
        if (organisation == Oui.Ethernet)
        {
            d.Say("SNAP, ethertype "u8);
            d.NameOr(EtherTypeName.Of(protocol), "Unknown"u8);
            d.Say(" (0x"u8, (ulong)protocol, 4);
            d.Say("), length "u8, length, ": "u8);
        }
        else
        {
            d.Say("SNAP, oui "u8);
            SayProtocol(ref d, organisation, protocol, length, ", pid "u8);
        }
        return false;
    }

    private static bool TryPrintPayload(ref Dissection d, uint organisation, int protocol, int at, int length, int captured, int ether)
    {
        switch (organisation)
        {
            case Oui.Ethernet or Oui.Cisco90:
                return EtherPayloadPrinter.TryPrint(ref d, protocol, at, length, captured, ether);
            case Oui.Cisco when protocol is 0x010b or 0x010c:
                StpPrinter.Print(ref d, at, length);
                return true;
            case Oui.Bridged when protocol is 0x0001 or 0x0007:
                EthernetPrinter.Print(ref d, at + BridgePadding, length - BridgePadding, captured - BridgePadding);
                return true;
            case Oui.Bridged when protocol == 0x000e:
                StpPrinter.Print(ref d, at, length);
                return true;
            default:
                return false;
        }
    }

    private static void SayProtocol(ref Dissection d, uint organisation, int protocol, int length, ReadOnlySpan<byte> what)
    {
        d.NameOr(Oui.NameOf(organisation), "Unknown"u8);
        d.Say(" (0x"u8, organisation, 6);
        d.Say(")"u8);
        d.Say(what);
        d.NameOr(ProtocolName(organisation, protocol), "Unknown"u8);
        d.Say(" (0x"u8, (ulong)protocol, 4);
        d.Say("), length "u8, length, ": "u8);
    }

    private static ReadOnlySpan<byte> ProtocolName(uint organisation, int protocol) => organisation switch
    {
        Oui.Ethernet or Oui.Cisco90 or Oui.AppleTalk => EtherTypeName.Of(protocol),
        Oui.Cisco => protocol switch
        {
            0x2000 => "CDP"u8,
            0x2003 => "VTP"u8,
            0x2004 => "DTP"u8,
            0x0111 => "UDLD"u8,
            0x010b => "PVST"u8,
            0x010c => "VLAN Bridge"u8,
            _ => default,
        },
        Oui.Bridged => protocol switch
        {
            0x0001 => "Ethernet + FCS"u8,
            0x0007 => "Ethernet w/o FCS"u8,
            0x0002 => "802.4 + FCS"u8,
            0x0008 => "802.4 w/o FCS"u8,
            0x0003 => "Token Ring + FCS"u8,
            0x0009 => "Token Ring w/o FCS"u8,
            0x0004 => "FDDI + FCS"u8,
            0x000a => "FDDI w/o FCS"u8,
            0x0005 => "802.6 + FCS"u8,
            0x000b => "802.6 w/o FCS"u8,
            0x000e => "BPDU"u8,
            _ => default,
        },
        _ => default,
    };
}
