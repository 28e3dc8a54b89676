namespace Imker.Linux;

/// <summary>How often a clock ticks: a period in nanoseconds, or a number of ticks a second that the kernel keeps to on average.</summary>
public readonly record struct ClockRate
{
    private ClockRate(ulong value, bool isFrequency)
    {
        ArgumentOutOfRangeException.ThrowIfZero(value);
        Value = value;
        IsFrequency = isFrequency;
    }

    internal ulong Value { get; }

    internal bool IsFrequency { get; }

    public static ClockRate EveryNanoseconds(ulong period) => new(period, isFrequency: false);

    public static ClockRate TicksPerSecond(ulong frequency) => new(frequency, isFrequency: true);
}
