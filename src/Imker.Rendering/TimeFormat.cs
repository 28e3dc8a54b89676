using System.Globalization;

namespace Imker.Rendering;

/// <summary>
/// C's <c>strftime</c> in the C locale, with glibc's flags (<c>_ - 0 ^ #</c>) and widths, and bpftrace's <c>%f</c> for the
/// microseconds. As in glibc, an unknown conversion is text.
/// </summary>
public static class TimeFormat
{
    /// <summary>The format of <c>time()</c> without an argument.</summary>
    public const string Default = "%H:%M:%S\n";

    private const int MaxWidth = 1024;

    private static readonly string[] Days =
        ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

    private static readonly string[] Months =
    [
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ];

    /// <summary>Writes a time as it is in a zone.</summary>
    public static void Write(Utf8Buffer output, ReadOnlySpan<byte> format, DateTimeOffset time, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var writer = new Writer(output, TimeZoneInfo.ConvertTime(time, zone), zone);
        writer.Write(format);
    }

    /// <summary>What stands between the percent sign and the letter.</summary>
    private readonly record struct Spec(char Letter, char Pad, char Case, int Width);

    private readonly ref struct Writer(Utf8Buffer output, DateTimeOffset time, TimeZoneInfo zone)
    {
        private int Weekday => (int)time.DayOfWeek;

        private int Hour12 => (time.Hour + 11) % 12 + 1;

        public void Write(ReadOnlySpan<byte> format)
        {
            while (!format.IsEmpty)
            {
                int percent = format.IndexOf((byte)'%');
                if (percent < 0)
                {
                    output.Write(format);
                    return;
                }
                output.Write(format[..percent]);
                format = format[percent..];
                int length = Parse(format, out Spec spec);
                int start = output.Length;
                if (!TryWrite(spec))
                {
                    output.Truncate(start);
                    output.Write(format[..length]);
                }
                format = format[length..];
            }
        }

        private static int Parse(ReadOnlySpan<byte> format, out Spec spec)
        {
            int position = 1;
            char pad = '\0', letterCase = '\0';
            for (; position < format.Length && "_-0^#"u8.Contains(format[position]); position++)
            {
                char flag = (char)format[position];
                if (flag is '^' or '#')
                    letterCase = flag;
                else
                    pad = flag;
            }
            int width = 0;
            for (; position < format.Length && char.IsAsciiDigit((char)format[position]); position++)
                width = Math.Min(width * 10 + (format[position] - '0'), MaxWidth);
            if (position < format.Length && format[position] is (byte)'E' or (byte)'O')
                position++;
            char letter = position < format.Length ? (char)format[position++] : '\0';
            spec = new Spec(letter, pad, letterCase, width);
            return position;
        }

        private bool TryWrite(in Spec spec) => TryWriteNumber(spec) || TryWriteText(spec) || TryWriteGroup(spec);

        private bool TryWriteNumber(in Spec spec)
        {
            (long value, int digits, char pad) = spec.Letter switch
            {
                'C' => (time.Year / 100, 2, '0'),
                'd' => (time.Day, 2, '0'),
                'e' => (time.Day, 2, '_'),
                'f' => (time.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond, 6, '0'),
                'g' => (ISOWeek.GetYear(time.DateTime) % 100, 2, '0'),
                'G' => (ISOWeek.GetYear(time.DateTime), 4, '0'),
                'H' => (time.Hour, 2, '0'),
                'I' => (Hour12, 2, '0'),
                'j' => (time.DayOfYear, 3, '0'),
                'k' => (time.Hour, 2, '_'),
                'l' => (Hour12, 2, '_'),
                'm' => (time.Month, 2, '0'),
                'M' => (time.Minute, 2, '0'),
                's' => (time.ToUnixTimeSeconds(), 1, '0'),
                'S' => (time.Second, 2, '0'),
                'u' => (Weekday == 0 ? 7 : Weekday, 1, '0'),
                'U' => ((time.DayOfYear - 1 + 7 - Weekday) / 7, 2, '0'),
                'V' => (ISOWeek.GetWeekOfYear(time.DateTime), 2, '0'),
                'w' => (Weekday, 1, '0'),
                'W' => ((time.DayOfYear - 1 + 7 - (Weekday + 6) % 7) / 7, 2, '0'),
                'y' => (time.Year % 100, 2, '0'),
                'Y' => (time.Year, 4, '0'),
                _ => (0L, 0, '\0'),
            };
            if (digits == 0)
                return false;
            WriteNumber(value, digits, pad, spec);
            return true;
        }

        private void WriteNumber(long value, int digits, char pad, in Spec spec)
        {
            if (spec.Pad != '\0')
                pad = spec.Pad;
            int width = pad == '-' ? 0 : Math.Max(spec.Width, digits);
            Span<byte> number = stackalloc byte[20];
            value.TryFormat(number, out int length, default, CultureInfo.InvariantCulture);
            number = number[..length];
            if (value < 0 && pad == '0')
            {
                output.Write((byte)'-');
                number = number[1..];
                width--;
            }
            output.Fill((byte)(pad == '_' ? ' ' : '0'), width - number.Length);
            output.Write(number);
        }

        private bool TryWriteText(in Spec spec)
        {
            string? text = spec.Letter switch
            {
                'a' => Days[Weekday][..3],
                'A' => Days[Weekday],
                'b' or 'h' => Months[time.Month - 1][..3],
                'B' => Months[time.Month - 1],
                'n' => "\n",
                'p' => time.Hour < 12 ? "AM" : "PM",
                'P' => time.Hour < 12 ? "am" : "pm",
                't' => "\t",
                'z' => OffsetText(),
                'Z' => ZoneName(),
                '%' => "%",
                _ => null,
            };
            if (text is null)
                return false;
            if (spec.Case == '^' || (spec.Case == '#' && spec.Letter is not ('p' or 'Z')))
                text = text.ToUpperInvariant();
            else if (spec.Case == '#')
                text = text.ToLowerInvariant();
            WritePadded(text, spec);
            return true;
        }

        private bool TryWriteGroup(in Spec spec)
        {
            ReadOnlySpan<byte> format = spec.Letter switch
            {
                'c' => "%a %b %e %H:%M:%S %Y"u8,
                'D' or 'x' => "%m/%d/%y"u8,
                'F' => "%Y-%m-%d"u8,
                'r' => "%I:%M:%S %p"u8,
                'R' => "%H:%M"u8,
                'T' or 'X' => "%H:%M:%S"u8,
                _ => default,
            };
            if (format.IsEmpty)
                return false;
            int start = output.Length;
            Write(format);
            output.Pad(start, spec.Width, left: false);
            return true;
        }

        private void WritePadded(string text, in Spec spec)
        {
            output.Fill((byte)(spec.Pad == '0' ? '0' : ' '), spec.Width - text.Length);
            output.Write(text);
        }

        // Under invariant globalization a zone's names are its abbreviations, but for this one.
        private string ZoneName()
        {
            string name = zone.IsDaylightSavingTime(time) ? zone.DaylightName : zone.StandardName;
            return name == TimeZoneInfo.Utc.StandardName ? "UTC" : name;
        }

        private string OffsetText()
        {
            int minutes = (int)time.Offset.TotalMinutes;
            return $"{(minutes < 0 ? '-' : '+')}{Math.Abs(minutes) / 60:00}{Math.Abs(minutes) % 60:00}";
        }
    }
}
