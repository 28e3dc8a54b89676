using System.Collections.Immutable;

namespace Imker.Linux;

/// <summary>
/// Reads several rings as one, in the order of the time stamps that their records carry. A record is given out when no ring can yield
/// an older one any more. For one reader at a time; it allocates only when more records wait than ever before.
/// </summary>
/// <remarks>
/// What this rests on: programs reserve a record first and look at the clock then. So whatever is reserved after a look at the
/// producers' positions is newer than a time taken before that look, and what was reserved before can be seen, if only as busy.
/// <c>docs/decisions/0006-data-rings.md</c> tells more.
/// </remarks>
public sealed class RingMerger
{
    /// <summary>How long a record that is being written may hold up newer ones; then order yields to promptness.</summary>
    public const ulong LongestWaitNanoseconds = 10_000_000;

    // The clocks of programs and of user space agree but for what a tick corrects, and reads may overtake a look at the clock.
    private const ulong ClockTolerance = 1_000;

    // A record takes some hundred nanoseconds to write, so one that was found busy is soon ready.
    private const int Spins = 50;

    private readonly ImmutableArray<StampedRing> rings;
    private ulong bound;
    private int current;
    private bool isTaking;

    /// <param name="rings">Of records with the same stamp, those of the ring that stands first come first.</param>
    /// <param name="stampOffset">Where in each record the stamp is: 64 bits, of <see cref="Clocks.BootNanoseconds"/>.</param>
    public RingMerger(IEnumerable<RingBuffer> rings, int stampOffset) =>
        this.rings = [.. rings.Select(ring => new StampedRing(ring, stampOffset))];

    /// <summary>Begins a pass over what is there now, while programs run. <see cref="TryTake"/> gives the records.</summary>
    public void Begin()
    {
        ulong now = Clocks.BootNanoseconds - ClockTolerance;
        bound = ulong.MaxValue;
        Search(now);
        foreach (StampedRing ring in rings)
            bound = Math.Min(bound, ring.CompleteUntil);
        bound = Math.Max(bound, now - LongestWaitNanoseconds);
    }

    /// <summary>Begins a pass over everything, when no program runs.</summary>
    public void BeginAll()
    {
        Search(Clocks.BootNanoseconds - ClockTolerance);
        bound = ulong.MaxValue;
    }

    /// <summary>The next record of the pass, valid until the next call; false at the end, when all that was taken is given back.</summary>
    /// <param name="ring">The number of its ring.</param>
    /// <param name="record">Its bytes.</param>
    public bool TryTake(out int ring, out ReadOnlySpan<byte> record)
    {
        if (isTaking)
            rings[current].Take();
        isTaking = FindOldest();
        if (!isTaking)
        {
            foreach (StampedRing one in rings)
                one.Release();
            ring = -1;
            record = default;
            return false;
        }
        ring = current;
        record = rings[current].Record;
        return true;
    }

    private void Search(ulong now)
    {
        foreach (StampedRing ring in rings)
            ring.Begin();
        foreach (StampedRing ring in rings)
        {
            bool isComplete = ring.TryScan();
            for (int i = 0; i < Spins && !isComplete; i++)
            {
                Thread.SpinWait(1);
                isComplete = ring.TryScan();
            }
            if (isComplete)
                ring.CompleteUntil = now;
            ring.Settle();
        }
    }

    private bool FindOldest()
    {
        ulong oldest = bound;
        bool isFound = false;
        for (int i = 0; i < rings.Length; i++)
        {
            if (rings[i].Stamp >= oldest)
                continue;
            oldest = rings[i].Stamp;
            current = i;
            isFound = true;
        }
        return isFound;
    }
}
