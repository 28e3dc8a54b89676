using Imker.Filter.Protocols;

namespace Imker.Capture.Dissection;

/// <summary>Internet Protocol version 4 (RFC 791), fragments among it.</summary>
internal static class Ipv4Printer
{
    private const int HeaderLength = 20;
    private const int OffsetMask = 0x1fff, MoreFragments = 0x2000;

    private static readonly FlagNames FragmentFlags = new((0x2000, "+"), (0x4000, "DF"), (0x8000, "rsvd"));

    /// <summary>IP of the version that the first byte tells.</summary>
    public static void PrintEither(ref Dissection d, int at, int length)
    {
        if (length < 1)
        {
            d.Say("truncated-ip "u8, length);
            return;
        }
        int version = d.U8(at) >> 4;
        if (version == 4)
            Print(ref d, at, length);
        else if (version == 6)
            Ipv6Printer.Print(ref d, at, length);
        else
            d.Say("unknown ip "u8, version);
    }

    public static void Print(ref Dissection d, int at, int length)
    {
        d.Protocol = "ip"u8;
        if (!d.Require(at, 1))
            return;
        int version = d.U8(at) >> 4;
        if (version != 4)
        {
            if (version == 6)
                d.Say("IP6, wrong link-layer encapsulation"u8);
            else
                d.Say("IP"u8, version);
            d.SayInvalid();
            return;
        }
        if (!d.Context.ShowsLink)
            d.Say("IP "u8);
        if (!d.Has(at, HeaderLength))
        {
            d.SayTruncated();
            return;
        }
        if (length < HeaderLength)
        {
            d.Say("truncated-ip "u8, length);
            return;
        }
        int header = (d.U8(at) & 15) * 4;
        if (header < HeaderLength)
        {
            d.Say("bad-hlen "u8, header);
            return;
        }
        if (!d.TryNest())
            return;
        PrintDatagram(ref d, at, length, header);
        d.Unnest();
    }

    private static void PrintDatagram(ref Dissection d, int at, int length, int header)
    {
        int total = d.U16(at + 2);
        if (length < total)
            d.Say("truncated-ip - "u8, total - length, " bytes missing! "u8);
        if (total < header)
        {
            d.Say("bad-len "u8, total);
            return;
        }
        int end = d.LimitEnd(at + total);
        NoteHeader(ref d, at, total);
        bool isWhole = !d.IsVerbose || PrintVerbose(ref d, at, header);
        if (isWhole)
            PrintPayload(ref d, at, header, total - header);
        d.RestoreEnd(end);
    }

    private static void NoteHeader(ref Dissection d, int at, int total)
    {
        if (!d.HasFields)
            return;
        int offset = d.U16(at + 6);
        byte protocol = d.U8(at + 9);
        d.Layer("ipv4"u8);
        d.NoteIp4("source"u8, d.Bytes(at + 12, 4));
        d.NoteIp4("destination"u8, d.Bytes(at + 16, 4));
        d.Note("tos"u8, d.U8(at + 1));
        d.Note("ttl"u8, d.U8(at + 8));
        d.Note("id"u8, d.U16(at + 4));
        d.Note("length"u8, total);
        d.NoteFlags("flags"u8, FragmentFlags, (uint)offset & 0xe000);
        d.Note("fragment_offset"u8, (offset & OffsetMask) * 8);
        d.Note("next"u8, protocol);
        d.Note("next_name"u8, IpProtocolName.Of(protocol));
    }

    // False where the options were cut.
    private static bool PrintVerbose(ref Dissection d, int at, int header)
    {
        byte tos = d.U8(at + 1), ttl = d.U8(at + 8), protocol = d.U8(at + 9);
        int offset = d.U16(at + 6);
        d.Say("(tos 0x"u8, tos, 1);
        d.Say((tos & 3) switch { 1 => ",ECT(1)"u8, 2 => ",ECT(0)"u8, 3 => ",CE"u8, _ => default });
        if (ttl > 0)
            d.Say(", ttl "u8, ttl);
        d.Say(", id "u8, d.U16(at + 4));
        d.Say(", offset "u8, (offset & OffsetMask) * 8, ", flags ["u8);
        d.Flags(FragmentFlags, (uint)offset & 0xe000, ", "u8, "none"u8);
        d.Say("], proto "u8);
        d.NameOr(IpProtocolName.Of(protocol), "unknown"u8);
        d.Say(" ("u8, protocol, "), length "u8);
        d.Decimal((long)d.U16(at + 2));
        bool isWhole = true;
        if (header > HeaderLength)
        {
            d.Say(", options ("u8);
            isWhole = Ipv4Options.TryPrint(ref d, at + HeaderLength, header - HeaderLength);
            if (!isWhole)
                d.Say(" [truncated-option]"u8);
            d.Say(")"u8);
        }
        if (!d.Context.SkipsChecksums && d.Has(at, header))
            PrintChecksum(ref d, at, header);
        d.Say(")\n    "u8);
        if (isWhole)
            return true;
        PrintAddresses(ref d, at);
        d.Say(": "u8);
        d.SayTruncated();
        return false;
    }

    private static void PrintChecksum(ref Dissection d, int at, int header)
    {
        ushort sum = d.Checksum(at, header);
        d.Note("checksum_ok"u8, sum == 0);
        if (sum == 0)
            return;
        ushort found = d.U16(at + 10);
        d.Say(", bad cksum "u8, found, 1);
        d.Say(" (->"u8, Checksum.Expected(found, sum), 1);
        d.Say(")!"u8);
    }

    private static void PrintPayload(ref Dissection d, int at, int header, int length)
    {
        int offset = d.U16(at + 6);
        byte protocol = d.U8(at + 9);
        if ((offset & OffsetMask) != 0)
        {
            PrintLaterFragment(ref d, at, protocol);
            return;
        }
        if (protocol is not (IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Sctp or IpProtocol.Dccp))
        {
            PrintAddresses(ref d, at);
            d.Say(": "u8);
        }
        if (!d.Has(at, header))
        {
            d.Say(" [remaining caplen("u8, d.Left(at), ") < header length("u8);
            d.Decimal(header);
            d.Say(")]"u8);
            d.Stop();
            return;
        }
        bool isFragment = (offset & MoreFragments) != 0;
        IpPayloadPrinter.Print(ref d, new IpHeader(at, 4, protocol, isFragment), at + header, length);
    }

    private static void PrintLaterFragment(ref Dissection d, int at, byte protocol)
    {
        PrintAddresses(ref d, at);
        d.Say(":"u8);
        ReadOnlySpan<byte> name = d.Context.IsNumeric ? default : IpProtocolName.InDatabase(protocol);
        d.Say(" "u8);
        d.NameOr(name, "ip-proto-"u8, protocol);
    }

    private static void PrintAddresses(ref Dissection d, int at)
    {
        d.Ip4(at + 12);
        d.Say(" > "u8);
        d.Ip4(at + 16);
    }
}
