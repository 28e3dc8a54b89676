using Imker.Filter.Protocols;

namespace Imker.Capture.Dissection;

/// <summary>Control messages of IPv6 (RFC 4443), neighbour discovery (RFC 4861) and multicast listeners (RFC 2710, 3810) among them.</summary>
internal static class Icmp6Printer
{
    public const byte
        Unreachable = 1,
        PacketTooBig = 2,
        TimeExceeded = 3,
        ParameterProblem = 4,
        EchoRequest = 128,
        EchoReply = 129,
        ListenerQuery = 130,
        ListenerReport = 131,
        ListenerDone = 132,
        RouterSolicitation = 133,
        RouterAdvertisement = 134,
        NeighborSolicitation = 135,
        NeighborAdvertisement = 136,
        Redirect = 137,
        InverseSolicitation = 141,
        InverseAdvertisement = 142,
        ListenerReport2 = 143,
        HomeAgentRequest = 144,
        HomeAgentReply = 145,
        MobilePrefixSolicitation = 146,
        MobilePrefixAdvertisement = 147;

    private const int QuotedIp = 8;

    public static void Print(ref Dissection d, in IpHeader ip, int at, int length)
    {
        d.Protocol = "icmp6"u8;
        if (length == 0)
        {
            d.Say("ICMP6, length 0"u8);
            d.SayInvalid();
            return;
        }
        if (d.IsVerbose && !ip.IsFragment && d.Has(at, length))
            PrintChecksum(ref d, ip, at, length);
        byte type = d.U8(at);
        d.Layer("icmp6"u8);
        d.Note("type"u8, type);
        d.Note("type_name"u8, TypeName(type));
        d.Say("ICMP6, "u8);
        d.NameOr(TypeName(type), "unknown icmp6 type ("u8, type, ")"u8);
        if (d.IsVerbose && TellsLengthFirst(type))
            d.Say(", length "u8, length);
        byte code = d.U8(at + 1);
        d.Note("code"u8, code);
        if (PrintMessage(ref d, at, length, type, code) && !d.IsVerbose)
            d.Say(", length "u8, length);
    }

    // False where the line is complete without the length.
    private static bool PrintMessage(ref Dissection d, int at, int length, byte type, byte code)
    {
        switch (type)
        {
            case Unreachable:
                return PrintUnreachable(ref d, at, length, code);
            case PacketTooBig:
                d.Number(", mtu "u8, "mtu"u8, d.U32(at + 4));
                return true;
            case TimeExceeded:
                PrintTimeExceeded(ref d, at, code);
                return true;
            case ParameterProblem when !d.Has(at + QuotedIp + 24, 16):
                d.SayTruncated();
                return false;
            case ParameterProblem:
                PrintParameterProblem(ref d, at, code);
                return true;
            case EchoRequest or EchoReply:
                if (!d.Require(at + 4, 4))
                    return true;
                d.Number(", id "u8, "id"u8, d.U16(at + 4));
                d.Number(", seq "u8, "sequence"u8, d.U16(at + 6));
                return true;
            case ListenerQuery or ListenerReport or ListenerDone or ListenerReport2:
                ListenerPrinter.Print(ref d, at, length, type);
                return true;
            case RouterSolicitation or RouterAdvertisement or NeighborSolicitation or NeighborAdvertisement or Redirect:
                return NeighborDiscovery.Print(ref d, at, length, type);
            case InverseSolicitation or InverseAdvertisement:
                return true;
            case HomeAgentRequest or MobilePrefixSolicitation:
                ushort id = d.U16(at + 4);
                d.Say(", id 0x"u8, id, 4);
                return true;
            case MobilePrefixAdvertisement:
                if (d.IsVerbose)
                    PrintMobilePrefix(ref d, at, length);
                return true;
            case HomeAgentReply:
                if (d.IsVerbose)
                    PrintHomeAgents(ref d, at, length);
                return true;
            default:
                d.Say(", length "u8, length);
                if (d.Verbosity <= 1)
                    d.UnknownPart(at, "\n\t"u8, length);
                return false;
        }
    }

    private static bool PrintUnreachable(ref Dissection d, int at, int length, byte code)
    {
        int quoted = at + QuotedIp;
        d.Say(", "u8);
        d.NameOr(ReasonName(code), "unknown unreach code ("u8, code, ")"u8);
        if (code <= 3 && !d.Require(quoted + 24, 16))
            return true;
        if (d.Has(quoted + 24, 16))
            d.NoteIp6("destination"u8, d.Bytes(quoted + 24, 16));
        switch (code)
        {
            case 0 or 1 or 3:
                d.Say(" "u8);
                d.Ip6(quoted + 24);
                return true;
            case 2:
                d.Say(" "u8);
                d.Ip6(quoted + 24);
                d.Say(", source address "u8);
                d.Ip6(quoted + 8);
                return true;
            case 4:
                return PrintUnreachablePort(ref d, quoted);
            default:
                if (d.Verbosity > 1)
                    return true;
                d.UnknownPart(at, "\n\t"u8, length);
                return false;
        }
    }

    private static bool PrintUnreachablePort(ref Dissection d, int quoted)
    {
        int transport = QuotedTransport.Find(d, quoted, out byte protocol);
        if (transport < 0)
        {
            d.SayTruncated();
            return false;
        }
        int port = d.U16(transport + 2);
        d.Note("port"u8, port);
        d.Say(", "u8);
        d.Ip6(quoted + 24);
        if (protocol == IpProtocol.Tcp)
        {
            d.Say(" tcp port "u8);
            d.TcpPort(port);
        }
        else
        {
            d.Say(" udp port "u8);
            d.UdpPort(port);
        }
        return true;
    }

    private static void PrintTimeExceeded(ref Dissection d, int at, byte code)
    {
        switch (code)
        {
            case 0:
                if (!d.Require(at + QuotedIp + 24, 16))
                    return;
                d.Say(" for "u8);
                d.Ip6("destination"u8, at + QuotedIp + 24);
                break;
            case 1:
                d.Say(" (reassembly)"u8);
                break;
            default:
                d.Say(", unknown code ("u8, code, ")"u8);
                break;
        }
    }

    private static void PrintParameterProblem(ref Dissection d, int at, byte code)
    {
        uint pointer = d.U32(at + 4);
        d.Note("pointer"u8, pointer);
        if (code > 3)
            d.Say(", code-#"u8, code);
        else
        {
            d.Say(code switch { 0 => ", erroneous"u8, 1 => ", next header"u8, 2 => ", option"u8, _ => ", incomplete header chain"u8 });
            d.Say(" - octet "u8, pointer);
        }
    }

    private static void PrintMobilePrefix(ref Dissection d, int at, int length)
    {
        d.Say(", id 0x"u8, d.U16(at + 4), 4);
        byte flags = d.U8(at + 6);
        if ((flags & 0xc0) != 0)
            d.Say(" "u8);
        if ((flags & 0x80) != 0)
            d.Say("M"u8);
        if ((flags & 0x40) != 0)
            d.Say("O"u8);
        if (!NeighborOptions.TryPrint(ref d, at + QuotedIp, length - QuotedIp))
            d.SayTruncated();
    }

    private static void PrintHomeAgents(ref Dissection d, int at, int length)
    {
        ushort id = d.U16(at + 4);
        d.Say(", id 0x"u8, id, 4);
        for (int i = 8; i < length && !d.IsStopped; i += 16)
        {
            if (!d.Require(at + i, 16))
                return;
            d.Say(", "u8);
            d.Ip6(at + i);
        }
    }

    private static void PrintChecksum(ref Dissection d, in IpHeader ip, int at, int length)
    {
        ushort found = d.U16(at + 2);
        if (d.IsStopped)
            return;
        ushort sum = d.Checksum(ip.At, at, length, length, IpProtocol.Icmp6);
        d.Note("checksum_ok"u8, sum == 0);
        if (sum == 0)
        {
            d.Say("[icmp6 sum ok] "u8);
            return;
        }
        d.Say("[bad icmp6 cksum 0x"u8, found, 4);
        d.Say(" -> 0x"u8, Checksum.Expected(found, sum), 4);
        d.Say("!] "u8);
    }

    private static bool TellsLengthFirst(byte type) => type is RouterSolicitation or RouterAdvertisement or NeighborSolicitation
        or NeighborAdvertisement or Redirect or HomeAgentReply or MobilePrefixAdvertisement;

    private static ReadOnlySpan<byte> ReasonName(byte code) => code switch
    {
        0 => "unreachable route"u8,
        1 => " unreachable prohibited"u8,
        2 => "beyond scope"u8,
        3 => "unreachable address"u8,
        4 => "unreachable port"u8,
        _ => default,
    };

    private static ReadOnlySpan<byte> TypeName(byte type) => type switch
    {
        Unreachable => "destination unreachable"u8,
        PacketTooBig => "packet too big"u8,
        TimeExceeded => "time exceeded in-transit"u8,
        ParameterProblem => "parameter problem"u8,
        EchoRequest => "echo request"u8,
        EchoReply => "echo reply"u8,
        ListenerQuery => "multicast listener query"u8,
        ListenerReport => "multicast listener report"u8,
        ListenerDone => "multicast listener done"u8,
        RouterSolicitation => "router solicitation"u8,
        RouterAdvertisement => "router advertisement"u8,
        NeighborSolicitation => "neighbor solicitation"u8,
        NeighborAdvertisement => "neighbor advertisement"u8,
        Redirect => "redirect"u8,
        138 => "router renumbering"u8,
        139 => "node information query"u8,
        140 => "node information reply"u8,
        InverseSolicitation => "inverse neighbor solicitation"u8,
        InverseAdvertisement => "inverse neighbor advertisement"u8,
        ListenerReport2 => "multicast listener report v2"u8,
        HomeAgentRequest => "ha discovery request"u8,
        HomeAgentReply => "ha discovery reply"u8,
        MobilePrefixSolicitation => "mobile router solicitation"u8,
        MobilePrefixAdvertisement => "mobile router advertisement"u8,
        200 => "mtrace response"u8,
        201 => "mtrace message"u8,
        155 => "RPL"u8,
        _ => default,
    };
}
