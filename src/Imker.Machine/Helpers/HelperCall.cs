namespace Imker.Machine;

/// <summary>The arguments of a call of a host's helper. Its spans are the program's memory, valid during the call.</summary>
public readonly unsafe ref struct HelperCall
{
    private readonly ExecutionState* state;
    private readonly ReadOnlySpan<ulong> arguments;

    internal HelperCall(ExecutionState* state, ReadOnlySpan<ulong> arguments)
    {
        this.state = state;
        this.arguments = arguments;
    }

    /// <summary>An argument as a number, 0 for R1.</summary>
    public ulong this[int index] => arguments[index];

    /// <summary>The memory of an argument that is <see cref="HostArgument.Input"/>.</summary>
    public ReadOnlySpan<byte> Input(int index) => new((void*)arguments[index], (int)arguments[index + 1]);

    /// <summary>The memory of an argument that is <see cref="HostArgument.Output"/>.</summary>
    public Span<byte> Output(int index) => new((void*)arguments[index], (int)arguments[index + 1]);

    /// <summary>The program's context.</summary>
    public Span<byte> Context => new((void*)state->Regions[ExecutionState.ContextRegion].Start, (int)state->Regions[ExecutionState.ContextRegion].Length);
}
