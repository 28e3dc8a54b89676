using System.Collections.Immutable;

namespace Imker.Objects;

/// <summary>
/// The blueprint of everything that is to be loaded: programs, subprograms, maps, global data, attachments, and how what comes
/// back is read. Immutable, and independent of the machine that wrote it: the same input gives the same object everywhere.
/// What lives in a kernel or a machine is made from it and is another type.
/// </summary>
public sealed record BpfObject
{
    /// <summary>Names the object in messages and gives its maps and programs their prefix where the kernel shows names.</summary>
    public required string Name { get; init; }

    /// <summary>The licence that the programs are loaded with; helpers marked <c>gpl_only</c> need a compatible one.</summary>
    public string License { get; init; } = "GPL";

    public ImmutableArray<ProgramSpec> Programs { get; init; } = [];

    /// <summary>
    /// Subprograms and callbacks, shared by the programs. A host appends to a program those that its code refers to by
    /// <see cref="Imker.Bytecode.FunctionReference"/>, directly or through another function.
    /// </summary>
    public ImmutableArray<FunctionSpec> Functions { get; init; } = [];

    /// <summary>All maps, the sections of global data (<c>.bss</c>, <c>.rodata</c>, …) among them.</summary>
    public ImmutableArray<MapSpec> Maps { get; init; } = [];

    /// <summary>Where the programs are to be attached; one program may serve several.</summary>
    public ImmutableArray<AttachSpec> Attachments { get; init; } = [];

    /// <summary>How the records in the object's ring buffers are laid out and what is done with each; indexed by <see cref="RecordSchema.Id"/>.</summary>
    public ImmutableArray<RecordSchema> Records { get; init; } = [];

    /// <summary>The maps that a reader of the object's output knows by name, and how their keys and values print.</summary>
    public ImmutableArray<MapView> Views { get; init; } = [];

    /// <summary>The counters of what was lost, in the order of their 64-bit cells in the map <see cref="LossMap"/>.</summary>
    public ImmutableArray<LossCounter> Losses { get; init; } = [];

    /// <summary>The global data section that holds the cells of <see cref="Losses"/>; null when nothing can be lost.</summary>
    public string? LossMap { get; init; }

    /// <summary>Variables in global data that are set or read from outside, by name.</summary>
    public ImmutableArray<GlobalVariable> Variables { get; init; } = [];

    /// <summary>Variables that the target's configuration sets, in the map <c>.kconfig</c>.</summary>
    public ImmutableArray<KernelVariable> KernelVariables { get; init; } = [];

    /// <summary>The object's own BTF as a blob (<c>.BTF</c>), little endian; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Btf { get; init; }

    public ProgramSpec? FindProgram(string name) => Programs.FirstOrDefault(p => p.Name == name);

    public FunctionSpec? FindFunction(string name) => Functions.FirstOrDefault(f => f.Name == name);

    public MapSpec? FindMap(string name) => Maps.FirstOrDefault(m => m.Name == name);
}

/// <summary>A variable in a section of global data.</summary>
/// <param name="Name">Unique in the object.</param>
/// <param name="Map">The section's map.</param>
/// <param name="Offset">Bytes from the start of the section.</param>
/// <param name="Size">Bytes.</param>
public sealed record GlobalVariable(string Name, string Map, int Offset, int Size)
{
    /// <summary>Not seen by other objects that it is linked with.</summary>
    public bool IsStatic { get; init; }

    /// <summary>Gives way to another variable of its name where objects are linked.</summary>
    public bool IsWeak { get; init; }
}
