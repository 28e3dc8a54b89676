using Imker.Bytecode;
using Imker.Objects;

namespace Imker.Compiler.Ir;

/// <summary>A straight run of instructions, phis first, a terminator last.</summary>
public sealed partial class IrBlock(IrFunction function, string name)
{
    public IrFunction Function { get; } = function;

    /// <summary>For listings; made unique by the printer.</summary>
    public string Name { get; } = name;

    public List<PhiInstruction> Phis { get; } = [];

    /// <summary>Everything between the phis and the terminator.</summary>
    public List<IrInstruction> Instructions { get; } = [];

    /// <summary>Null while the block is being built.</summary>
    public TerminatorInstruction? Terminator { get; private set; }

    /// <summary>Blocks that end with a jump here; one entry for each edge. Kept by <see cref="SetTerminator"/>.</summary>
    public List<IrBlock> Predecessors { get; } = [];

    public IReadOnlyList<IrBlock> Successors => Terminator?.Targets ?? [];

    public void Add(IrInstruction instruction)
    {
        instruction.Block = this;
        Instructions.Add(instruction);
    }

    public void Insert(int index, IrInstruction instruction)
    {
        instruction.Block = this;
        Instructions.Insert(index, instruction);
    }

    public void AddPhi(PhiInstruction phi)
    {
        phi.Block = this;
        Phis.Add(phi);
    }

    /// <summary>Ends the block, or ends it anew; keeps the predecessors of the targets. Phi operands of targets are the caller's business.</summary>
    public void SetTerminator(TerminatorInstruction terminator)
    {
        foreach (IrBlock target in Successors)
            target.Predecessors.Remove(this);
        terminator.Block = this;
        Terminator = terminator;
        foreach (IrBlock target in terminator.Targets)
            target.Predecessors.Add(this);
    }

    public override string ToString() => Name;
}

/// <summary>A function: parameters and blocks, the entry first.</summary>
public sealed class IrFunction(string name, IrType returnType, params IrParameter[] parameters)
{
    public string Name { get; } = name;

    public IrType ReturnType { get; } = returnType;

    public IReadOnlyList<IrParameter> Parameters { get; } = parameters;

    /// <summary>The entry first; otherwise in any order until layout.</summary>
    public List<IrBlock> Blocks { get; } = [];

    public IrBlock Entry => Blocks[0];

    /// <summary>Verified by its signature alone.</summary>
    public bool IsGlobal { get; init; }

    /// <summary>The type of the programs that it is part of: decides which helpers and context accesses are allowed.</summary>
    public required ProgramType ProgramType { get; init; }

    public IrBlock NewBlock(string name)
    {
        var block = new IrBlock(this, name);
        Blocks.Add(block);
        return block;
    }
}

/// <summary>What a front end hands to the compiler: functions, and the object that they become part of.</summary>
public sealed class IrModule
{
    /// <summary>Everything of the object but its code: the programs' entries, functions and BTF are filled in by the compiler.</summary>
    public required BpfObject Shell { get; init; }

    /// <summary>Programs in the order of the object; the compiler makes each program's <see cref="ProgramSpec.Entry"/>.</summary>
    public List<IrProgram> Programs { get; } = [];

    /// <summary>Subprograms and callbacks.</summary>
    public List<IrFunction> Functions { get; } = [];

    /// <summary>Maps that passes add, such as scratch buffers.</summary>
    public List<MapSpec> AddedMaps { get; } = [];

    public LossTable Losses { get; init; } = new();

    /// <summary>The section of global data with the cells of <see cref="Losses"/>.</summary>
    public const string LossMap = "losses";
}

/// <summary>A program: what is known of it besides its code, and its code.</summary>
public sealed class IrProgram(IrFunction function, string displayName)
{
    public IrFunction Function { get; } = function;

    public string Name => Function.Name;

    public ProgramType Type => Function.ProgramType;

    public AttachType? ExpectedAttachType { get; init; }

    public string? AttachTarget { get; init; }

    /// <summary>What a person calls it; see <see cref="ProgramSpec.DisplayName"/>.</summary>
    public string DisplayName { get; } = displayName;
}
