namespace Imker.Capture.Dissection;

/// <summary>The data centre bridging exchange protocol before its standard, revision 1.01.</summary>
internal static class LldpExchange
{
    private const int Control = 1, PriorityGroups = 2, FlowControl = 3, Applications = 4;

    /// <returns>Whether nobody knows it.</returns>
    public static bool Print(ref Dissection d, int at, int size)
    {
        if (size < 4)
            return false;
        byte subtype = d.U8(at + 3);
        d.Say("\n\t  "u8);
        d.Say(subtype switch
        {
            1 => "DCB Capability Exchange Protocol Rev 1"u8,
            2 => "DCB Capability Exchange Protocol Rev 1.01"u8,
            _ => "unknown"u8,
        });
        d.Say(" Subtype ("u8, subtype, ")"u8);
        if (subtype == 1)
            return true;
        bool isUnknown = false;
        int left = size - 4;
        at += 4;
        while (left >= 2)
        {
            int word = d.U16(at);
            int type = word >> 9, length = word & 0x1ff;
            isUnknown = false;
            left -= 2;
            at += 2;
            if (type == 0 || length == 0)
                break;
            if (left < length || !TryPrint(ref d, type, at, length, out isUnknown))
                return isUnknown;
            if (d.Verbosity > 1 || isUnknown)
                d.UnknownPart(at, "\n\t    "u8, length);
            left -= length;
            at += length;
        }
        return isUnknown;
    }

    private static bool TryPrint(ref Dissection d, int type, int at, int length, out bool isUnknown)
    {
        isUnknown = type is < Control or > Applications;
        if (isUnknown)
            return true;
        if (length < (type switch { Control => 10, PriorityGroups => 17, FlowControl => 6, _ => 4 }))
            return false;
        d.Say(type switch
        {
            Control => "\n\t    Control - Protocol Control (type 0x"u8,
            PriorityGroups => "\n\t    Feature - Priority Group (type 0x"u8,
            FlowControl => "\n\t    Feature - Priority Flow Control (type 0x"u8,
            _ => "\n\t    Feature - Application (type 0x"u8,
        }, (ulong)type, 1);
        d.Say(", length "u8, length, ")"u8);
        d.Say("\n\t      Oper_Version: "u8, d.U8(at));
        d.Say("\n\t      Max_Version: "u8, d.U8(at + 1));
        if (type == Control)
        {
            d.Say("\n\t      Sequence Number: "u8, d.U32(at + 2));
            d.Say("\n\t      Acknowledgement Number: "u8, d.U32(at + 6));
            return true;
        }
        PrintFeature(ref d, at);
        if (type == PriorityGroups)
            PrintGroups(ref d, at);
        else if (type == FlowControl)
            PrintFlowControl(ref d, at);
        else
            PrintApplications(ref d, at + 4, length - 4);
        return true;
    }

    private static void PrintFeature(ref Dissection d, int at)
    {
        byte info = d.U8(at + 2);
        d.Say("\n\t      Info block(0x"u8);
        d.Say("0123456789ABCDEF"u8.Slice(info >> 4, 1));
        d.Say("0123456789ABCDEF"u8.Slice(info & 15, 1));
        d.Say("): Enable bit: "u8, info >> 7);
        d.Say(", Willing bit: "u8, info >> 6 & 1);
        d.Say(", Error Bit: "u8, info >> 5 & 1);
        d.Say("\n\t      SubType: "u8, d.U8(at + 3));
    }

    private static void PrintGroups(ref Dissection d, int at)
    {
        d.Say("\n\t      Priority Allocation"u8);
        uint groups = d.U32(at + 4);
        for (int i = 0; i < 8; i++)
        {
            d.Say("\n\t          PgId_"u8, i, ": "u8);
            d.Decimal((long)(groups >> (28 - 4 * i) & 15));
        }
        d.Say("\n\t      Priority Group Allocation"u8);
        for (int i = 0; i < 8; i++)
        {
            d.Say("\n\t          Pg percentage["u8, i, "]: "u8);
            d.Decimal((long)d.U8(at + 8 + i));
        }
        d.Say("\n\t      NumTCsSupported: "u8, d.U8(at + 16));
    }

    private static void PrintFlowControl(ref Dissection d, int at)
    {
        byte bits = d.U8(at + 4);
        d.Say("\n\t      PFC Config (0x"u8);
        d.Say("0123456789ABCDEF"u8.Slice(bits >> 4, 1));
        d.Say("0123456789ABCDEF"u8.Slice(bits & 15, 1));
        d.Say(")"u8);
        for (int i = 0; i < 8; i++)
        {
            d.Say("\n\t          Priority Bit "u8, i, ": "u8);
            d.Say((bits >> i & 1) != 0 ? "Enabled"u8 : "Disabled"u8);
        }
        d.Say("\n\t      NumTCPFCSupported: "u8, d.U8(at + 5));
    }

    private static void PrintApplications(ref Dissection d, int at, int left)
    {
        for (; left >= 6; at += 6, left -= 6)
        {
            uint word = d.U24(at + 2);
            d.Say("\n\t      Application Value"u8);
            d.Say("\n\t          Application Protocol ID: 0x"u8, d.U16(at), 4);
            d.Say("\n\t          SF (0x"u8, word >> 22, 1);
            d.Say((word >> 22) != 0 ? ") Application Protocol ID is Socket Number"u8 : ") Application Protocol ID is L2 EtherType"u8);
            d.Say("\n\t          OUI: 0x"u8, word & 0x3fffff, 6);
            d.Say("\n\t          User Priority Map: 0x"u8, d.U8(at + 5), 2);
        }
    }
}
