namespace Imker.Capture;

/// <summary>What one tick of an interface's clock is (options <c>if_tsresol</c> and <c>if_tsoffset</c>), and where the clock begins.</summary>
internal readonly struct PcapNgTimeUnit
{
    private const long NanosecondsOfSecond = TimeSpan.NanosecondsPerTick * TimeSpan.TicksPerSecond;
    private const int MostDigits = 19, MostBits = 63;

    // Up to the year 2262 the sum fits 64 bits.
    private const ulong CommonSeconds = 9_000_000_000;

    private readonly ulong ticksOfSecond;
    private readonly long offsetSeconds;

    private PcapNgTimeUnit(ulong ticksOfSecond, long offsetSeconds)
    {
        this.ticksOfSecond = ticksOfSecond;
        this.offsetSeconds = offsetSeconds;
    }

    internal static PcapNgTimeUnit Microseconds { get; } = new(1_000_000, 0);

    internal bool IsFinerThanMicroseconds => ticksOfSecond > 1_000_000;

    /// <summary>The unit that the option's byte stands for: a power of ten, or of two with the highest bit; false for one too fine for 64 bits.</summary>
    internal static bool TryParse(byte resolution, out PcapNgTimeUnit unit)
    {
        int exponent = resolution & 0x7f;
        bool isBinary = (resolution & 0x80) != 0;
        unit = default;
        if (exponent > (isBinary ? MostBits : MostDigits))
            return false;
        unit = new PcapNgTimeUnit(isBinary ? 1UL << exponent : PowerOfTen(exponent), 0);
        return true;
    }

    internal PcapNgTimeUnit WithOffset(long seconds) => new(ticksOfSecond, seconds);

    /// <summary>Nanoseconds since 1970; what lies beyond the years 1677 to 2262 becomes the nearer end of them.</summary>
    internal long ToNanoseconds(ulong ticks)
    {
        (ulong seconds, ulong rest) = Math.DivRem(ticks, ticksOfSecond);
        ulong fraction = ticksOfSecond <= NanosecondsOfSecond
            ? rest * NanosecondsOfSecond / ticksOfSecond
            : (ulong)((UInt128)rest * NanosecondsOfSecond / ticksOfSecond);
        if (seconds < CommonSeconds && offsetSeconds == 0)
            return (long)(seconds * NanosecondsOfSecond + fraction);
        Int128 total = ((Int128)seconds + offsetSeconds) * NanosecondsOfSecond + fraction;
        return (long)Int128.Clamp(total, long.MinValue, long.MaxValue);
    }

    private static ulong PowerOfTen(int exponent)
    {
        ulong power = 1;
        for (int i = 0; i < exponent; i++)
            power *= 10;
        return power;
    }
}
