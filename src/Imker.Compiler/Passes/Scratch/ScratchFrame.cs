using System.Numerics;
using Imker.Bytecode;
using Imker.Compiler.Ir;
using Imker.Objects;

namespace Imker.Compiler.Passes;

/// <summary>
/// The memory that stands in for the stack where a frame is too large: one section of global data, a word that stays zero and
/// then <see cref="Places"/> slots for each CPU. A slot is a flag of 8 bytes, 1 while somebody holds it, and room for the largest frame of the module.
/// </summary>
/// <remarks>
/// Slots are given by flags and not counted: uprobe programs are preempted, so that several stand on one CPU and do not end in
/// the order in which they began. The slots of a CPU have the numbers CPU, CPU + <see cref="Cpus"/>, and so on.
/// </remarks>
internal sealed class ScratchFrame
{
    public const string MapName = "scratch";

    /// <summary>Programs that may hold a slot on one CPU at the same time: one in each context, and one preempted.</summary>
    public const int Places = 4;

    public const int HeaderSize = 8;

    /// <summary>Where the slots begin, each on a cache line of its own.</summary>
    public const int SlotAlignment = 64;

    private ScratchFrame(int cpus, int slotSize)
    {
        Cpus = cpus;
        SlotSize = slotSize;
    }

    /// <summary>A power of two.</summary>
    public int Cpus { get; }

    public int SlotSize { get; }

    /// <summary>The module's scratch frame, made when a function needs it first: as large as any function of the module will need.</summary>
    public static ScratchFrame Of(PassContext context)
    {
        IrModule module = context.Module;
        int cpus = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, context.Target.PossibleCpus));
        if (module.AddedMaps.FirstOrDefault(m => m.Name == MapName) is { } made)
            return new ScratchFrame(cpus, (made.ValueSize - SlotAlignment) / (cpus * Places));
        int largest = module.Programs.Select(p => p.Function).Concat(module.Functions).Max(FrameBudget.AllocatedBy);
        int slotSize = (HeaderSize + largest + SlotAlignment - 1) / SlotAlignment * SlotAlignment;
        module.AddedMaps.Add(new MapSpec
        {
            Name = MapName,
            Type = MapType.Array,
            KeySize = sizeof(int),
            ValueSize = checked(SlotAlignment + slotSize * cpus * Places),
            MaxEntries = 1,
        });
        return new ScratchFrame(cpus, slotSize);
    }
}
