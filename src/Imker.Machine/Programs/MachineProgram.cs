using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Imker.Bytecode;

namespace Imker.Machine;

/// <summary>A program that can be run, by any number of threads at once.</summary>
public sealed unsafe class MachineProgram
{
    private static int lastId;

    private readonly ProgramEngine engine;
    private readonly Jit.CompiledFunction? function;
    private Interpreter? interpreter;
    private readonly bool entersEpoch, takesCpu;

    internal MachineProgram(BpfMachine machine, ExecutableProgram executable, ProgramType type, ImmutableArray<MachineMap> maps, ExecutionMode mode)
    {
        Machine = machine;
        Executable = executable;
        Type = type;
        Maps = maps;
        Id = Interlocked.Increment(ref lastId);
        var regions = ImmutableArray.CreateBuilder<MemoryRegion>();
        for (int i = 0; i < maps.Length; i++)
        {
            if (maps[i].TryGetRegion(out MemoryRegion region))
                regions.Add(region with { Map = i });
        }
        Regions = regions.ToImmutable();
        entersEpoch = maps.Any(map => map.Storage.IsReclaimed || LeadsFurther(map.Storage));
        takesCpu = maps.Any(map => map.Storage.ValuesPerElement > 1 || LeadsFurther(map.Storage));
        long start = Stopwatch.GetTimestamp();
        engine = EngineSelection.Choose(this, mode);
        function = (engine as Jit.CompiledProgram)?.Function;
        CompileTime = Stopwatch.GetElapsedTime(start);
    }

    public string Name => Executable.Name;

    public ProgramType Type { get; }

    /// <summary>Unique in the process.</summary>
    public int Id { get; }

    /// <summary>The maps that the program names, in the order of their handles.</summary>
    public ImmutableArray<MachineMap> Maps { get; }

    /// <summary>Whether the program's context describes a packet: <see cref="RunPacket"/>.</summary>
    public bool TakesPackets => BpfMachine.TakesPackets(Type);

    /// <summary>What it took to make the program ready to run.</summary>
    public TimeSpan CompileTime { get; }

    /// <summary>Whether generated code runs, instead of the interpreter.</summary>
    public bool IsCompiled => engine is Jit.CompiledProgram;

    internal BpfMachine Machine { get; }

    internal ExecutableProgram Executable { get; }

    internal ImmutableArray<MemoryRegion> Regions { get; }

    /// <summary>Made when it is first asked for: generated code needs none.</summary>
    internal Interpreter Interpreter => interpreter ?? Interlocked.CompareExchange(ref interpreter, new Interpreter(this), null) ?? interpreter;

    /// <summary>The instruction that starts at a slot of the program, as it runs: maps are numbers.</summary>
    /// <exception cref="ArgumentOutOfRangeException">None starts there.</exception>
    public Instruction InstructionAt(int slot) => Executable.Code.TryGetIndex(slot, out int index)
        ? Executable.Code.Instructions[index] : throw new ArgumentOutOfRangeException(nameof(slot), slot, "No instruction starts there.");

    /// <summary>Runs the program once: R1 holds the address of the context, which it may read and write, and R2 its length.</summary>
    /// <param name="context">Memory of any length, also none.</param>
    public RunResult Run(Span<byte> context)
    {
        if (function is null)
            return Run(new MachineRun { Context = context });
        fixed (byte* start = context)
            return new RunResult(function.Run(start, (uint)context.Length), null);
    }

    /// <summary>Runs the program once.</summary>
    public RunResult Run(in MachineRun run)
    {
        Processor processor = Processor.Take();
        try
        {
            fixed (byte* context = run.Context, packet = run.Packet)
            {
                processor.Prepare(this, run.Budget ?? Machine.Options.Budget);
                processor.SetMemory(context, run.Context.Length, packet, run.Packet.Length);
                processor.Cookie = run.Cookie;
                return Execute(processor, run.Observer);
            }
        }
        finally
        {
            processor.GiveBack();
        }
    }

    /// <summary>Runs a program for packets once: its context is what the kernel's would be, <c>struct xdp_md</c> or <c>struct __sk_buff</c>.</summary>
    /// <param name="packet">Copied; up to 65,536 bytes.</param>
    /// <param name="output">Where the packet goes that the program left, as much as fits; may be empty.</param>
    /// <param name="observer">Sees each step; the run is interpreted then.</param>
    /// <exception cref="InvalidOperationException">The program's type has no packets.</exception>
    /// <exception cref="PlatformNotSupportedException">The system has no memory below four gigabytes.</exception>
    public RunResult RunPacket(ReadOnlySpan<byte> packet, Span<byte> output = default, StepObserver? observer = null)
    {
        if (!TakesPackets)
            throw new InvalidOperationException($"the program '{Name}' of type {Type} takes no packets");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(packet.Length, PacketContext.MaxPacket, nameof(packet));
        Processor processor = Processor.Take();
        try
        {
            processor.Prepare(this, Machine.Options.Budget);
            processor.SetPacket(Type, packet);
            RunResult result = Execute(processor, observer);
            ReadOnlySpan<byte> left = processor.PacketContext!.Packet;
            left[..Math.Min(left.Length, output.Length)].CopyTo(output);
            return result with { PacketLength = left.Length };
        }
        finally
        {
            processor.GiveBack();
        }
    }

    /// <summary>
    /// Runs the program again and again on the same memory, which is set up once, as the kernel's test run does: how long a run takes.
    /// </summary>
    /// <param name="memory">A packet for programs that take packets, else the context. Each run sees what the one before left.</param>
    /// <param name="times">At least 1. A fault ends them.</param>
    /// <param name="elapsed">Of all runs.</param>
    /// <returns>The last run's result.</returns>
    public RunResult Repeat(Span<byte> memory, int times, out TimeSpan elapsed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(times);
        Processor processor = Processor.Take();
        try
        {
            fixed (byte* context = memory)
            {
                processor.Prepare(this, Machine.Options.Budget);
                if (TakesPackets)
                    processor.SetPacket(Type, memory);
                else
                    processor.SetMemory(context, memory.Length, null, 0);
                return Repeat(processor, times, out elapsed);
            }
        }
        finally
        {
            processor.GiveBack();
        }
    }

    private RunResult Repeat(Processor processor, int times, out TimeSpan elapsed)
    {
        ulong first = processor.State->Registers[1], second = processor.State->Registers[2];
        RunResult result = default;
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < times && !result.IsFault; i++)
        {
            processor.Prepare(this, Machine.Options.Budget);
            processor.State->Registers[1] = first;
            processor.State->Registers[2] = second;
            result = Execute(processor, observer: null);
        }
        elapsed = Stopwatch.GetElapsedTime(start);
        return result;
    }

    private RunResult Execute(Processor processor, StepObserver? observer)
    {
        ExecutionState* state = processor.State;
        if (entersEpoch)
            ReclamationEpoch.Enter(state);
        if (takesCpu)
            processor.TakeCpu(Machine.Cpus);
        try
        {
            ulong result = Start(processor, observer);
            return state->Fault == FaultKind.None ? new RunResult(result, null) : new RunResult(0, FaultReport.Make(processor));
        }
        finally
        {
            processor.GiveUpWhatIsHeld();
            if (entersEpoch)
                ReclamationEpoch.Leave(state);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong Start(Processor processor, StepObserver? observer)
    {
        if (observer is null)
            return engine.Run(processor.State);
        processor.Observer = observer;
        return Interpreter.Trace(processor.State);
    }

    /// <summary>The engine that runs the program, or the one that tells an observer.</summary>
    internal ProgramEngine EngineOf(StepObserver? observer) => observer is null ? engine : Interpreter;

    // What such a map leads to is known when it is found, and then the run is under way.
    private static bool LeadsFurther(MapStorage storage) => storage is MapOfMapsStorage or ProgramArrayStorage;
}
