using Imker.Compiler.Lir;

namespace Imker.Compiler.Allocation;

/// <summary>Positions from <paramref name="Start"/> up to, not including, <paramref name="End"/>.</summary>
internal readonly record struct LiveRange(int Start, int End);

/// <param name="Position">Where the value is used or defined.</param>
/// <param name="NeedsRegister">Memory will not do.</param>
internal readonly record struct UsePosition(int Position, bool NeedsRegister);

/// <summary>
/// A part of a value's life that is spent in one place: a register, or memory. The ranges and uses of the value are shared by all its
/// parts, each of which sees a window of them.
/// </summary>
internal sealed class LiveInterval
{
    private readonly LiveRange[] ranges;
    private readonly UsePosition[] uses;
    private readonly int firstRange;
    private int lastRange;

    public LiveInterval(LiveValue value, LiveRange[] ranges, UsePosition[] uses)
        : this(value, ranges, uses, ranges[0].Start, ranges[^1].End)
    {
    }

    private LiveInterval(LiveValue value, LiveRange[] ranges, UsePosition[] uses, int start, int end)
    {
        Value = value;
        this.ranges = ranges;
        this.uses = uses;
        firstRange = FirstRangeEndingAfter(start);
        lastRange = LastRangeStartingBefore(end);
        Start = Math.Max(start, ranges[firstRange].Start);
        End = Math.Min(end, ranges[lastRange].End);
    }

    public LiveValue Value { get; }

    public int Start { get; }

    public int End { get; private set; }

    /// <summary>The machine register; <see cref="LirRegister.None"/> while undecided and in memory.</summary>
    public int Register { get; set; } = LirRegister.None;

    public bool Covers(int position)
    {
        if (position < Start || position >= End)
            return false;
        return ranges[FirstRangeEndingAfter(position)].Start <= position;
    }

    /// <summary>The first use at or after a position that needs a register; <see cref="int.MaxValue"/> when there is none.</summary>
    public int NextRegisterUse(int position)
    {
        for (int i = FirstUseFrom(position); i < uses.Length && uses[i].Position < End; i++)
        {
            if (uses[i].NeedsRegister)
                return uses[i].Position;
        }
        return int.MaxValue;
    }

    /// <summary>The first position that both cover; <see cref="int.MaxValue"/> when they never meet.</summary>
    public int Intersection(LiveInterval other)
    {
        int position = Math.Max(Start, other.Start);
        int end = Math.Min(End, other.End);
        if (position >= end)
            return int.MaxValue;
        int mine = FirstRangeEndingAfter(position);
        int others = other.FirstRangeEndingAfter(position);
        while (true)
        {
            if (mine > lastRange || others > other.lastRange)
                return int.MaxValue;
            int start = Math.Max(position, Math.Max(ranges[mine].Start, other.ranges[others].Start));
            if (start >= end)
                return int.MaxValue;
            if (start < ranges[mine].End && start < other.ranges[others].End)
                return start;
            if (ranges[mine].End < other.ranges[others].End)
                mine++;
            else
                others++;
        }
    }

    /// <summary>The first of some ascending positions that it covers; <see cref="int.MaxValue"/> when there is none.</summary>
    public int FirstCovered(int[] positions)
    {
        int index = LowerBound(positions, Start);
        for (int range = firstRange; range <= lastRange && index < positions.Length; range++)
        {
            if (positions[index] < ranges[range].Start)
                index = LowerBound(positions, ranges[range].Start);
            if (index < positions.Length && positions[index] < Math.Min(ranges[range].End, End))
                return positions[index];
        }
        return int.MaxValue;
    }

    /// <summary>Ends this part at a position inside, and gives the rest.</summary>
    public LiveInterval SplitAt(int position)
    {
        if (position <= Start || position >= End)
            throw new ArgumentOutOfRangeException(nameof(position), position, "The position is not inside.");
        var tail = new LiveInterval(Value, ranges, uses, position, End);
        lastRange = LastRangeStartingBefore(position);
        End = Math.Min(position, ranges[lastRange].End);
        Value.AddPart(tail, behind: this);
        return tail;
    }

    private int FirstRangeEndingAfter(int position)
    {
        int low = 0, high = ranges.Length - 1;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (ranges[middle].End > position)
                high = middle;
            else
                low = middle + 1;
        }
        return low;
    }

    private int LastRangeStartingBefore(int position)
    {
        int low = 0, high = ranges.Length - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (ranges[middle].Start < position)
                low = middle;
            else
                high = middle - 1;
        }
        return low;
    }

    private int FirstUseFrom(int position)
    {
        int low = 0, high = uses.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (uses[middle].Position >= position)
                high = middle;
            else
                low = middle + 1;
        }
        return low;
    }

    private static int LowerBound(int[] positions, int position)
    {
        int index = Array.BinarySearch(positions, position);
        return index < 0 ? ~index : index;
    }
}
