using System.Collections.Immutable;
using Imker.Bytecode.Classic;

namespace Imker.Filter.Emission;

/// <summary>The places of blocks in a program that is laid out from its end. Distances are counted from there, so they do not change.</summary>
internal sealed class ClassicLayout
{
    private const int Reach = byte.MaxValue;

    private readonly Dictionary<FilterBlock, Place> places = new(ReferenceEqualityComparer.Instance);
    private int length;

    /// <param name="FromEnd">Instructions from the block's first one to the program's end.</param>
    /// <param name="Statements">Its statements that emit something.</param>
    /// <param name="LongTrue">The true branch goes by a <c>ja</c>.</param>
    /// <param name="LongFalse">The false branch goes by a <c>ja</c>, behind the other one's.</param>
    private readonly record struct Place(int FromEnd, int Statements, bool LongTrue, bool LongFalse)
    {
        public int Jumps => (LongTrue ? 1 : 0) + (LongFalse ? 1 : 0);
    }

    /// <summary>Puts a block before all others. Those that it jumps to are there.</summary>
    public void Add(FilterBlock block)
    {
        int statements = block.Statements.Count(statement => !statement.IsNop);
        var place = new Place(length + statements + 1, statements, false, false);
        while (!block.IsReturn)
        {
            // Every ja behind the branch moves it away from its targets.
            bool longTrue = place.LongTrue || DistanceTo(block.TrueTarget!, place) > Reach;
            bool longFalse = place.LongFalse || longTrue == place.LongTrue && DistanceTo(block.FalseTarget!, place) > Reach;
            if (longTrue == place.LongTrue && longFalse == place.LongFalse)
                break;
            place = place with { LongTrue = longTrue, LongFalse = longFalse };
            place = place with { FromEnd = length + statements + 1 + place.Jumps };
        }
        length = place.FromEnd;
        places.Add(block, place);
    }

    /// <summary>Writes the instructions.</summary>
    /// <param name="order">All blocks, the last first.</param>
    public ClassicProgram ToProgram(List<FilterBlock> order)
    {
        var program = ImmutableArray.CreateBuilder<ClassicInstruction>(length);
        for (int i = order.Count - 1; i >= 0; i--)
        {
            AddStatements(order[i].Statements, program);
            AddBranch(order[i], program);
        }
        return new ClassicProgram(program.MoveToImmutable());
    }

    private int DistanceTo(FilterBlock target, Place from) => from.FromEnd - from.Statements - 1 - places[target].FromEnd;

    private void AddBranch(FilterBlock block, ImmutableArray<ClassicInstruction>.Builder program)
    {
        FilterStatement branch = block.Branch;
        if (block.IsReturn)
        {
            program.Add(new ClassicInstruction(branch.Code, branch.K));
            return;
        }
        Place place = places[block];
        int whenTrue = DistanceTo(block.TrueTarget!, place), whenFalse = DistanceTo(block.FalseTarget!, place);
        int falseJump = place.LongTrue ? 1 : 0;
        program.Add(new ClassicInstruction(
            branch.Code, (byte)(place.LongTrue ? 0 : whenTrue), (byte)(place.LongFalse ? falseJump : whenFalse), branch.K));
        if (place.LongTrue)
            program.Add(new ClassicInstruction(ClassicOpcode.Jump, (uint)(whenTrue - 1)));
        if (place.LongFalse)
            program.Add(new ClassicInstruction(ClassicOpcode.Jump, (uint)(whenFalse - 1 - falseJump)));
    }

    private static void AddStatements(List<FilterStatement> statements, ImmutableArray<ClassicInstruction>.Builder program)
    {
        int position = 0;
        foreach (FilterStatement statement in statements)
        {
            if (statement.IsNop)
                continue;
            position++;
            program.Add(statement switch
            {
                { JumpAlways: { } target } => new ClassicInstruction(statement.Code, (uint)(PositionOf(statements, target) - position)),
                { JumpTrue: { } whenTrue, JumpFalse: { } whenFalse } => new ClassicInstruction(
                    statement.Code, (byte)(PositionOf(statements, whenTrue) - position), (byte)(PositionOf(statements, whenFalse) - position),
                    statement.K),
                _ => new ClassicInstruction(statement.Code, statement.K),
            });
        }
    }

    // A statement that emits nothing stands for the next one that does.
    private static int PositionOf(List<FilterStatement> statements, FilterStatement target)
    {
        int position = 0;
        foreach (FilterStatement statement in statements)
        {
            if (ReferenceEquals(statement, target))
                break;
            position += statement.IsNop ? 0 : 1;
        }
        return position;
    }
}
