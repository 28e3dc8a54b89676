using System.Collections.Immutable;

namespace Imker.Machine;

/// <summary>What a machine is like.</summary>
public sealed record MachineOptions
{
    public static MachineOptions Default { get; } = new();

    /// <summary>How programs run. Default: <see cref="ExecutionMode.Automatic"/>.</summary>
    public ExecutionMode Mode { get; init; } = ExecutionMode.Automatic;

    /// <summary>
    /// Whether programs come from parties as trusted as the host. Generated code of others is always checked, shows no constant of theirs,
    /// and gives a processor that speculates past a check no address of theirs. Default: they do.
    /// </summary>
    public bool TrustsPrograms { get; init; } = true;

    /// <summary>Slots of instructions that one run may execute, counted where it jumps back or calls. Default: 100 million, some tenths of a second.</summary>
    public long Budget { get; init; } = 100_000_000;

    /// <summary>The CPUs that per-CPU maps have values for. Default: as many as the process has.</summary>
    public int CpuCount { get; init; } = Environment.ProcessorCount;

    /// <summary>The host's own helpers, besides those of the kernel.</summary>
    public ImmutableArray<HostHelper> Helpers { get; init; } = [];

    /// <summary>Takes the lines of <c>bpf_trace_printk</c>, without their end. Default: they are dropped.</summary>
    public Action<string>? Print { get; init; }

    /// <summary>
    /// Fills in the instruction addresses that <c>bpf_get_stackid</c> records, innermost first, and returns how many. Default: there are
    /// none, and the helper answers <c>EFAULT</c>.
    /// </summary>
    public StackSource? Stack { get; init; }
}

/// <summary>Tells a stack, innermost frame first, and how many frames it has.</summary>
public delegate int StackSource(Span<ulong> frames);
