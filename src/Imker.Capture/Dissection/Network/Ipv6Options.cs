namespace Imker.Capture.Dissection;

/// <summary>The options for each hop and for the destination (RFC 8200 sections 4.3 and 4.6, RFC 2675, 2711, 6275).</summary>
internal static class Ipv6Options
{
    private const int
        Pad1 = 0x00,
        PadN = 0x01,
        RouterAlert = 0x05,
        Jumbo = 0xc2,
        HomeAddress = 0xc9;

    private const int SmallestJumbo = 65536;

    /// <returns>Bytes of the header; negative where it was cut.</returns>
    public static int Print(
        ref Dissection d, int at, ReadOnlySpan<byte> protocol, ReadOnlySpan<byte> title, ref bool hasJumbo, ref uint payload, bool isHopByHop)
    {
        d.Protocol = protocol;
        int length = (d.U8(at + 1) + 1) * 8;
        if (!d.Has(at, length))
        {
            d.SayTruncated();
            return -1;
        }
        d.Layer(isHopByHop ? "ipv6_hop_options"u8 : "ipv6_destination_options"u8);
        d.Say(title);
        if (!isHopByHop && !d.IsVerbose)
            return length;
        if (TryPrintOptions(ref d, at + 2, length - 2, ref hasJumbo, ref payload, isHopByHop))
            return length;
        d.SayTruncated();
        return -1;
    }

    private static bool TryPrintOptions(ref Dissection d, int at, int length, ref bool hasJumbo, ref uint payload, bool isHopByHop)
    {
        bool sawJumbo = false;
        int size;
        for (int i = 0; i < length; i += size)
        {
            int kind = d.U8(at + i);
            if (kind == Pad1)
                size = 1;
            else if (i + 1 < length)
                size = d.U8(at + i + 1) + 2;
            else
                return false;
            if (i + size > length)
                return false;
            bool isWhole = kind == Jumbo
                ? TryPrintJumbo(ref d, at + i, length - i, ref sawJumbo, ref hasJumbo, ref payload, isHopByHop)
                : TryPrintOption(ref d, kind, at + i, length - i, size);
            if (!isWhole)
                return false;
        }
        if (d.IsVerbose)
            d.Say(" "u8);
        return true;
    }

    private static bool TryPrintOption(ref Dissection d, int kind, int at, int left, int size)
    {
        switch (kind)
        {
            case Pad1:
                return Say(ref d, "(pad1)"u8);
            case PadN:
                return Say(ref d, "(padn)"u8);
            case RouterAlert:
                return TryPrintRouterAlert(ref d, at, left, size);
            case HomeAddress:
                return TryPrintHomeAddress(ref d, at, left, size);
            default:
                if (d.IsVerbose)
                {
                    d.Say("(opt_type 0x"u8, (ulong)kind, 2);
                    d.Say(": len="u8, size - 2, ")"u8);
                }
                return true;
        }
    }

    private static bool TryPrintRouterAlert(ref Dissection d, int at, int left, int size)
    {
        if (left < 4)
            return SayFalse(ref d, "(rtalert: trunc)"u8);
        if (size != 4)
            return SayInvalidLength(ref d, "(rtalert: invalid len "u8, size - 2);
        d.Note("router_alert"u8, d.U16(at + 2));
        if (d.IsVerbose)
        {
            d.Say("(rtalert: 0x"u8, d.U16(at + 2), 4);
            d.Say(") "u8);
        }
        return true;
    }

    private static bool TryPrintHomeAddress(ref Dissection d, int at, int left, int size)
    {
        if (left < 18)
            return SayFalse(ref d, "(homeaddr: trunc)"u8);
        if (size < 18)
            return SayInvalidLength(ref d, "(homeaddr: invalid len "u8, size - 2);
        if (!d.IsVerbose)
            return true;
        d.Say("(homeaddr: "u8);
        d.Ip6("home_address"u8, at + 2);
        bool isWhole = size == 18 || TryPrintSubOptions(ref d, at + 18, size - 18);
        if (isWhole)
            d.Say(")"u8);
        return isWhole;
    }

    private static bool TryPrintSubOptions(ref Dissection d, int at, int length)
    {
        int size;
        for (int i = 0; i < length; i += size)
        {
            int kind = d.U8(at + i);
            size = kind == Pad1 ? 1 : i + 1 < length ? d.U8(at + i + 1) + 2 : length + 1;
            if (i + size > length)
                return false;
            if (kind is Pad1 or PadN)
            {
                d.Say(kind == Pad1 ? ", pad1"u8 : ", padn"u8);
                continue;
            }
            d.Say(", sopt_type 0x"u8, (ulong)kind, 2);
            d.Say(": len="u8, size - 2);
        }
        return true;
    }

    private static bool TryPrintJumbo(
        ref Dissection d, int at, int left, ref bool sawJumbo, ref bool hasJumbo, ref uint payload, bool isHopByHop)
    {
        if (left < 6)
            return SayFalse(ref d, "(jumbo: trunc)"u8);
        if (d.U8(at + 1) != 4)
            return SayInvalidLength(ref d, "(jumbo: invalid len "u8, d.U8(at + 1));
        uint length = d.U32(at + 2);
        ReadOnlySpan<byte> problem = sawJumbo ? " - already seen"u8
            : !isHopByHop ? " - not a hop-by-hop option"u8
            : payload != 0 ? " - payload len != 0"u8
            : length < SmallestJumbo ? " - < 65536"u8
            : default;
        sawJumbo = true;
        if (problem.IsEmpty)
        {
            hasJumbo = true;
            payload = length;
        }
        if (d.IsVerbose)
        {
            d.Say("(jumbo: "u8, length);
            d.Say(problem);
            d.Say(") "u8);
        }
        return true;
    }

    private static bool Say(ref Dissection d, ReadOnlySpan<byte> text)
    {
        if (d.IsVerbose)
            d.Say(text);
        return true;
    }

    private static bool SayFalse(ref Dissection d, ReadOnlySpan<byte> text)
    {
        d.Say(text);
        return false;
    }

    private static bool SayInvalidLength(ref Dissection d, ReadOnlySpan<byte> text, int length)
    {
        d.Say(text, length, ")"u8);
        return false;
    }
}
