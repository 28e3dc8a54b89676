namespace Imker.Verifier.Pruning;

/// <summary>Which number of one state stands for which of another: one for one.</summary>
internal sealed class IdMap
{
    private readonly List<(int Old, int Current)> pairs = [];
    private int unnamed = int.MinValue;

    public void Clear()
    {
        pairs.Clear();
        unnamed = int.MinValue;
    }

    /// <summary>Whether the two can stand for each other; none stands for none only.</summary>
    public bool Match(int old, int current)
    {
        if (old == 0 != (current == 0))
            return false;
        if (old == 0)
            return true;
        foreach ((int first, int second) in pairs)
        {
            if (first == old)
                return second == current;
            if (second == current)
                return false;
        }
        pairs.Add((old, current));
        return true;
    }

    /// <summary>As <see cref="Match"/>, but a number without a copy is one of its own.</summary>
    public bool MatchScalars(int old, int current) => Match(old == 0 ? unnamed++ : old, current == 0 ? unnamed++ : current);
}
