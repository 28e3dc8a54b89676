namespace Imker.Compiler.Allocation;

/// <summary>The places inside blocks where a value changes from one register to another, or comes back from memory.</summary>
internal sealed class SplitMoves
{
    private readonly List<(int Position, LiveInterval From, LiveInterval To)> moves = [];
    private int next;

    public static SplitMoves Of(IEnumerable<LiveValue?> values, Positions positions)
    {
        var result = new SplitMoves();
        foreach (LiveValue? value in values)
        {
            for (int i = 1; i < value?.Parts.Count; i++)
            {
                (LiveInterval from, LiveInterval to) = (value.Parts[i - 1], value.Parts[i]);
                if (to.Register >= 0 && from.End == to.Start && !positions.IsBlockStart(to.Start))
                    result.moves.Add((to.Start, from, to));
            }
        }
        result.moves.Sort((a, b) => a.Position.CompareTo(b.Position));
        return result;
    }

    /// <summary>The next move at a position; positions are asked for in ascending order.</summary>
    public bool TryTake(int position, out LiveInterval from, out LiveInterval to)
    {
        if (next < moves.Count && moves[next].Position == position)
        {
            (_, from, to) = moves[next++];
            return true;
        }
        (from, to) = (null!, null!);
        return false;
    }
}
