using Imker.Diagnostics;

namespace Imker.Compiler.Lir;

internal enum LirEnd : byte
{
    Jump,

    /// <summary>To the first successor when <see cref="LirBlock.Test"/> holds, else to the second.</summary>
    Branch,

    /// <summary>To the first successor while the kernel's budget lasts, else to the second.</summary>
    MayGoto,
    Return,
}

internal sealed class LirBlock(string name)
{
    public string Name { get; } = name;

    public List<LirPhi> Phis { get; } = [];

    public List<LirInstruction> Instructions { get; } = [];

    public LirEnd End { get; private set; }

    public LirInstruction? Test { get; private set; }

    /// <summary>What a block that returns leaves in R0.</summary>
    public LirSource Result { get; private set; }

    public LirBlock[] Successors { get; private set; } = [];

    /// <summary>In the order of the phis' inputs.</summary>
    public List<LirBlock> Predecessors { get; } = [];

    public SourceSpan EndSpan { get; private set; }

    /// <summary>Index among the successors that is an error path; -1 for none.</summary>
    public int UnlikelySuccessor { get; private set; } = -1;

    /// <summary>Place in <see cref="LirFunction.Blocks"/>.</summary>
    public int Index { get; set; }

    public int LoopDepth { get; set; }

    public void Jump(LirBlock target, SourceSpan span) => Finish(LirEnd.Jump, [target], span);

    public void Branch(LirInstruction test, LirBlock ifTrue, LirBlock ifFalse, SourceSpan span, int unlikely = -1)
    {
        Test = test;
        UnlikelySuccessor = unlikely;
        Finish(LirEnd.Branch, [ifTrue, ifFalse], span);
    }

    public void MayGoto(LirBlock body, LirBlock exit, SourceSpan span)
    {
        UnlikelySuccessor = 1;
        Finish(LirEnd.MayGoto, [body, exit], span);
    }

    public void Return(LirSource result, SourceSpan span)
    {
        Result = result;
        Finish(LirEnd.Return, [], span);
    }

    public override string ToString() => Name;

    private void Finish(LirEnd end, LirBlock[] successors, SourceSpan span)
    {
        End = end;
        Successors = successors;
        EndSpan = span;
    }
}

/// <summary>A value that depends on the edge taken.</summary>
internal sealed class LirPhi(int definition, LirSource[] inputs)
{
    public int Definition { get; } = definition;

    /// <summary>In the order of the block's predecessors.</summary>
    public LirSource[] Inputs { get; } = inputs;
}
