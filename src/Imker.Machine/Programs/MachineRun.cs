namespace Imker.Machine;

/// <summary>What one run of a program is given.</summary>
public readonly ref struct MachineRun
{
    public MachineRun()
    {
    }

    /// <summary>What R1 points to; the program may read and write it.</summary>
    public Span<byte> Context { get; init; }

    /// <summary>What the packet loads of RFC 9669 (<c>LD ABS</c>, <c>LD IND</c>) read; the context itself where it is empty.</summary>
    public Span<byte> Packet { get; init; }

    /// <summary>Slots that may run; null for the machine's.</summary>
    public long? Budget { get; init; }

    /// <summary>What <c>bpf_get_attach_cookie</c> returns.</summary>
    public ulong Cookie { get; init; }

    /// <summary>Sees slot and registers before each step; the run is interpreted then.</summary>
    public StepObserver? Observer { get; init; }
}
