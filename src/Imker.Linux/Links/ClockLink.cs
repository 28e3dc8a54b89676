using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>Attaches PERF_EVENT programs to the processors' clocks: a profile on all of them, an interval on one.</summary>
public static class ClockLink
{
    private const ulong CpuClock = 0;
    private const ulong FlagDisabled = 1;

    /// <summary>A tick on every processor that is online now.</summary>
    /// <inheritdoc cref="AttachToOne"/>
    public static KernelLink AttachToAll(KernelProgram program, string name, ClockRate rate)
    {
        var descriptors = new List<Descriptor>();
        try
        {
            foreach (int cpu in Cpus.ReadOnline())
                descriptors.AddRange(AttachToCpu(program, name, rate, cpu));
            return new KernelLink(name, [.. descriptors]);
        }
        catch
        {
            ParallelClosing.CloseAll([[.. descriptors]]);
            throw;
        }
    }

    /// <summary>A tick on one processor.</summary>
    /// <param name="program">Of the type PERF_EVENT.</param>
    /// <param name="name">What a person calls it.</param>
    /// <param name="rate">How often.</param>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    public static KernelLink AttachToOne(KernelProgram program, string name, ClockRate rate) =>
        new(name, AttachToCpu(program, name, rate, Cpus.ReadOnline()[0]));

    private static Descriptor[] AttachToCpu(KernelProgram program, string name, ClockRate rate, int cpu)
    {
        ArgumentNullException.ThrowIfNull(program);
        var attributes = new PerfEventAttributes
        {
            Type = PerfEventAttributes.TypeSoftware,
            Size = PerfEventAttributes.Length,
            Config = CpuClock,
            SamplePeriodOrFrequency = rate.Value,
            Flags = FlagDisabled | (rate.IsFrequency ? PerfEventAttributes.FlagFrequency : 0),
        };
        return PerfEvent.Attach(name, Open(name, attributes, rate, cpu), program, cookie: 0);
    }

    private static Descriptor Open(string name, in PerfEventAttributes attributes, ClockRate rate, int cpu)
    {
        try
        {
            return PerfEvent.Open(name, attributes, PerfEvent.AllProcesses, cpu);
        }
        catch (BpfException e) when (e.Error == Errno.Invalid && HintOfRate(rate) is { } hint)
        {
            throw new BpfException($"attach {name}", e.Call, e.Error, hint);
        }
    }

    // perf_event_open says EINVAL of a frequency over the limit, which the kernel itself lowers when samples take it too long.
    private static string? HintOfRate(ClockRate rate) =>
        rate.IsFrequency && KernelPolicy.PerfEventMaxSampleRate is { } most && rate.Value > (ulong)most
            ? $"kernel.perf_event_max_sample_rate allows {most} times a second: take a lower rate, "
                + $"or allow this one by 'sysctl kernel.perf_event_max_sample_rate={rate.Value}'"
            : null;
}
