using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Imker.Diagnostics;

namespace Imker.Bytecode.Classic;

/// <summary>
/// Runs a classic program over packets as the Linux kernel does. A load outside of the packet and a division by zero end it with 0; a shift
/// by the index register takes its low five bits. May be used by many threads at once.
/// </summary>
public sealed partial class ClassicMachine
{
    private readonly MachineStep[] steps;

    private readonly MachineNode? first;

    private ClassicMachine(MachineStep[] steps)
    {
        this.steps = steps;
        first = MachineNodes.TryBuild(this, steps);
    }

    /// <summary>Prepares a program for running.</summary>
    /// <param name="program">
    /// One that the kernel takes, or that it would take but for <c>ja</c> going backward, for loads of scratch cells never stored, which are
    /// zero here, and for loads from ancillary offsets that mean nothing, which end the program with 0: libpcap makes such programs for
    /// <c>protochain</c> and for link-layer types without the field that is asked for.
    /// </param>
    /// <param name="machine">The machine; null when the program is not valid.</param>
    /// <param name="diagnostics">What is wrong with it.</param>
    public static bool TryCreate(
        ClassicProgram program, [NotNullWhen(true)] out ClassicMachine? machine, out ImmutableArray<Diagnostic> diagnostics)
    {
        ArgumentNullException.ThrowIfNull(program);
        diagnostics = ClassicValidator.Validate(program, forKernel: false);
        machine = diagnostics.IsEmpty ? new ClassicMachine(MachineDecoder.Decode(program.Instructions)) : null;
        return machine is not null;
    }

    /// <summary>As <see cref="TryCreate"/>.</summary>
    /// <exception cref="DiagnosticException">The program is not valid.</exception>
    public static ClassicMachine Create(ClassicProgram program) =>
        TryCreate(program, out ClassicMachine? machine, out ImmutableArray<Diagnostic> diagnostics)
            ? machine : throw new DiagnosticException(diagnostics);

    /// <summary>Runs the program over a packet that was captured whole and of which nothing else is known.</summary>
    /// <returns>The bytes of the packet to keep; 0 for none.</returns>
    public uint Run(ReadOnlySpan<byte> packet) => Run(packet, (uint)packet.Length);

    /// <summary>Runs the program over the bytes of a packet that were captured, of which only the length on the wire is known besides.</summary>
    /// <returns>The bytes of the packet to keep; 0 for none.</returns>
    public uint Run(ReadOnlySpan<byte> packet, uint length) =>
        first is not null ? first.Run(packet, 0, 0, length) : RunSteps(packet, length);

    // By itself, so that its structure does not keep the nodes that call it from tail calls.
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal uint RunSteps(ReadOnlySpan<byte> packet, uint length) => Run(packet, new ClassicPacketInfo { Length = length });

    /// <summary>Whether a packet that was captured whole passes the filter.</summary>
    public bool Matches(ReadOnlySpan<byte> packet) => Run(packet) != 0;
}
