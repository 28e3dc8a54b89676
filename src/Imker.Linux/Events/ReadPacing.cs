namespace Imker.Linux;

/// <summary>
/// How long to let records gather before the next pass over the rings: so long that each pass finds a fair part of a ring, never so
/// long that somebody who watches the output would notice.
/// </summary>
internal struct ReadPacing
{
    /// <summary>Nothing came: wait until the kernel says that something did.</summary>
    internal const int UntilWoken = -1;

    internal const int ShortestMilliseconds = 1, LongestMilliseconds = 10;

    // Of a ring's bytes: a pass should find this part of them, and from the upper mark on none is to be lost by sleeping.
    private const double WantedFill = 1.0 / 8, AlarmingFill = 1.0 / 2;

    private int milliseconds;

    /// <summary>Milliseconds to sleep before the next pass, or <see cref="UntilWoken"/>.</summary>
    /// <param name="fill">The part of the fullest ring that the last pass read: 0 to 1, or more.</param>
    /// <param name="pending">A record has been reserved that could not be read yet.</param>
    internal int Next(double fill, bool pending)
    {
        if (fill == 0)
            return milliseconds = pending ? ShortestMilliseconds : UntilWoken;
        if (fill >= AlarmingFill)
            return milliseconds = 0;
        int doubled = Math.Max(ShortestMilliseconds, milliseconds * 2);
        double fitting = Math.Max(milliseconds, ShortestMilliseconds) * WantedFill / fill;
        return milliseconds = (int)Math.Clamp(Math.Min(doubled, fitting), ShortestMilliseconds, LongestMilliseconds);
    }
}
