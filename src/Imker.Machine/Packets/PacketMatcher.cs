using System.Collections.Immutable;
using Imker.Bytecode;
using Imker.Bytecode.Classic;
using Imker.Diagnostics;
using Imker.Machine.Jit;

namespace Imker.Machine;

/// <summary>
/// A packet filter as a function: generated code where this processor has a generator and the filter asks for nothing but the packet, else
/// <see cref="ClassicMachine"/>. Both give the same answers. May be used by many threads at once.
/// </summary>
public sealed unsafe class PacketMatcher
{
    private readonly ClassicMachine machine;
    private readonly CompiledFunction? function;

    private PacketMatcher(ClassicMachine machine, CompiledFunction? function)
    {
        this.machine = machine;
        this.function = function;
    }

    /// <summary>Whether generated code runs.</summary>
    public bool IsCompiled => function is not null;

    /// <summary>Prepares a filter.</summary>
    /// <param name="filter">One that <see cref="ClassicMachine.Create"/> takes.</param>
    /// <exception cref="DiagnosticException">It is not valid.</exception>
    public static PacketMatcher Create(ClassicProgram filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return new PacketMatcher(ClassicMachine.Create(filter), TryCompile(filter));
    }

    /// <summary>Runs the filter over the bytes of a packet that were captured.</summary>
    /// <param name="packet">To ask for a byte behind them is not to pass.</param>
    /// <param name="originalLength">How many bytes the packet had.</param>
    /// <returns>The bytes to keep; 0 for none.</returns>
    public uint Run(ReadOnlySpan<byte> packet, uint originalLength)
    {
        if (function is null)
            return machine.Run(packet, originalLength);
        fixed (byte* start = packet)
            return (uint)function.Run(start, (uint)packet.Length, originalLength);
    }

    /// <summary>Whether a packet that was captured whole passes.</summary>
    public bool Matches(ReadOnlySpan<byte> packet) => Run(packet, (uint)packet.Length) != 0;

    private static CompiledFunction? TryCompile(ClassicProgram filter)
    {
        var options = new ClassicTranslationOptions { Target = ClassicTarget.Memory };
        if (!ClassicTranslator.TryTranslate(filter, options, out Code? code, out _))
            return null;
        // What the translator writes needs no helper and checks each load itself.
        return ProgramValidator.TryValidate("filter", code, ImmutableDictionary<int, MachineHelper>.Empty, ImmutableDictionary<int, string>.Empty, out ExecutableProgram? program, out _)
            ? JitCompiler.TryCompileFunction(program) : null;
    }
}
