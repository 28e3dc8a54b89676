namespace Imker.Capture.Dissection;

/// <summary>Spanning tree, rapid and multiple spanning tree (IEEE 802.1D, 802.1w, 802.1s).</summary>
internal static class StpPrinter
{
    private const byte Regular = 0, Rapid = 2, Multiple = 3, ShortestPath = 4;
    private const byte Config = 0x00, RapidType = 0x02, TopologyChange = 0x80;
    private const int ConfigLength = 35, HeaderLength = 36, MultipleLength = 102, PathLength = 87;

    public static readonly FlagNames BridgeFlags = new(
        (0x01, "Topology change"), (0x02, "Proposal"), (0x10, "Learn"), (0x20, "Forward"), (0x40, "Agreement"), (0x80, "Topology change ACK"));

    public static void Print(ref Dissection d, int at, int length)
    {
        d.Protocol = "stp"u8;
        if (length < 4)
        {
            SayTooShort(ref d, length);
            return;
        }
        if (d.U16(at) != 0)
        {
            d.Say("unknown STP version, length "u8, length);
            return;
        }
        byte version = d.U8(at + 2);
        d.Layer("stp"u8);
        d.Note("version"u8, version);
        d.Say("STP "u8);
        d.NameOrHex(VersionName(version), "Unknown STP protocol (0x"u8, version, 2, ")"u8);
        if (VersionName(version).IsEmpty)
            return;
        byte type = d.U8(at + 3);
        d.Note("type"u8, type);
        d.Say(", "u8);
        d.NameOrHex(TypeName(type), "Unknown BPDU Type (0x"u8, type, 2, ")"u8);
        if (type == Config)
            PrintConfig(ref d, at, length, ConfigLength, version);
        else if (type == RapidType && version == Rapid)
            PrintConfig(ref d, at, length, HeaderLength, version);
        else if (type == RapidType && version is Multiple or ShortestPath)
            PrintMultiple(ref d, at, length, version);
    }

    public static void SayBridge(ref Dissection d, int at)
    {
        ReadOnlySpan<byte> bytes = d.Bytes(at, 8);
        d.HexBytes(bytes[..2]);
        d.Say("."u8);
        d.HexBytes(bytes[2..], ":"u8);
    }

    public static ReadOnlySpan<byte> RoleName(int flags) => (flags >> 2 & 3) switch
    {
        1 => "Alternate"u8,
        2 => "Root"u8,
        3 => "Designated"u8,
        _ => "Unknown"u8,
    };

    public static void SayTimes(ref Dissection d, int at)
    {
        ushort age = d.U16(at + 27), max = d.U16(at + 29), hello = d.U16(at + 31), delay = d.U16(at + 33);
        d.Say("\n\tmessage-age "u8);
        d.Fixed(age / 256.0, 2);
        d.Say("s, max-age "u8);
        d.Fixed(max / 256.0, 2);
        d.Say("s, hello-time "u8);
        d.Fixed(hello / 256.0, 2);
        d.Say("s, forwarding-delay "u8);
        d.Fixed(delay / 256.0, 2);
        d.Say("s"u8);
    }

    private static void PrintConfig(ref Dissection d, int at, int length, int needed, byte version)
    {
        if (length < needed)
        {
            SayTooShort(ref d, length);
            return;
        }
        byte flags = d.U8(at + 4);
        d.NoteFlags("flags"u8, BridgeFlags, flags);
        d.Say(", Flags ["u8);
        d.Flags(BridgeFlags, flags, ", "u8, "none"u8);
        d.Say("]"u8);
        if (!d.Require(at + 17, 10))
            return;
        ushort port = d.U16(at + 25);
        d.Note("port"u8, port);
        d.Say(", bridge-id "u8);
        SayBridge(ref d, at + 17);
        d.Say("."u8, port, 4);
        d.Say(", length "u8, length);
        if (!d.IsVerbose)
            return;
        SayTimes(ref d, at);
        if (!d.Require(at + 5, 12))
            return;
        uint cost = d.U32(at + 13);
        d.Note("root_path_cost"u8, cost);
        d.Say("\n\troot-id "u8);
        SayBridge(ref d, at + 5);
        d.Say(", root-pathcost "u8, cost);
        if (version != Rapid)
            return;
        d.Say(", port-role "u8);
        d.Say(RoleName(flags));
    }

    private static void PrintMultiple(ref Dissection d, int at, int length, byte version)
    {
        if (length < MultipleLength)
        {
            SayTooShort(ref d, length);
            return;
        }
        if (d.U8(at + 35) != 0)
        {
            SayTooShort(ref d, length);
            return;
        }
        int third = d.U16(at + HeaderLength) + 2;
        if (length < HeaderLength + third)
        {
            SayTooShort(ref d, length);
            return;
        }
        MultipleStpPrinter.Print(ref d, at, length);
        if (version != ShortestPath)
            return;
        int fourth = d.U16(at + HeaderLength + third) + 2;
        if (length < HeaderLength + third + fourth || fourth < PathLength)
            SayTooShort(ref d, length);
        else
            MultipleStpPrinter.PrintShortestPath(ref d, at + HeaderLength + third);
    }

    private static void SayTooShort(ref Dissection d, int length)
    {
        _ = length;
        d.SayInvalid();
    }

    private static ReadOnlySpan<byte> VersionName(byte version) => version switch
    {
        Regular => "802.1d"u8,
        Rapid => "802.1w"u8,
        Multiple => "802.1s"u8,
        ShortestPath => "802.1aq"u8,
        _ => default,
    };

    private static ReadOnlySpan<byte> TypeName(byte type) => type switch
    {
        Config => "Config"u8,
        RapidType => "Rapid STP"u8,
        TopologyChange => "Topology Change"u8,
        _ => default,
    };
}
