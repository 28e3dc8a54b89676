using Imker.Bytecode;
using Imker.Compiler.Lir;

namespace Imker.Compiler.Emission;

/// <summary>Puts the blocks of a function into order and writes them one behind the other.</summary>
internal sealed class FunctionEmitter
{
    // The kernel's verifier puts several instructions in the place of one (lookups, may_goto) and gives up where a jump over them
    // no longer reaches (bpf_adj_branches): so jumps are kept to a quarter of their reach.
    private const int Reach = CodeBuilder.MaxReach / 4;

    // Only where a jump may not reach is the target asked for long jumps; a wide load takes two slots.
    private const int AlwaysReached = Reach / 2;

    private readonly CodeBuilder builder = new();
    private readonly Dictionary<CodeBlock, Label> labels = [];

    public static Code Emit(List<CodeBlock> blocks, TargetInstructions target)
    {
        JumpThreading.Run(blocks);
        EdgeConstants.Run(blocks);
        ChoiceHoisting.Run(blocks);
        JumpThreading.Run(blocks);
        BlockLayout.MarkCold(blocks);
        BlockMerging.Run(blocks);
        List<CodeBlock> order = BlockLayout.Arrange(blocks);
        var emitter = new FunctionEmitter();
        for (int i = 0; i < order.Count; i++)
            emitter.FindJumps(order[i], i + 1 < order.Count ? order[i + 1] : null);
        for (int i = 0; i < order.Count; i++)
            emitter.Emit(order[i], i + 1 < order.Count ? order[i + 1] : null);
        return emitter.builder.ToCode(emitter.builder.Count > AlwaysReached && target.HasVersion4, Reach);
    }

    // The next block is reached without a jump, but from the one condition that cannot be turned round, and by may_goto's exit.
    private void FindJumps(CodeBlock block, CodeBlock? next)
    {
        foreach (CodeBlock successor in block.Successors)
        {
            if (successor != next || block.End == LirEnd.MayGoto || (block.End == LirEnd.Branch && !block.Test.TryInvert(out _)))
                labels.TryAdd(successor, new Label(successor.Name));
        }
    }

    private void Emit(CodeBlock block, CodeBlock? next)
    {
        if (labels.TryGetValue(block, out Label? label))
            builder.Bind(label);
        foreach (CodeLine line in block.Lines)
        {
            builder.Span = line.Span;
            builder.Emit(line.Instruction);
        }
        builder.Span = block.EndSpan;
        switch (block.End)
        {
            case LirEnd.Return:
                builder.Emit(Instruction.Exit);
                break;
            case LirEnd.Jump:
                Jump(block.Successors[0], next);
                break;
            case LirEnd.MayGoto:
                builder.Emit(Instruction.MayGoto(LabelOf(block.Successors[1])));
                Jump(block.Successors[0], next);
                break;
            default:
                Branch(block, next);
                break;
        }
    }

    private void Branch(CodeBlock block, CodeBlock? next)
    {
        if (block.Successors[0] == next && block.Test.TryInvert(out Instruction inverted))
        {
            builder.Emit(inverted.WithReference(LabelOf(block.Successors[1])));
            return;
        }
        builder.Emit(block.Test.WithReference(LabelOf(block.Successors[0])));
        Jump(block.Successors[1], next);
    }

    private void Jump(CodeBlock target, CodeBlock? next)
    {
        if (target != next)
            builder.Emit(Instruction.Jump(LabelOf(target)));
    }

    private Label LabelOf(CodeBlock block) => labels[block];
}
