using System.Text;
using Imker.Rendering;

namespace Imker.Tracing;

/// <summary>Turns nanoseconds of the boot clock into wall time, and wall time into text.</summary>
/// <param name="offset">What the wall clock shows minus what the boot clock shows, in nanoseconds.</param>
internal sealed class WallClock(long offset)
{
    private readonly Utf8Buffer scratch = new();

    // Read from its file when a script asks for the time, which most do not.
    private static TimeZoneInfo Zone => TimeZoneInfo.Local;

    /// <summary>A stamp of the boot clock by a format of strftime(3), a character for each byte.</summary>
    public string Format(string format, ulong bootNanoseconds)
    {
        scratch.Clear();
        TimeFormat.Write(scratch, Encoding.Latin1.GetBytes(format), At(bootNanoseconds), Zone);
        return scratch.ToString();
    }

    /// <summary>The time now by a format of strftime(3).</summary>
    public void WriteNow(Utf8Buffer output, ReadOnlySpan<byte> format) =>
        TimeFormat.Write(output, format, DateTimeOffset.UtcNow, Zone);

    private DateTimeOffset At(ulong bootNanoseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks(((long)bootNanoseconds + offset) / 100);
}
