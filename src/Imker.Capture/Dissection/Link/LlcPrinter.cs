namespace Imker.Capture.Dissection;

/// <summary>Logical link control (IEEE 802.2), with the SNAP header behind it.</summary>
internal static class LlcPrinter
{
    private const int
        GroupBit = 1,
        ResponseBit = 1,
        UnnumberedFormat = 3,
        SupervisoryFormat = 1,
        UnnumberedPoll = 0x10,
        InformationPoll = 0x0100,
        Ui = 0x03,
        Xid = 0xaf,
        XidFormat = 0x81;

    private const int
        IpSap = 0x06,
        SpanningTreeSap = 0x42,
        SnapSap = 0xaa,
        GlobalSap = 0xff;

    /// <param name="ether">Where the Ethernet header is; negative where there is none.</param>
    /// <returns>Bytes of the header, negative where nobody knows what is behind it.</returns>
    public static int Print(ref Dissection d, int at, int length, int captured, int ether)
    {
        d.Protocol = "llc"u8;
        if (captured < 3 || length < 3)
            return SayTooShort(ref d, at, captured, length);
        int control = d.U8(at + 2);
        bool isUnnumbered = (control & UnnumberedFormat) == UnnumberedFormat;
        if (!isUnnumbered)
        {
            if (captured < 4 || length < 4)
                return SayTooShort(ref d, at, captured, length);
            control = d.U16Little(at + 2);
        }
        int header = isUnnumbered ? 3 : 4;
        int destination = d.U8(at), source = d.U8(at + 1);
        if (destination == GlobalSap && source == GlobalSap)
        {
            d.Say(d.Context.ShowsLink ? "IPX 802.3: IPX"u8 : "IPX"u8);
            return 0;
        }
        PrintHeader(ref d, destination, source, control, isUnnumbered);
        destination &= ~GroupBit;
        int service = source & ~ResponseBit;
        if (control == Ui && destination == service)
        {
            switch (destination)
            {
                case SnapSap:
                    return SnapPrinter.TryPrint(ref d, at + header, length - header, captured - header, ether) ? header + 5 : -(header + 5);
                case SpanningTreeSap:
                    StpPrinter.Print(ref d, at + header, length - header);
                    return header;
                case IpSap:
                    Ipv4Printer.Print(ref d, at + header, length - header);
                    return header;
            }
        }
        if (!d.Context.ShowsLink)
            PrintServices(ref d, destination, service, ether);
        return isUnnumbered
            ? PrintUnnumbered(ref d, at + header, length - header, captured - header, control, source)
            : PrintNumbered(ref d, length, control, source);
    }

    private static int SayTooShort(ref Dissection d, int at, int captured, int length)
    {
        d.SayTruncated();
        d.UnknownAlways(at, captured);
        return Math.Min(captured, length);
    }

    private static void PrintHeader(ref Dissection d, int destination, int source, int control, bool isUnnumbered)
    {
        d.Layer("llc"u8);
        d.Note("dsap"u8, destination);
        d.Note("ssap"u8, source);
        d.Note("control"u8, control);
        if (!d.Context.ShowsLink)
            return;
        d.Say("LLC, dsap "u8);
        d.NameOr(SapName(destination & ~GroupBit), "Unknown"u8);
        d.Say(" (0x"u8, (ulong)(destination & ~GroupBit), 2);
        d.Say((destination & GroupBit) != 0 ? ") Group, ssap "u8 : ") Individual, ssap "u8);
        d.NameOr(SapName(source & ~ResponseBit), "Unknown"u8);
        d.Say(" (0x"u8, (ulong)(source & ~ResponseBit), 2);
        d.Say((source & ResponseBit) != 0 ? ") Response, ctrl 0x"u8 : ") Command, ctrl 0x"u8);
        d.Hex((ulong)control, isUnnumbered ? 2 : 4);
        d.Say(": "u8);
    }

    private static void PrintServices(ref Dissection d, int destination, int source, int ether)
    {
        if (ether >= 0)
        {
            d.Mac(ether + 6);
            d.Say(" "u8);
        }
        if (destination != source)
        {
            d.NameOrHex(SapName(source), "Unknown SSAP 0x"u8, (ulong)source, 2);
            d.Say(" "u8);
        }
        if (ether >= 0 || destination != source)
            d.Say("> "u8);
        if (ether >= 0)
        {
            d.Mac(ether);
            d.Say(" "u8);
        }
        d.NameOrHex(SapName(destination), "Unknown DSAP 0x"u8, (ulong)destination, 2);
        d.Say(" "u8);
    }

    private static int PrintUnnumbered(ref Dissection d, int at, int length, int captured, int control, int source)
    {
        d.Say("Unnumbered, "u8);
        int command = control & ~UnnumberedPoll;
        d.NameOrHex(CommandName(command), default, (ulong)command, 2);
        d.Say(", Flags ["u8);
        d.Say(FlagName(source & ResponseBit | control & UnnumberedPoll));
        d.Say("], length "u8, length + 3);
        if (command != Xid)
            return -3;
        if (length == 0)
            return 3;
        if (captured < 1)
        {
            d.SayTruncated();
            return 3;
        }
        if (d.U8(at) != XidFormat)
            return -3;
        if (captured < 3 || length < 3)
        {
            d.SayTruncated();
            d.UnknownAlways(at, captured);
            return 3;
        }
        d.Say(": "u8, d.U8(at + 1), 2);
        d.Say(" "u8, d.U8(at + 2), 2);
        return 3;
    }

    private static int PrintNumbered(ref Dissection d, int length, int control, int source)
    {
        int flags = source & ResponseBit | control & InformationPoll;
        if ((control & SupervisoryFormat) != 0)
        {
            int command = control >> 2 & 3;
            d.Say("Supervisory, "u8);
            d.Say(command switch { 0 => "Receiver Ready"u8, 1 => "Receiver not Ready"u8, 2 => "Reject"u8, _ => "?"u8 });
            d.Say(", rcv seq "u8, control >> 9 & 0x7f);
        }
        else
        {
            d.Say("Information, send seq "u8, control >> 1 & 0x7f);
            d.Say(", rcv seq "u8, control >> 9 & 0x7f);
        }
        d.Say(", Flags ["u8);
        d.Say(FlagName(flags));
        d.Say("], length "u8, length);
        return (control & SupervisoryFormat) != 0 ? 4 : -4;
    }

    private static ReadOnlySpan<byte> FlagName(int flags) => flags switch
    {
        0 => "Command"u8,
        ResponseBit => "Response"u8,
        UnnumberedPoll or InformationPoll => "Poll"u8,
        ResponseBit | UnnumberedPoll or ResponseBit | InformationPoll => "Final"u8,
        _ => "?"u8,
    };

    private static ReadOnlySpan<byte> CommandName(int command) => command switch
    {
        Ui => "ui"u8,
        0xe3 => "test"u8,
        Xid => "xid"u8,
        0x63 => "ua"u8,
        0x43 => "disc"u8,
        0x0f => "dm"u8,
        0x6f => "sabme"u8,
        0x87 => "frmr"u8,
        _ => default,
    };

    private static ReadOnlySpan<byte> SapName(int sap) => sap switch
    {
        0x00 => "Null"u8,
        GlobalSap => "Global"u8,
        0x02 => "802.1B I"u8,
        0x03 => "802.1B G"u8,
        IpSap => "IP"u8,
        0x04 => "SNA"u8,
        0x0e => "ProWay NM"u8,
        SpanningTreeSap => "STP"u8,
        0x4e => "RS511"u8,
        0x7e => "ISO8208"u8,
        0x8e => "ProWay"u8,
        SnapSap => "SNAP"u8,
        0xe0 => "IPX"u8,
        0xf0 => "NetBeui"u8,
        0xfe => "OSI"u8,
        _ => default,
    };
}
