namespace Imker.Capture.Dissection;

/// <summary>The longer forms of spanning tree: multiple (IEEE 802.1Q clause 14) and shortest path bridging (IEEE 802.1aq).</summary>
internal static class MultipleStpPrinter
{
    private const int ThirdLength = 36, Instances = 102, InstanceLength = 16, ConfigurationLength = 64;

    public static void Print(ref Dissection d, int at, int length)
    {
        byte flags = d.U8(at + 4);
        d.NoteFlags("flags"u8, StpPrinter.BridgeFlags, flags);
        d.Say(", CIST Flags ["u8);
        d.Flags(StpPrinter.BridgeFlags, flags, ", "u8, "none"u8);
        d.Say("], length "u8, length);
        if (!d.IsVerbose)
            return;
        d.Say("\n\tport-role "u8);
        d.Say(StpPrinter.RoleName(flags));
        d.Say(", "u8);
        SayBridgeAndCost(ref d, "CIST root-id "u8, at + 5, ", CIST ext-pathcost "u8, at + 13);
        if (!d.Require(at + 17, 8))
            return;
        d.Say("\n\tCIST regional-root-id "u8);
        StpPrinter.SayBridge(ref d, at + 17);
        d.Say(", "u8);
        ushort port = d.U16(at + 25);
        d.Say("CIST port-id "u8, port, 4);
        d.Say(","u8);
        StpPrinter.SayTimes(ref d, at);
        d.Say("\n\tv3len "u8, d.U16(at + ThirdLength), ", "u8);
        d.Say("MCID Name "u8);
        d.PaddedTextOrStop(at + 39, 32);
        SayRevision(ref d, at + 71, ", rev "u8, ","u8, at + 73);
        d.Say(", "u8);
        d.Say("CIST int-root-pathcost "u8, d.U32(at + 89), ","u8);
        if (!d.Require(at + 93, 8))
            return;
        d.Say("\n\tCIST bridge-id "u8);
        StpPrinter.SayBridge(ref d, at + 93);
        d.Say(", "u8);
        byte hops = d.U8(at + 101);
        d.Say("CIST remaining-hops "u8, hops);
        int left = d.U16(at + ThirdLength) - ConfigurationLength;
        for (int instance = at + Instances; left >= InstanceLength && !d.IsStopped; instance += InstanceLength, left -= InstanceLength)
            PrintInstance(ref d, instance);
    }

    public static void PrintShortestPath(ref Dissection d, int at)
    {
        if (!d.IsVerbose)
            return;
        d.Say("\n\tv4len "u8, d.U16(at), ", "u8);
        d.Say("AUXMCID Name "u8);
        d.PaddedTextOrStop(at + 3, 32);
        SayRevision(ref d, at + 35, ", Rev "u8, ","u8, at + 37);
        if (!d.Require(at + 53, 6) || !d.Require(at + 67, 20))
            return;
        byte agreement = d.U8(at + 53), format = d.U8(at + 55), convention = d.U8(at + 56);
        d.Say("\n\tAgreement num "u8, agreement >> 6);
        d.Say(", Discarded Agreement num "u8, agreement >> 4 & 3);
        d.Say(", Agreement valid-flag "u8, agreement >> 3 & 1);
        d.Say(",\n\tRestricted role-flag: "u8, agreement >> 2 & 1);
        d.Say(", Format id "u8, format >> 4);
        d.Say(" cap "u8, format);
        d.Say(", Convention id "u8, convention >> 4);
        d.Say(" cap "u8, convention);
        d.Say(",\n\tEdge count "u8, d.U16(at + 57));
        d.Say(", Agreement digest "u8);
        d.HexBytes(d.Packet.Slice(at + 67, 20));
    }

    private static void SayBridgeAndCost(ref Dissection d, ReadOnlySpan<byte> first, int bridge, ReadOnlySpan<byte> second, int costAt)
    {
        if (!d.Require(bridge, 8))
            return;
        uint cost = d.U32(costAt);
        d.Say(first);
        StpPrinter.SayBridge(ref d, bridge);
        d.Say(second, cost);
    }

    private static void SayRevision(ref Dissection d, int at, ReadOnlySpan<byte> before, ReadOnlySpan<byte> after, int digest)
    {
        ushort revision = d.U16(at);
        if (!d.Require(digest, 16))
            return;
        d.Say(before, revision, after);
        d.Say("\n\t\tdigest "u8);
        d.HexBytes(d.Packet.Slice(digest, 16));
    }

    private static void PrintInstance(ref Dissection d, int at)
    {
        int id = d.U16(at + 1) & 0xfff;
        byte flags = d.U8(at);
        d.Say("\n\tMSTI "u8, id, ", Flags ["u8);
        d.Flags(StpPrinter.BridgeFlags, flags, ", "u8, "none"u8);
        d.Say("], port-role "u8);
        d.Say(StpPrinter.RoleName(flags));
        SayBridgeAndCost(ref d, "\n\t\tMSTI regional-root-id "u8, at + 1, ", pathcost "u8, at + 9);
        if (!d.Require(at + 13, 3))
            return;
        d.Say("\n\t\tMSTI bridge-prio "u8, d.U8(at + 13) >> 4);
        d.Say(", port-prio "u8, d.U8(at + 14) >> 4);
        d.Say(", hops "u8, d.U8(at + 15));
    }
}
