namespace Imker.Filter.Generation;

/// <summary>
/// A piece of the graph that decides something: its first block, and the branches that leave it, sorted by what they mean. They are connected
/// when it is known what follows (back-patching). Putting two conditions together uses both up.
/// </summary>
internal sealed class Condition
{
    private List<Exit> whenTrue, whenFalse;

    public Condition(FilterBlock block)
    {
        Head = block;
        whenTrue = [new Exit(block, true)];
        whenFalse = [new Exit(block, false)];
    }

    private Condition(FilterBlock head, List<Exit> whenTrue, List<Exit> whenFalse) => (Head, this.whenTrue, this.whenFalse) = (head, whenTrue, whenFalse);

    private readonly record struct Exit(FilterBlock Block, bool OnTrue);

    public FilterBlock Head { get; }

    /// <summary>The second is asked when the first holds.</summary>
    public static Condition And(Condition first, Condition second)
    {
        Connect(first.whenTrue, second.Head);
        return new Condition(first.Head, second.whenTrue, Joined(first.whenFalse, second.whenFalse));
    }

    /// <summary>The second is asked when the first does not hold.</summary>
    public static Condition Or(Condition first, Condition second)
    {
        Connect(first.whenFalse, second.Head);
        return new Condition(first.Head, Joined(first.whenTrue, second.whenTrue), second.whenFalse);
    }

    public Condition Not()
    {
        (whenTrue, whenFalse) = (whenFalse, whenTrue);
        return this;
    }

    /// <summary>The end: where the packet is taken, and where not.</summary>
    public void Finish(FilterBlock accept, FilterBlock reject)
    {
        Connect(whenTrue, accept);
        Connect(whenFalse, reject);
    }

    private static void Connect(List<Exit> exits, FilterBlock target)
    {
        foreach (var (block, onTrue) in exits)
        {
            if (onTrue)
                block.TrueTarget = target;
            else
                block.FalseTarget = target;
        }
    }

    // The longer takes the shorter in, so that a thousand conditions in a row cost a thousand steps.
    private static List<Exit> Joined(List<Exit> a, List<Exit> b)
    {
        if (a.Count < b.Count)
            (a, b) = (b, a);
        a.AddRange(b);
        return a;
    }
}
