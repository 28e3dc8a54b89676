using System.Collections.Immutable;
using Imker.Bytecode;
using Imker.Diagnostics;
using Imker.Hosting;
using Imker.Objects;

namespace Imker.Machine;

/// <summary>
/// An eBPF machine in this process: loads objects, makes their maps, runs their programs. It needs no privilege and touches nothing
/// outside of the process.
/// </summary>
public sealed class BpfMachine : IBpfHost
{
    private readonly Dictionary<int, MachineHelper> helpers = new(KernelHelpers.All);
    private readonly Dictionary<int, HostHelper> hostHelpers = [];

    /// <param name="options">What it is like; <see cref="MachineOptions.Default"/> where it is null.</param>
    /// <exception cref="ArgumentException">Two helpers of the host have the same number, or there are no CPUs.</exception>
    public BpfMachine(MachineOptions? options = null)
    {
        Options = options ?? MachineOptions.Default;
        ArgumentOutOfRangeException.ThrowIfLessThan(Options.CpuCount, 1, nameof(options));
        Cpus = new CpuSlots(Options.CpuCount);
        foreach (HostHelper helper in Options.Helpers)
        {
            if (!hostHelpers.TryAdd(helper.Number, helper))
                throw new ArgumentException($"two helpers have the number {helper.Number}: '{hostHelpers[helper.Number].Name}' and '{helper.Name}'", nameof(options));
            helpers.Add(helper.Number, HostHelpers.EntryOf(helper));
        }
    }

    public MachineOptions Options { get; }

    internal CpuSlots Cpus { get; }

    internal IReadOnlyDictionary<int, MachineHelper> Helpers => helpers;

    /// <summary>Makes the object's maps, fills in its global data, and checks the form of its programs.</summary>
    /// <exception cref="DiagnosticException">A program or a map cannot be loaded; every reason is told.</exception>
    public MachineInstance Load(BpfObject source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return ObjectLoader.Load(this, source);
    }

    /// <summary>Whether programs of a type are given packets, with the context that a kernel would make: <see cref="MachineProgram.RunPacket"/>.</summary>
    public static bool TakesPackets(ProgramType type) => PacketContext.Describes(type);

    IBpfInstance IBpfHost.Load(BpfObject source) => Load(source);

    /// <summary>Loads a program without maps from its instructions alone.</summary>
    /// <param name="name">Names it in messages.</param>
    /// <param name="code">All functions, the main program first; calls and addresses of functions by distance.</param>
    /// <param name="type">What the program is for; decides what its context is where it is given a packet.</param>
    /// <exception cref="DiagnosticException">It cannot be loaded; every reason is told.</exception>
    public MachineProgram LoadProgram(string name, Code code, ProgramType type = ProgramType.Unspecified)
    {
        ArgumentNullException.ThrowIfNull(code);
        return ProgramValidator.TryValidate(name, code, helpers, ImmutableDictionary<int, string>.Empty, out ExecutableProgram? program, out ImmutableArray<Diagnostic> diagnostics)
            ? new MachineProgram(this, program, type, [], Options.Mode)
            : throw new DiagnosticException(diagnostics);
    }

    /// <summary>Makes a map on its own.</summary>
    /// <exception cref="ArgumentException">There can be no such map.</exception>
    public MachineMap CreateMap(MapSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return new MachineMap(MapFactory.Create(spec, Options.CpuCount, out string? problem)
            ?? throw new ArgumentException($"cannot make map '{spec.Name}': {problem}", nameof(spec)));
    }

    internal HostHelper HostHelper(int number) => hostHelpers[number];
}
