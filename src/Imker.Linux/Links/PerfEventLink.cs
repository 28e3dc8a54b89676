using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>Attaches PERF_EVENT programs to counters of the kernel and the processors (perf_event_open(2)).</summary>
public static class PerfEventLink
{
    private const ulong FlagDisabled = 1;

    /// <param name="program">Of the type PERF_EVENT.</param>
    /// <param name="counter">What is counted; the program runs each time that it has counted so many.</param>
    /// <param name="processId">Only what this process does; null for all of them, on all processors.</param>
    /// <exception cref="BpfException">The machine has no such counter, or the kernel refuses it.</exception>
    public static KernelLink Attach(KernelProgram program, PerfCounter counter, int? processId = null)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(counter);
        var attributes = new PerfEventAttributes
        {
            Type = counter.Type,
            Size = PerfEventAttributes.Length,
            Config = counter.Config,
            Config1 = counter.Address,
            Config2 = counter.Length,
            WatchedAccess = counter.Access,
            SamplePeriodOrFrequency = counter.Rate.Value,
            Flags = FlagDisabled | (counter.Rate.IsFrequency ? PerfEventAttributes.FlagFrequency : 0),
        };
        var descriptors = new List<Descriptor>();
        try
        {
            foreach (int cpu in processId is null ? Cpus.ReadOnline() : [PerfEvent.AllCpus])
                descriptors.AddRange(PerfEvent.Attach(counter.Name, Open(counter, attributes, processId, cpu), program, cookie: 0));
            return new KernelLink(counter.Name, [.. descriptors]);
        }
        catch
        {
            ParallelClosing.CloseAll([[.. descriptors]]);
            throw;
        }
    }

    private static Descriptor Open(PerfCounter counter, in PerfEventAttributes attributes, int? processId, int cpu)
    {
        try
        {
            return PerfEvent.Open(counter.Name, attributes, processId ?? PerfEvent.AllProcesses, cpu);
        }
        catch (BpfException e) when (e.Error == Errno.NoEntry || e.Error == Errno.NotSupported)
        {
            throw new BpfException($"attach {counter.Name}", e.Call, e.Error,
                "unsupported: this machine has no such counter; instead: the software clock (PerfCounter.CpuClock)");
        }
    }
}
