using Imker.Filter.Protocols;

namespace Imker.Capture.Dissection;

/// <summary>The extension headers of IPv6 (RFC 8200 section 4), one behind the other, up to the payload.</summary>
internal static class Ipv6ChainPrinter
{
    private const int HeaderLength = 40;

    private static ReadOnlySpan<byte> AlreadyFound => "[The Hop-by-Hop Options header was already found]"u8;

    private static ReadOnlySpan<byte> NotFirst => "[The Hop-by-Hop Options header don't follow the IPv6 header]"u8;

    public static void Print(ref Dissection d, in Ipv6Chain chain, long remaining)
    {
        int at = chain.At;
        int advance = HeaderLength, walked = 0;
        byte next = d.U8(chain.At + 6);
        uint payload = chain.Payload;
        bool isFragment = false, hasExtensions = false, hasJumbo = false, hasHopOptions = false, isFirst = true;
        while (at < d.End && advance > 0 && !d.IsStopped)
        {
            if (remaining < advance)
            {
                d.SayTruncated();
                return;
            }
            at += advance;
            remaining -= advance;
            walked += advance;
            if (isFirst)
                PrintAddresses(ref d, chain.At, next);
            isFirst = false;
            switch (next)
            {
                case IpProtocol.HopOptions:
                    if (walked > HeaderLength)
                    {
                        d.Say(hasHopOptions ? AlreadyFound : NotFirst);
                        d.SayInvalid();
                        return;
                    }
                    hasHopOptions = true;
                    advance = Ipv6Options.Print(ref d, at, "hbhopt"u8, "HBH "u8, ref hasJumbo, ref payload, isHopByHop: true);
                    if (payload == 0 && !hasJumbo && !d.IsStopped)
                    {
                        d.Say("[No valid Jumbo Payload Hop-by-Hop option found]"u8);
                        d.SayInvalid();
                        return;
                    }
                    break;
                case IpProtocol.DestinationOptions:
                    bool noJumbo = false;
                    uint noPayload = 0;
                    advance = Ipv6Options.Print(ref d, at, "dstopt"u8, "DSTOPT "u8, ref noJumbo, ref noPayload, isHopByHop: false);
                    break;
                case IpProtocol.Fragment:
                    advance = Ipv6Fragment.Print(ref d, at, chain);
                    if (advance > 0 && d.End <= at + advance)
                        return;
                    isFragment = true;
                    break;
                case IpProtocol.Routing:
                    advance = Ipv6Route.Print(ref d, at);
                    break;
                default:
                    var ip = new IpHeader(chain.At, 6, next, isFragment);
                    PrintPayload(ref d, chain, ip, at, remaining, walked, hasExtensions, hasJumbo, payload);
                    return;
            }
            if (advance < 0)
                return;
            hasExtensions = true;
            next = d.U8(at);
            d.Protocol = "ip6"u8;
        }
    }

    private static void PrintPayload(
        ref Dissection d, in Ipv6Chain chain, in IpHeader ip, int at, long remaining, int walked, bool hasExtensions, bool hasJumbo, uint payload)
    {
        if (hasJumbo)
        {
            long total = (long)payload + HeaderLength;
            if (chain.Length < total)
                d.Say("truncated-ip6 - "u8, total - chain.Length, " bytes missing!"u8);
            ChangeEnd(ref d, chain, total);
            remaining = total - walked;
        }
        else if (payload == 0)
        {
            if (hasExtensions)
            {
                d.SayTruncated();
                return;
            }
            ChangeEnd(ref d, chain, HeaderLength);
            remaining = HeaderLength - walked;
        }
        if (remaining < 0)
            d.SayTruncated();
        else
            IpPayloadPrinter.Print(ref d, ip, at, (int)Math.Min(remaining, int.MaxValue / 2));
    }

    private static void ChangeEnd(ref Dissection d, in Ipv6Chain chain, long total)
    {
        d.RestoreEnd(chain.CapturedEnd);
        d.LimitEnd((int)Math.Min(int.MaxValue, chain.At + total));
    }

    private static void PrintAddresses(ref Dissection d, int ip, byte next)
    {
        if (next is IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Dccp or IpProtocol.Sctp)
            return;
        d.Ip6(ip + 8);
        d.Say(" > "u8);
        d.Ip6(ip + 24);
        d.Say(": "u8);
    }
}
