using Imker.Filter.Protocols;

namespace Imker.Capture.Dissection;

/// <summary>Generic routing encapsulation (RFC 2784, 2890, 1701), and the form that PPTP uses (RFC 2637).</summary>
internal static class GrePrinter
{
    private const int
        HasChecksum = 0x8000,
        HasRoute = 0x4000,
        HasKey = 0x2000,
        HasSequence = 0x1000,
        HasAcknowledgment = 0x0080;

    private static readonly FlagNames FlagTexts = new(
        (HasChecksum, "checksum present"),
        (HasRoute, "routing present"),
        (HasKey, "key present"),
        (HasSequence, "sequence# present"),
        (0x0800, "source routing present"),
        (HasAcknowledgment, "ack present"));

    public static void Print(ref Dissection d, int at, int length)
    {
        d.Protocol = "gre"u8;
        if (!d.Has(at, 2) || length < 2)
        {
            d.SayTruncated();
            return;
        }
        int flags = d.U16(at);
        int version = flags & 7;
        d.Layer("gre"u8);
        d.Note("version"u8, version);
        d.NoteFlags("flags"u8, FlagTexts, (uint)flags);
        d.Say("GREv"u8, version);
        if (version > 1)
        {
            d.Say(" ERROR: unknown-version"u8);
            return;
        }
        if (d.IsVerbose)
        {
            d.Say(", Flags ["u8);
            d.Flags(FlagTexts, (uint)flags, ", "u8, "none"u8);
            d.Say("]"u8);
        }
        var header = new GreHeader(at + 2, length - 2);
        if (!header.TryTake(d, 2, out int field))
        {
            d.SayTruncated();
            return;
        }
        int protocol = d.U16(field);
        d.Note("type"u8, protocol);
        bool isWhole = version == 0
            ? TryPrintVersion0(ref d, ref header, flags)
            : TryPrintVersion1(ref d, ref header, flags);
        if (!isWhole)
        {
            d.SayTruncated();
            return;
        }
        if (d.Context.ShowsLink)
        {
            d.Say(", proto "u8);
            d.NameOr(EtherTypeName.Of(protocol), "unknown"u8);
            d.Say(" (0x"u8, (ulong)protocol, 4);
            d.Say(")"u8);
        }
        d.Say(", length "u8, length);
        if (version == 1 && (flags & HasSequence) == 0)
            return;
        d.Say(d.IsVerbose ? "\n\t"u8 : ": "u8);
        PrintPayload(ref d, version, protocol, header);
    }

    private static bool TryPrintVersion0(ref Dissection d, ref GreHeader header, int flags)
    {
        if ((flags & (HasChecksum | HasRoute)) != 0)
        {
            if (!header.TryTake(d, 2, out int sum))
                return false;
            if (d.IsVerbose)
                d.Say(", sum 0x"u8, d.U16(sum), 1);
            if (!header.TryTake(d, 2, out int offset))
                return false;
            d.Say(", off 0x"u8, d.U16(offset), 1);
        }
        if ((flags & HasKey) != 0)
        {
            if (!header.TryTake(d, 4, out int key))
                return false;
            d.Note("key"u8, d.U32(key));
            d.Say(", key=0x"u8, d.U32(key), 1);
        }
        if ((flags & HasSequence) != 0)
        {
            if (!header.TryTake(d, 4, out int sequence))
                return false;
            d.Number(", seq "u8, "sequence"u8, d.U32(sequence));
        }
        return (flags & HasRoute) == 0 || GreRoute.TryPrint(ref d, ref header);
    }

    private static bool TryPrintVersion1(ref Dissection d, ref GreHeader header, int flags)
    {
        if ((flags & HasKey) != 0)
        {
            if (!header.TryTake(d, 4, out int key))
                return false;
            d.Number(", call "u8, "call"u8, d.U32(key) & 0xffff);
        }
        if ((flags & HasSequence) != 0)
        {
            if (!header.TryTake(d, 4, out int sequence))
                return false;
            d.Number(", seq "u8, "sequence"u8, d.U32(sequence));
        }
        if ((flags & HasAcknowledgment) != 0)
        {
            if (!header.TryTake(d, 4, out int acknowledged))
                return false;
            d.Number(", ack "u8, "acknowledgment"u8, d.U32(acknowledged));
        }
        if ((flags & HasSequence) == 0)
            d.Say(", no-payload"u8);
        return true;
    }

    private static void PrintPayload(ref Dissection d, int version, int protocol, in GreHeader header)
    {
        switch (protocol)
        {
            case EtherType.Ip4 when version == 0:
                Ipv4Printer.Print(ref d, header.At, header.Left);
                break;
            case EtherType.Ip6 when version == 0:
                Ipv6Printer.Print(ref d, header.At, header.Left);
                break;
            case EtherType.Mpls when version == 0:
                MplsPrinter.Print(ref d, header.At, header.Left);
                break;
            case EtherType.TransparentBridging when version == 0:
                EthernetPrinter.Print(ref d, header.At, header.Left, d.Left(header.At));
                break;
            case EtherType.Ppp when version == 1:
                PppPrinter.Print(ref d, header.At, header.Left);
                break;
            default:
                d.Say("gre-proto-0x"u8, (ulong)protocol, 1);
                break;
        }
    }
}
