namespace Imker.Capture.Dissection;

/// <summary>Fixed-point times of NTP: seconds since 1900 and a fraction.</summary>
internal static class NtpTime
{
    private const uint Seconds1970 = 2208988800;
    private const double Billion = 1_000_000_000.0, Million = 1_000_000.0;

    // The fraction is divided by the greatest 32-bit number, as tcpdump does.
    private const double FractionScale = 4294967296.0;

    public static void SayShort(ref Dissection d, ReadOnlySpan<byte> title, int at)
    {
        if (!d.Require(at, 4))
            return;
        d.Say(title);
        int seconds = d.U16(at), fraction = d.U16(at + 2);
        d.Say(default, seconds, "."u8);
        d.Decimal((int)(fraction / 65536.0 * Million), 6);
    }

    public static void Say(ref Dissection d, ReadOnlySpan<byte> title, ReadOnlySpan<byte> name, int at)
    {
        if (!d.Require(at, 8))
            return;
        d.Say(title);
        Say(ref d, at);
        d.Note(name, (ulong)d.U32(at) << 32 | d.U32(at + 4));
    }

    public static void SayDifference(ref Dissection d, int earlierAt, int laterAt)
    {
        ulong later = d.U64(laterAt), earlier = d.U64(earlierAt);
        if (d.IsStopped)
            return;
        if (earlier == 0)
        {
            Say(ref d, laterAt);
            return;
        }
        bool isNegative = later <= earlier;
        ulong difference = isNegative ? earlier - later : later - earlier;
        d.Say(isNegative ? "-"u8 : "+"u8, (long)(difference >> 32), "."u8);
        d.Decimal(Nanoseconds((uint)difference), 9);
    }

    private static void Say(ref Dissection d, int at)
    {
        uint seconds = d.U32(at), fraction = d.U32(at + 4);
        d.Say(default, seconds, "."u8);
        d.Decimal(Nanoseconds(fraction), 9);
        if (seconds == 0)
            return;
        d.Say(" ("u8);
        SayIso(ref d, (long)seconds - Seconds1970);
        d.Say(")"u8);
    }

    private static void SayIso(ref Dissection d, long unix)
    {
        DateTime time = DateTimeOffset.FromUnixTimeSeconds(unix).UtcDateTime;
        d.Decimal(time.Year, 4);
        d.Say("-"u8);
        d.Decimal(time.Month, 2);
        d.Say("-"u8);
        d.Decimal(time.Day, 2);
        d.Say("T"u8);
        d.Decimal(time.Hour, 2);
        d.Say(":"u8);
        d.Decimal(time.Minute, 2);
        d.Say(":"u8);
        d.Decimal(time.Second, 2);
        d.Say("Z"u8);
    }

    private static uint Nanoseconds(uint fraction) => (uint)(fraction / FractionScale * Billion);
}
