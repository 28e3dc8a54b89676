using Imker.Rendering;

namespace Imker.Capture.Dissection;

/// <summary>What stands at the beginning of a line. It remembers the time that <c>-ttt</c> and <c>-ttttt</c> count from.</summary>
internal sealed class TimeStampWriter(PacketPrinterOptions options)
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    private long reference;
    private long zoneSecond = long.MinValue;
    private long zoneOffset;

    public void Write(Utf8Buffer output, long nanoseconds)
    {
        long seconds = Math.DivRem(nanoseconds, NanosecondsPerSecond, out long fraction);
        switch (options.TimeStamp)
        {
            case TimeStampStyle.None:
                return;
            case TimeStampStyle.Epoch:
                if (IsOutOfRange(output, seconds))
                    break;
                output.WriteDecimal(seconds);
                WriteFraction(output, fraction);
                break;
            case TimeStampStyle.TimeOfDay or TimeStampStyle.DateAndTime:
                WriteLocal(output, seconds, fraction);
                break;
            default:
                WriteDifference(output, nanoseconds);
                break;
        }
        output.Write((byte)' ');
    }

    /// <summary>RFC 3339 in UTC with nanoseconds, for JSON.</summary>
    public static void WriteIso(Utf8Buffer output, long nanoseconds)
    {
        long seconds = nanoseconds >= 0 ? nanoseconds / NanosecondsPerSecond : -((-nanoseconds + NanosecondsPerSecond - 1) / NanosecondsPerSecond);
        long fraction = nanoseconds - seconds * NanosecondsPerSecond;
        WriteDate(output, seconds);
        output.Write((byte)'T');
        WriteTime(output, ((seconds % 86400) + 86400) % 86400);
        output.Write((byte)'.');
        WriteDigits(output, fraction, 9);
        output.Write((byte)'Z');
    }

    private void WriteLocal(Utf8Buffer output, long seconds, long fraction)
    {
        if (IsOutOfRange(output, seconds))
            return;
        long local = seconds + OffsetAt(seconds);
        if (options.TimeStamp == TimeStampStyle.DateAndTime)
        {
            WriteDate(output, local);
            output.Write((byte)' ');
        }
        WriteTime(output, ((local % 86400) + 86400) % 86400);
        WriteFraction(output, fraction);
    }

    private void WriteDifference(Utf8Buffer output, long nanoseconds)
    {
        long now = options.HasNanoseconds ? nanoseconds : nanoseconds / 1000 * 1000;
        if (reference == 0)
            reference = now;
        long difference = now - reference;
        output.Write(difference < 0 ? (byte)'-' : (byte)' ');
        long seconds = Math.DivRem(Math.Abs(difference), NanosecondsPerSecond, out long fraction);
        if (!IsOutOfRange(output, seconds))
        {
            WriteTime(output, seconds % 86400);
            WriteFraction(output, fraction);
        }
        if (options.TimeStamp == TimeStampStyle.SincePrevious)
            reference = now;
    }

    private void WriteFraction(Utf8Buffer output, long nanoseconds)
    {
        output.Write((byte)'.');
        if (options.HasNanoseconds)
            WriteDigits(output, nanoseconds, 9);
        else
            WriteDigits(output, nanoseconds / 1000, 6);
    }

    private static bool IsOutOfRange(Utf8Buffer output, long seconds)
    {
        if ((seconds & 0x8000_0000) == 0)
            return false;
        output.Write("[Error converting time]"u8);
        return true;
    }

    // A zone's offset changes at whole quarters of an hour at the earliest, so it is asked once in each.
    private long OffsetAt(long seconds)
    {
        long quarter = seconds / 900;
        if (quarter != zoneSecond)
        {
            zoneSecond = quarter;
            zoneOffset = (long)options.TimeZone.GetUtcOffset(DateTimeOffset.FromUnixTimeSeconds(seconds)).TotalSeconds;
        }
        return zoneOffset;
    }

    private static void WriteTime(Utf8Buffer output, long second)
    {
        WriteDigits(output, second / 3600, 2);
        output.Write((byte)':');
        WriteDigits(output, second / 60 % 60, 2);
        output.Write((byte)':');
        WriteDigits(output, second % 60, 2);
    }

    private static void WriteDate(Utf8Buffer output, long seconds)
    {
        DateTime date = DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime;
        WriteDigits(output, date.Year, 4);
        output.Write((byte)'-');
        WriteDigits(output, date.Month, 2);
        output.Write((byte)'-');
        WriteDigits(output, date.Day, 2);
    }

    private static void WriteDigits(Utf8Buffer output, long value, int count)
    {
        Span<byte> digits = output.GetSpan(count);
        for (int i = count - 1; i >= 0; i--)
        {
            digits[i] = (byte)('0' + value % 10);
            value /= 10;
        }
        output.Advance(count);
    }
}
