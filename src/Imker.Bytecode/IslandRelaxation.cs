namespace Imker.Bytecode;

/// <summary>
/// Gives each jump that does not reach a stepping stone: an island of <c>goto</c>s between two instructions, which the code before it
/// jumps over. A stone that does not reach either gets a further one in the next round, until chains of them lead to every target.
/// </summary>
internal static class IslandRelaxation
{
    // Islands lengthen the way; a stone is set so far before the limit that the few placed in between do not put it out of reach.
    private const int Margin = 1024;

    public static CodeStream Apply(CodeStream stream, List<int> unreached, int reach)
    {
        int distance = reach - Margin;
        int[] slots = stream.Slots();
        // For each gap (the index of the instruction behind it), the stones in it: the label to jump to, and the label of the stone.
        var islands = new SortedDictionary<int, Dictionary<Label, Label>>();
        var redirected = new Dictionary<int, Label>();
        // The farthest stone of each target and direction serves later jumps that reach it.
        var latest = new Dictionary<(Label, bool), int>();

        foreach (int index in InOrderOfApproach(stream, unreached))
        {
            var target = (Label)stream.Instructions[index].Reference!;
            bool forward = stream.Labels[target] > index;
            int from = slots[index + 1];
            if (!latest.TryGetValue((target, forward), out int gap) || !IsOnTheWay(slots[gap], from, forward, distance))
            {
                gap = FindGap(slots, from, forward, distance);
                latest[(target, forward)] = gap;
            }
            if (!islands.TryGetValue(gap, out Dictionary<Label, Label>? stones))
                islands.Add(gap, stones = []);
            if (!stones.TryGetValue(target, out Label? stone))
                stones.Add(target, stone = new Label(target.Name));
            redirected.Add(index, stone);
        }
        return Insert(stream, islands, redirected);
    }

    // Forward jumps from the first to the last, backward jumps from the last to the first: the first that needs a stone sets it as far
    // as it reaches, and those that follow are nearer to it.
    private static IEnumerable<int> InOrderOfApproach(CodeStream stream, List<int> unreached)
    {
        bool IsForward(int index) => stream.Labels[(Label)stream.Instructions[index].Reference!] > index;
        return unreached.Where(IsForward).Concat(unreached.Where(index => !IsForward(index)).Reverse());
    }

    private static bool IsOnTheWay(int stone, int from, bool forward, int distance) =>
        (forward ? stone - from : from - stone) is var way && way >= 0 && way <= distance;

    private static int FindGap(int[] slots, int from, bool forward, int distance)
    {
        int gap = Array.BinarySearch(slots, forward ? from + distance : from - distance);
        if (gap >= 0)
            return gap;
        return forward ? ~gap - 1 : ~gap;
    }

    private static CodeStream Insert(
        CodeStream stream, SortedDictionary<int, Dictionary<Label, Label>> islands, Dictionary<int, Label> redirected)
    {
        var result = new CodeStream();
        int[] moved = new int[stream.Instructions.Count + 1];
        for (int i = 0; i <= stream.Instructions.Count; i++)
        {
            if (islands.TryGetValue(i, out Dictionary<Label, Label>? stones))
                AddIsland(result, stones);
            moved[i] = result.Instructions.Count;
            if (i < stream.Instructions.Count)
            {
                Instruction instruction = stream.Instructions[i];
                result.Add(redirected.TryGetValue(i, out Label? stone) ? instruction.WithReference(stone) : instruction, stream.SpanOf(i));
            }
        }
        foreach ((Label label, int index) in stream.Labels)
            result.Labels[label] = moved[index];
        return result;
    }

    private static void AddIsland(CodeStream result, Dictionary<Label, Label> stones)
    {
        if (stones.Count > short.MaxValue)
            throw new InvalidOperationException($"Jumps to {stones.Count} far targets cross one place; islands serve {short.MaxValue}.");
        // By a label: a further island may be put beside this one in a later round.
        Label? behind = result.Instructions.Count > 0 && result.Instructions[^1].FallsThrough ? new Label("behind") : null;
        if (behind is not null)
            result.Add(Instruction.Jump(behind), default);
        foreach ((Label target, Label stone) in stones)
        {
            result.Labels.Add(stone, result.Instructions.Count);
            result.Add(Instruction.Jump(target), default);
        }
        if (behind is not null)
            result.Labels.Add(behind, result.Instructions.Count);
    }
}
