namespace Imker.Linux;

/// <summary>Something that perf_event_open(2) counts, and how often a program is to run for it.</summary>
public sealed record PerfCounter
{
    private const uint Hardware = 0, Software = 1, Breakpoint = 5;
    private const uint ReadAndWrite = 3;

    private PerfCounter(string name, uint type, ulong config, ClockRate rate) => (Name, Type, Config, Rate) = (name, type, config, rate);

    /// <summary>What a person calls it.</summary>
    public string Name { get; }

    internal uint Type { get; }

    internal ulong Config { get; }

    internal ClockRate Rate { get; }

    internal ulong Address { get; private init; }

    internal ulong Length { get; private init; }

    internal uint Access { get; private init; }

    /// <summary>The processors' clock (<c>PERF_COUNT_SW_CPU_CLOCK</c>).</summary>
    public static PerfCounter CpuClock(ClockRate rate) => new("cpu-clock", Software, 0, rate);

    /// <summary>Page faults (<c>PERF_COUNT_SW_PAGE_FAULTS</c>).</summary>
    /// <param name="every">How many of them make the program run.</param>
    public static PerfCounter PageFaults(ulong every = 1) => new("page-faults", Software, 2, ClockRate.EveryNanoseconds(every));

    /// <summary>Switches from one task to another (<c>PERF_COUNT_SW_CONTEXT_SWITCHES</c>).</summary>
    /// <inheritdoc cref="PageFaults"/>
    public static PerfCounter ContextSwitches(ulong every = 1) => new("context-switches", Software, 3, ClockRate.EveryNanoseconds(every));

    /// <summary>The processor's cycles (<c>PERF_COUNT_HW_CPU_CYCLES</c>), which virtual machines mostly lack.</summary>
    /// <inheritdoc cref="PageFaults"/>
    public static PerfCounter Cycles(ulong every) => new("cycles", Hardware, 0, ClockRate.EveryNanoseconds(every));

    /// <summary>Instructions (<c>PERF_COUNT_HW_INSTRUCTIONS</c>), which virtual machines mostly lack.</summary>
    /// <inheritdoc cref="PageFaults"/>
    public static PerfCounter Instructions(ulong every) => new("instructions", Hardware, 1, ClockRate.EveryNanoseconds(every));

    /// <summary>Accesses to an address, by the processor's debug registers.</summary>
    /// <param name="address">Of the watched process.</param>
    /// <param name="length">Bytes: 1, 2, 4 or 8.</param>
    public static PerfCounter Watchpoint(ulong address, int length) =>
        new("watchpoint", Breakpoint, 0, ClockRate.EveryNanoseconds(1)) { Address = address, Length = (ulong)length, Access = ReadAndWrite };
}
