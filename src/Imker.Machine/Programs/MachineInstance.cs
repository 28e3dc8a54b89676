using Imker.Hosting;
using Imker.Objects;

namespace Imker.Machine;

/// <summary>
/// An object in the machine. Disposing it lets go of its maps and programs; a run that is under way, and whoever else holds them, keeps
/// what it uses.
/// </summary>
public sealed class MachineInstance : IBpfInstance
{
    private Dictionary<string, MachineMap> maps;
    private Dictionary<string, MachineProgram> programs;

    internal MachineInstance(BpfObject blueprint, Dictionary<string, MachineMap> maps, Dictionary<string, MachineProgram> programs)
    {
        Blueprint = blueprint;
        this.maps = maps;
        this.programs = programs;
    }

    public BpfObject Blueprint { get; }

    /// <summary>By the names of the blueprint.</summary>
    public IReadOnlyDictionary<string, MachineMap> Maps => maps;

    /// <summary>By the names of the blueprint.</summary>
    public IReadOnlyDictionary<string, MachineProgram> Programs => programs;

    /// <inheritdoc/>
    public MapStore GetMap(string name) => maps[name];

    /// <inheritdoc/>
    /// <remarks>A program for packets is given the bytes as its packet, any other as its context, of which it changes a copy.</remarks>
    /// <exception cref="ProgramFaultException">The run was ended by a fault.</exception>
    public uint Run(string program, ReadOnlySpan<byte> context)
    {
        MachineProgram started = programs[program];
        RunResult result = PacketContext.Describes(started.Type) ? started.RunPacket(context) : started.Run(context.ToArray());
        return result.Fault is { } fault ? throw new ProgramFaultException(fault) : (uint)result.ReturnValue;
    }

    public void Dispose()
    {
        maps = [];
        programs = [];
    }
}
