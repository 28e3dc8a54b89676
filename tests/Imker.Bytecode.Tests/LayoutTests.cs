using CsCheck;
using Imker.Diagnostics;

namespace Imker.Bytecode.Tests;

public sealed class LayoutTests
{
    private static readonly Instruction Filler = Instruction.Mov(Register.R0, 7);

    [Fact]
    public void Distances_count_slots_and_not_instructions()
    {
        var end = new Label("end");
        var builder = new CodeBuilder();
        builder.Emit(Instruction.JumpIf(JumpCondition.Equal, Register.R1, 0, end));
        builder.Emit(Instruction.LoadImm64(Register.R0, 1));
        builder.Bind(end);
        builder.Emit(Instruction.Exit);

        Code code = builder.ToCode();

        Assert.Equal(2, code.Instructions[0].Offset);
        Assert.Equal(3, code.SlotOf(2));
        Assert.Equal(4, code.SlotCount);
        Assert.True(code.TryGetJumpTarget(0, out int target));
        Assert.Equal(2, target);
        Assert.Equal(2, code.Labels[end]);
        Assert.False(code.TryGetIndex(2, out _));
    }

    [Fact]
    public void Each_instruction_keeps_the_span_it_was_emitted_with()
    {
        var source = new SourceText("a.bt", "first second");
        var builder = new CodeBuilder { Span = source.Span(0, 5) };
        builder.Emit(Filler);
        builder.Span = source.Span(6, 12);
        builder.Emit(Instruction.Exit);

        Code code = builder.ToCode();

        Assert.Equal("first", code.SpanOf(0).Text);
        Assert.Equal("second", code.SpanOf(1).Text);
    }

    [Fact]
    public void What_has_no_target_is_refused()
    {
        var builder = new CodeBuilder();
        var lost = new Label("lost");
        builder.Emit(Instruction.Jump(lost));
        Assert.Contains("'lost'", Assert.Throws<InvalidOperationException>(() => builder.ToCode()).Message);
        builder.Bind(lost);
        Assert.Throws<InvalidOperationException>(() => builder.ToCode());
        Assert.Throws<ArgumentException>(() => builder.Bind(lost));
        Assert.Throws<ArgumentException>(() => builder.Emit(Instruction.Jump(3)));
    }

    [Fact]
    public void A_far_jump_becomes_long_where_that_is_allowed()
    {
        var far = new Label();
        var builder = new CodeBuilder();
        builder.Emit(Instruction.JumpIf(JumpCondition.Less, Register.R1, 5, far));
        builder.Emit(Instruction.JumpIf(JumpCondition.BitsSet, Register.R1, 5, far));
        Fill(builder, 40_000);
        builder.Bind(far);
        builder.Emit(Instruction.Exit);

        Code code = builder.ToCode(longJumps: true);

        Assert.Equal(Instruction.JumpIf(JumpCondition.GreaterOrEqual, Register.R1, 5, 1), code.Instructions[0]);
        Assert.Equal(Instruction.JumpLong(40_003), code.Instructions[1]);
        Assert.Equal(Instruction.JumpIf(JumpCondition.BitsSet, Register.R1, 5, 1), code.Instructions[2]);
        Assert.Equal(Instruction.Jump(1), code.Instructions[3]);
        Assert.Equal(Instruction.JumpLong(40_000), code.Instructions[4]);
    }

    [Theory]
    [InlineData(30_000)]
    [InlineData(40_000)]
    public void Jumps_to_more_far_targets_than_islands_can_hold_are_refused_in_the_end(int count)
    {
        var builder = new CodeBuilder();
        var labels = Enumerable.Range(0, count).Select(_ => new Label()).ToArray();
        foreach (Label label in labels)
            builder.Emit(Instruction.JumpIf(JumpCondition.Equal, Register.R1, 0, label));
        Fill(builder, 40_000);
        foreach (Label label in labels)
        {
            builder.Bind(label);
            builder.Emit(Filler);
        }
        Assert.Throws<InvalidOperationException>(() => builder.ToCode());
    }

    /// <summary>So many stones push each other out of reach, and islands come to stand beside islands.</summary>
    [Theory]
    [InlineData(2_000, 60)]
    public void Thousands_of_far_jumps_all_arrive(int jumps, int fill)
    {
        Label[] labels = [.. Enumerable.Range(0, jumps).Select(i => new Label($"t{i}"))];
        var builder = new CodeBuilder();
        for (int i = 0; i < jumps; i++)
        {
            builder.Emit(Instruction.JumpIf(JumpCondition.Equal, Register.R2, i, labels[i]));
            Fill(builder, fill);
        }
        builder.Emit(Instruction.Exit);
        for (int i = jumps - 1; i >= 0; i--)
        {
            builder.Bind(labels[i]);
            builder.Emit(Instruction.Mov(Register.R1, i), Instruction.Exit);
        }
        Code code = builder.ToCode();
        int next = 0;
        for (int index = 0; next < jumps; index++)
        {
            if (!code.Instructions[index].IsConditionalJump)
                continue;
            Assert.Equal(next, code.Instructions[index].Constant);
            Assert.Equal(Instruction.Mov(Register.R1, next++), code.Instructions[Follow(code, index)]);
        }
        Assert.DoesNotContain(false, Reached(code));
    }

    // Where a jump goes in the end, over the unconditional ones.
    private static int Follow(Code code, int index)
    {
        do
            Assert.True(code.TryGetJumpTarget(index, out index));
        while (code.Instructions[index].IsUnconditionalJump);
        return index;
    }

    private static bool[] Reached(Code code)
    {
        var reached = new bool[code.Instructions.Length];
        var open = new Stack<int>([0]);
        while (open.TryPop(out int index))
        {
            if (reached[index])
                continue;
            reached[index] = true;
            if (code.TryGetJumpTarget(index, out int target))
                open.Push(target);
            if (code.Instructions[index].FallsThrough)
                open.Push(index + 1);
        }
        return reached;
    }

    // A program is a list of blocks: a mark, some filling, a jump to any block. The blocks that are run through are compared with those
    // that the jumps, before layout, say.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void However_far_a_jump_arrives_where_it_was_meant(bool longJumps)
    {
        Gen<Block> block = Gen.Select(Gen.Int[0, 20_000], Gen.Int[0, 3], Gen.Int[0, 1000], (fill, kind, target) => new Block(fill, kind, target));
        Gen.Select(block.List[1, 20], Gen.Bool).Sample(
            (blocks, taken) =>
            {
                Label[] labels = [.. blocks.Select((_, i) => new Label($"b{i}"))];
                var builder = new CodeBuilder();
                for (int i = 0; i < blocks.Count; i++)
                {
                    builder.Bind(labels[i]);
                    builder.Emit(Instruction.Mov(Register.R1, i));
                    Fill(builder, blocks[i].Fill);
                    builder.Emit(JumpOf(blocks[i].Kind, labels[blocks[i].Target % blocks.Count]));
                }
                builder.Emit(Instruction.Exit);
                Assert.Equal(BlocksMeant(blocks, taken), BlocksRun(builder.ToCode(longJumps), taken));
            },
            iter: 40);
    }

    private const int MaxBlocksRun = 12;

    private sealed record Block(int Fill, int Kind, int Target);

    private static Instruction JumpOf(int kind, Label target) => kind switch
    {
        0 => Instruction.Jump(target),
        1 => Instruction.JumpIf(JumpCondition.SignedGreater, Register.R1, Register.R2, target),
        2 => Instruction.JumpIf32(JumpCondition.BitsSet, Register.R1, 4, target),
        _ => Instruction.MayGoto(target),
    };

    private static List<int> BlocksMeant(List<Block> blocks, bool taken)
    {
        var run = new List<int>();
        for (int i = 0; i < blocks.Count && run.Count < MaxBlocksRun;)
        {
            run.Add(i);
            i = taken || blocks[i].Kind == 0 ? blocks[i].Target % blocks.Count : i + 1;
        }
        return run;
    }

    // Every condition of the program holds if taken, and none if not; layout may have inverted it.
    private static List<int> BlocksRun(Code code, bool taken)
    {
        var run = new List<int>();
        for (int index = 0; ;)
        {
            Instruction instruction = code.Instructions[index];
            bool inverted = instruction is { IsConditionalJump: true, Condition: JumpCondition.SignedLessOrEqual };
            if (instruction.IsExit || run.Count == MaxBlocksRun)
                return run;
            if (instruction.IsUnconditionalJump || (instruction.IsJump && taken != inverted))
            {
                Assert.True(code.TryGetJumpTarget(index, out index));
                continue;
            }
            if (instruction.Dst == Register.R1 && !instruction.IsJump)
                run.Add((int)instruction.Constant);
            index++;
        }
    }

    private static void Fill(CodeBuilder builder, int count)
    {
        for (int i = 0; i < count; i++)
            builder.Emit(Filler);
    }
}
