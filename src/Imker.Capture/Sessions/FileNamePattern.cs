using System.Globalization;
using System.Text;

namespace Imker.Capture;

/// <summary>The conversions of strftime(3) in the name of a file, as in the C locale.</summary>
internal static class FileNamePattern
{
    internal static string Format(string pattern, DateTimeOffset time)
    {
        var text = new StringBuilder();
        for (int i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '%' && i + 1 < pattern.Length)
                text.Append(Convert(pattern[++i], time));
            else
                text.Append(pattern[i]);
        }
        return text.ToString();
    }

    private static string Convert(char conversion, DateTimeOffset time) => conversion switch
    {
        'Y' => Text(time, "yyyy"),
        'C' => (time.Year / 100).ToString("00", CultureInfo.InvariantCulture),
        'y' => Text(time, "yy"),
        'm' => Text(time, "MM"),
        'd' => Text(time, "dd"),
        'e' => time.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2),
        'H' => Text(time, "HH"),
        'I' => Text(time, "hh"),
        'M' => Text(time, "mm"),
        'S' => Text(time, "ss"),
        'p' => Text(time, "tt"),
        'j' => time.DayOfYear.ToString("000", CultureInfo.InvariantCulture),
        's' => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        'a' => Text(time, "ddd"),
        'A' => Text(time, "dddd"),
        'b' or 'h' => Text(time, "MMM"),
        'B' => Text(time, "MMMM"),
        'u' => (time.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)time.DayOfWeek).ToString(CultureInfo.InvariantCulture),
        'w' => ((int)time.DayOfWeek).ToString(CultureInfo.InvariantCulture),
        'V' => ISOWeek.GetWeekOfYear(time.DateTime).ToString("00", CultureInfo.InvariantCulture),
        'G' => ISOWeek.GetYear(time.DateTime).ToString(CultureInfo.InvariantCulture),
        'F' => Text(time, "yyyy-MM-dd"),
        'D' or 'x' => Text(time, "MM/dd/yy"),
        'T' or 'X' => Text(time, "HH:mm:ss"),
        'R' => Text(time, "HH:mm"),
        'c' => Text(time, "ddd MMM ") + time.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2) + Text(time, " HH:mm:ss yyyy"),
        'z' => Text(time, "zzz").Replace(":", "", StringComparison.Ordinal),
        'n' => "\n",
        't' => "\t",
        '%' => "%",
        _ => $"%{conversion}",
    };

    private static string Text(DateTimeOffset time, string format) => time.ToString(format, CultureInfo.InvariantCulture);
}
