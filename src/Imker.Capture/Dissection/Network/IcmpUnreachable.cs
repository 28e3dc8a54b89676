using Imker.Filter.Protocols;

namespace Imker.Capture.Dissection;

/// <summary>Why a packet did not arrive: the codes of RFC 792, 1122 and 1812.</summary>
internal static class IcmpUnreachable
{
    private const int QuotedIp = 8;
    public const byte Port = 3;

    private const byte Protocol = 2, TooBig = 4, SourceRoute = 5, Isolated = 8;

    /// <returns>False where the quoted port was cut.</returns>
    public static bool TryPrint(ref Dissection d, int at, byte code)
    {
        int quoted = at + QuotedIp;
        d.NoteIp4("destination"u8, d.Bytes(quoted + 16, 4));
        ReadOnlySpan<byte> before = BeforeAddress(code);
        d.Say(before);
        switch (code)
        {
            case Protocol:
                d.Ip4(quoted + 16);
                d.Say(" protocol "u8, d.U8(quoted + 9), " unreachable"u8);
                return true;
            case Port:
                return TryPrintPort(ref d, quoted);
            case TooBig:
                d.Ip4(quoted + 16);
                d.Say(" unreachable - need to frag"u8);
                int mtu = d.U16(at + 6);
                d.Note("mtu"u8, mtu);
                if (mtu != 0)
                    d.Say(" (mtu "u8, mtu, ")"u8);
                return true;
            default:
                d.Ip4(quoted + 16);
                ReadOnlySpan<byte> after = AfterAddress(code);
                d.NameOr(after, " unreachable - #"u8, code);
                return true;
        }
    }

    private static bool TryPrintPort(ref Dissection d, int quoted)
    {
        int header = (d.U8(quoted) & 15) * 4;
        if (!d.Has(quoted + header + 2, 2))
            return false;
        int port = d.U16(quoted + header + 2);
        byte protocol = d.U8(quoted + 9);
        d.Note("port"u8, port);
        d.Ip4(quoted + 16);
        switch (protocol)
        {
            case IpProtocol.Tcp:
                d.Say(" tcp port "u8);
                d.TcpPort(port);
                break;
            case IpProtocol.Udp:
                d.Say(" udp port "u8);
                d.UdpPort(port);
                break;
            default:
                d.Say(" protocol "u8, protocol);
                d.Say(" port "u8, port);
                break;
        }
        d.Say(" unreachable"u8);
        return true;
    }

    private static ReadOnlySpan<byte> BeforeAddress(byte code) => code switch
    {
        0 or 6 or 9 or 11 => "net "u8,
        1 or 7 or 10 or 12 or 13 or 14 or 15 => "host "u8,
        _ => default,
    };

    private static ReadOnlySpan<byte> AfterAddress(byte code) => code switch
    {
        0 or 1 => " unreachable"u8,
        SourceRoute => " unreachable - source route failed"u8,
        6 or 7 => " unreachable - unknown"u8,
        Isolated => " unreachable - source host isolated"u8,
        9 or 10 => " unreachable - admin prohibited"u8,
        11 or 12 => " unreachable - tos prohibited"u8,
        13 => " unreachable - admin prohibited filter"u8,
        14 => " unreachable - host precedence violation"u8,
        15 => " unreachable - precedence cutoff"u8,
        _ => default,
    };
}
