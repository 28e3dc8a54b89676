using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>Attaches KPROBE programs to a place in user space through the perf unit, one by one; every supported kernel has it.</summary>
public static unsafe class UprobeLink
{
    /// <param name="program">Of the type KPROBE, with no expected attach type.</param>
    /// <param name="name">What a person calls the place.</param>
    /// <param name="place">Where.</param>
    /// <param name="isReturn">At the function's return.</param>
    /// <param name="processId">Only in this process; null for all.</param>
    /// <exception cref="BpfException">The kernel refuses it, or has no uprobes.</exception>
    /// <exception cref="FeatureNotSupportedException">A cookie, and a kernel before 5.15.</exception>
    public static KernelLink Attach(KernelProgram program, string name, in UprobePlace place, bool isReturn = false, int? processId = null)
    {
        ArgumentNullException.ThrowIfNull(program);
        ProbePmu pmu = ProbePmu.Uprobes
            ?? throw new BpfException($"attach {name}", "perf_event_open", Errno.NoEntry, "this kernel was built without uprobes");
        fixed (byte* path = CString.Bytes(place.Path))
        {
            var attributes = new PerfEventAttributes
            {
                Type = pmu.Type,
                Size = PerfEventAttributes.Length,
                Config = (isReturn ? 1UL << pmu.ReturnBit : 0) | place.Semaphore << pmu.SemaphoreBit,
                Config1 = (ulong)path,
                Config2 = place.Offset,
            };
            int cpu = processId is null ? Cpus.ReadOnline()[0] : PerfEvent.AllCpus;
            Descriptor @event = PerfEvent.Open(name, attributes, processId ?? PerfEvent.AllProcesses, cpu);
            return new KernelLink(name, PerfEvent.Attach(name, @event, program, place.Cookie));
        }
    }
}
