using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>Attaches TRACEPOINT programs.</summary>
public static class TracepointLink
{
    /// <summary>On every CPU, for every process.</summary>
    /// <param name="program">Of the type TRACEPOINT.</param>
    /// <param name="name">What a person calls the tracepoint.</param>
    /// <param name="id">From the tracepoint's format (<see cref="TraceFileSystem"/>).</param>
    /// <param name="cookie">Told to the program; 0 for none.</param>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    /// <exception cref="FeatureNotSupportedException">A cookie, and a kernel before 5.15.</exception>
    public static KernelLink Attach(KernelProgram program, string name, int id, ulong cookie = 0)
    {
        ArgumentNullException.ThrowIfNull(program);
        var attributes = new PerfEventAttributes
        {
            Type = PerfEventAttributes.TypeTracepoint,
            Size = PerfEventAttributes.Length,
            Config = (ulong)id,
            SamplePeriodOrFrequency = 1,
        };
        // The program hangs on the tracepoint, not on the event: one event on one CPU is enough for all.
        Descriptor @event = PerfEvent.Open(name, attributes, PerfEvent.AllProcesses, cpu: Cpus.ReadOnline()[0]);
        return new KernelLink(name, PerfEvent.Attach(name, @event, program, cookie));
    }
}
