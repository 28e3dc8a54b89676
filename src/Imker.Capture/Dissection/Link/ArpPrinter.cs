namespace Imker.Capture.Dissection;

/// <summary>Address resolution and its reverse (RFC 826, 903, 2390).</summary>
internal static class ArpPrinter
{
    private const int HeaderLength = 8;
    private const int FrameRelay = 15, Atm = 19;

    public static void Print(ref Dissection d, int at, int length, int captured)
    {
        d.Protocol = "arp"u8;
        if (!d.Require(at, HeaderLength))
            return;
        int hardware = d.U16(at), protocol = d.U16(at + 2), operation = d.U16(at + 6);
        int hardwareLength = d.U8(at + 4), protocolLength = d.U8(at + 5);
        var arp = new ArpAddresses(at + HeaderLength, protocol, hardwareLength, protocolLength, hardware == FrameRelay);
        if (!d.Require(arp.TargetProtocol, protocolLength))
            return;
        NotePacket(ref d, arp, operation);
        if (!d.Context.ShowsLink)
            d.Say("ARP, "u8);
        bool isKnown = arp.IsIp && protocolLength == 4 && hardwareLength != 0;
        if (!isKnown || d.IsVerbose)
        {
            d.NameOr(HardwareName(hardware), "Unknown Hardware ("u8, hardware, ")"u8);
            d.Say(" (len "u8, hardwareLength, "), "u8);
            d.NameOrHex(EtherTypeName.Of(protocol), "Unknown Protocol (0x"u8, (ulong)protocol, 4, ")"u8);
            d.Say(" (len "u8, protocolLength, ")"u8);
        }
        if (isKnown || d.IsVerbose)
        {
            if (d.IsVerbose)
                d.Say(", "u8);
            d.NameOr(OperationName(operation), "Unknown ("u8, operation, ")"u8);
            d.Say(" "u8);
            if (!TryPrintOperation(ref d, arp, operation))
            {
                d.UnknownAlways(at, captured);
                return;
            }
        }
        d.Say(", length "u8, length);
    }

    private static void NotePacket(ref Dissection d, in ArpAddresses arp, int operation)
    {
        if (!d.HasFields)
            return;
        d.Layer("arp"u8);
        d.Note("operation"u8, operation);
        d.Note("operation_name"u8, OperationName(operation));
        if (arp.HardwareLength == 6)
        {
            d.NoteMac("sender_mac"u8, d.Bytes(arp.SenderHardware, 6));
            d.NoteMac("target_mac"u8, d.Bytes(arp.TargetHardware, 6));
        }
        if (arp.IsIp && arp.ProtocolLength == 4)
        {
            d.NoteIp4("sender_ip"u8, d.Bytes(arp.SenderProtocol, 4));
            d.NoteIp4("target_ip"u8, d.Bytes(arp.TargetProtocol, 4));
        }
    }

    private static bool TryPrintOperation(ref Dissection d, in ArpAddresses arp, int operation)
    {
        switch (operation)
        {
            case 1:
                d.Say("who-has "u8);
                arp.SayProtocol(ref d, arp.TargetProtocol);
                if (d.Packet.Slice(arp.TargetHardware, arp.HardwareLength).ContainsAnyExcept((byte)0))
                {
                    d.Say(" ("u8);
                    arp.SayHardware(ref d, arp.TargetHardware);
                    d.Say(")"u8);
                }
                d.Say(" tell "u8);
                arp.SayProtocol(ref d, arp.SenderProtocol);
                return true;
            case 2:
                arp.SayProtocol(ref d, arp.SenderProtocol);
                d.Say(" is-at "u8);
                arp.SayHardware(ref d, arp.SenderHardware);
                return true;
            case 3 or 8:
                d.Say("who-is "u8);
                arp.SayHardware(ref d, arp.TargetHardware);
                d.Say(" tell "u8);
                arp.SayHardware(ref d, arp.SenderHardware);
                return true;
            case 4:
                arp.SayHardware(ref d, arp.TargetHardware);
                d.Say(" at "u8);
                arp.SayProtocol(ref d, arp.TargetProtocol);
                return true;
            case 9:
                arp.SayHardware(ref d, arp.SenderHardware);
                d.Say(" at "u8);
                arp.SayProtocol(ref d, arp.SenderProtocol);
                return true;
            default:
                return false;
        }
    }

    private static ReadOnlySpan<byte> OperationName(int operation) => operation switch
    {
        1 => "Request"u8,
        2 => "Reply"u8,
        3 => "Reverse Request"u8,
        4 => "Reverse Reply"u8,
        8 => "Inverse Request"u8,
        9 => "Inverse Reply"u8,
        10 => "NACK Reply"u8,
        _ => default,
    };

    private static ReadOnlySpan<byte> HardwareName(int hardware) => hardware switch
    {
        1 => "Ethernet"u8,
        6 => "TokenRing"u8,
        7 => "ArcNet"u8,
        FrameRelay => "FrameRelay"u8,
        Atm => "ATM"u8,
        23 => "Strip"u8,
        24 => "IEEE 1394"u8,
        32 => "InfiniBand"u8,
        _ => default,
    };
}
