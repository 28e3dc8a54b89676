namespace Imker.Capture.Dissection;

/// <summary>What routers of a label switched path add to an error (RFC 4884, 4950).</summary>
internal static class IcmpExtensions
{
    private const int SmallestMessage = 136;
    private const int Extensions = 136;
    private const int ObjectHeader = 4;
    private const byte LabelStack = 1;
    private const int Version = 2;

    public static void Print(ref Dissection d, int at, int length)
    {
        if (length <= SmallestMessage)
            return;
        if (!d.Has(at, Extensions + 5))
        {
            d.SayTruncated();
            return;
        }
        int start = at + Extensions;
        int size = length - Extensions;
        // Without a length in the header only a right checksum tells that these are extensions.
        if (d.U8(at + 5) == 0 && d.Has(start, size) && d.Checksum(start, size) != 0)
            return;
        int version = d.U8(start) >> 4;
        d.Say("\n\tICMP Multi-Part extension v"u8, version);
        if (version != Version)
        {
            d.Say(" packet not supported"u8);
            return;
        }
        if (d.Has(start, size))
        {
            d.Say(", checksum 0x"u8, d.U16(start + 2), 4);
            d.Say(d.Checksum(start, size) != 0 ? " (incorrect), length "u8 : " (correct), length "u8, size);
        }
        PrintObjects(ref d, start + 4, size - 4);
    }

    private static void PrintObjects(ref Dissection d, int at, int left)
    {
        while (left > ObjectHeader)
        {
            if (!d.Has(at, ObjectHeader))
            {
                d.SayTruncated();
                return;
            }
            int size = d.U16(at);
            byte kind = d.U8(at + 2), type = d.U8(at + 3);
            d.Say("\n\t  "u8);
            d.Say(kind switch { LabelStack => "MPLS Stack Entry"u8, 2 => "Interface Identification"u8, _ => "unknown"u8 });
            d.Say(" Object ("u8, kind, "), Class-Type: "u8);
            d.Decimal((long)type);
            d.Say(", length "u8, size);
            at += ObjectHeader;
            left -= ObjectHeader;
            if (kind == 0 || size < ObjectHeader)
                return;
            size -= ObjectHeader;
            if (!TryPrintObject(ref d, at, size, isLabel: kind == LabelStack && type == 1))
                return;
            if (left < size)
                return;
            left -= size;
            at += size;
        }
    }

    private static bool TryPrintObject(ref Dissection d, int at, int size, bool isLabel)
    {
        if (!isLabel)
        {
            d.UnknownPart(at, "\n\t    "u8, size);
            return true;
        }
        if (!d.Has(at, 4))
        {
            d.SayTruncated();
            return false;
        }
        uint entry = d.U32(at);
        d.Say("\n\t    label "u8, entry >> 12);
        d.Say(", tc "u8, entry >> 9 & 7);
        if ((entry & 0x100) != 0)
            d.Say(", [S]"u8);
        d.Say(", ttl "u8, entry & 0xff);
        return true;
    }
}
