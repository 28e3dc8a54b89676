using Imker.Diagnostics;

namespace Imker.Compiler.Lir;

/// <summary>A function in machine instructions, in SSA form over virtual registers.</summary>
internal sealed class LirFunction(string name, SourceSpan span)
{
    private int next = LirRegister.FirstVirtual;

    public string Name { get; } = name;

    public SourceSpan Span { get; } = span;

    /// <summary>The entry first; every block behind those that dominate it.</summary>
    public List<LirBlock> Blocks { get; } = [];

    /// <summary>The virtual registers that R1, R2, … are in at the entry; <see cref="LirRegister.None"/> for those not used.</summary>
    public int[] Parameters { get; set; } = [];

    /// <summary>The allocations of the source that are used.</summary>
    public List<FrameSlot> Slots { get; } = [];

    /// <summary>Names of the functions that it calls or takes the address of.</summary>
    public HashSet<string> Callees { get; } = [];

    /// <summary>Contains <c>may_goto</c>, for which the kernel takes a part of the stack.</summary>
    public bool UsesMayGoto { get; set; }

    /// <summary>One past the highest virtual register.</summary>
    public int RegisterEnd => next;

    public int NewRegister() => next++;
}
