namespace Imker.Capture.Dissection;

/// <summary>What stands at the beginning of a line.</summary>
public enum TimeStampStyle
{
    /// <summary>The local time of day.</summary>
    TimeOfDay,

    /// <summary>Nothing: <c>-t</c>.</summary>
    None,

    /// <summary>Seconds since 1970: <c>-tt</c>.</summary>
    Epoch,

    /// <summary>The time since the line before: <c>-ttt</c>.</summary>
    SincePrevious,

    /// <summary>Local date and time of day: <c>-tttt</c>.</summary>
    DateAndTime,

    /// <summary>The time since the first line: <c>-ttttt</c>.</summary>
    SinceFirst,
}
