namespace Imker.Linux;

/// <summary>What BPF_PROG_TEST_RUN is told; which fields a program type takes differs.</summary>
public readonly ref struct TestRun
{
    public TestRun()
    {
    }

    /// <summary>The bytes that the context is made from; empty for the types that have none.</summary>
    public ReadOnlySpan<byte> Context { get; init; }

    /// <summary>Where the context goes as the program left it; may be empty, and the same memory as <see cref="Context"/>.</summary>
    public Span<byte> ContextOut { get; init; }

    /// <summary>The packet; at least 14 bytes for the packet types, empty for all others.</summary>
    public ReadOnlySpan<byte> Data { get; init; }

    /// <summary>Where the packet goes that the program left; may be empty.</summary>
    public Span<byte> DataOut { get; init; }

    /// <summary>How often the program runs; 0 stands for once, and is all that raw tracepoints take.</summary>
    public int Repeat { get; init; }

    /// <summary>The CPU that runs it, for raw tracepoints (5.10); null for the present one.</summary>
    public int? Cpu { get; init; }
}
