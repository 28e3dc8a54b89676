using Imker.Objects;

namespace Imker.Machine;

/// <summary>
/// What <c>bpf_perf_event_output</c> writes to. In the kernel every CPU has a buffer of its own; here all share one ring, so that the
/// order of the records is the order of the calls.
/// </summary>
internal sealed class PerfEventStorage(MapSpec spec) : MapStorage(spec)
{
    private const uint RingBytes = 1 << 20;

    public RingBufferStorage Ring { get; } = new(spec with { MaxEntries = RingBytes, KeySize = 0, ValueSize = 0 });
}
