using System.Diagnostics;
using System.Text;
using CsCheck;

namespace Imker.Rendering.Tests;

/// <summary>Times against the <c>date</c> command of this machine.</summary>
public class TimeFormatTests
{
    private const string AllConversions =
        "%a|%A|%b|%B|%c|%C|%d|%D|%e|%F|%g|%G|%h|%H|%I|%j|%k|%l|%m|%M|%n|%p|%P|%r|%R|%s|%S|%t|%T|%u|%U|%V|%w|%W|%x|%X|%y|%Y|%z|%Z|%%|%_d|%-d|%^a|%#Z|%5e|%10T|%012s";

    [Theory]
    [InlineData("UTC")]
    [InlineData("Europe/Berlin")]
    [InlineData("America/New_York")]
    [InlineData("Asia/Kolkata")]
    [InlineData("Asia/Tokyo")]
    public void Every_conversion_is_what_date_prints(string zone)
    {
        long[] times =
        [
            0, 1, 951_782_399, 951_868_800, 1_104_537_600, 1_230_768_000, 1_419_984_000, 1_711_846_799, 1_711_846_800,
            1_729_990_800, 1_767_225_599, 1_783_333_333, 4_102_444_799, 4_102_444_800,
        ];
        string[] expected = Date(zone, times, AllConversions);
        for (int i = 0; i < times.Length; i++)
            Assert.Equal(expected[i], Ours(zone, times[i], AllConversions));
    }

    [Fact]
    public void Weeks_and_days_are_right_over_the_centuries()
    {
        const string format = "%F %G-W%V-%u %U %W %j %y %g %C";
        long[] times = Gen.Long[-2_208_988_800, 7_258_118_400].Array[300].Single();
        string[] expected = Date("UTC", times, format);
        for (int i = 0; i < times.Length; i++)
            Assert.Equal(expected[i], Ours("UTC", times[i], format));
    }

    [Fact]
    public void Microseconds_are_an_extension() =>
        Assert.Equal("00:00:01.000042", Ours("UTC", DateTimeOffset.FromUnixTimeSeconds(1).AddMicroseconds(42), "%T.%f"));

    [Theory]
    [InlineData("%Q", "%Q")]
    [InlineData("100%", "100%")]
    [InlineData("%", "%")]
    [InlineData("%-", "%-")]
    [InlineData("a%5Qb", "a%5Qb")]
    [InlineData("%EY %Od", "1970 01")]
    public void Unknown_conversions_are_text(string format, string expected) => Assert.Equal(expected, Ours("UTC", 0, format));

    [Fact]
    public void No_format_crashes() =>
        Gen.Byte.Array[0, 40].Sample(bytes =>
        {
            using var output = new Utf8Buffer();
            TimeFormat.Write(output, bytes, DateTimeOffset.UnixEpoch, TimeZoneInfo.Utc);
            Assert.True(output.Length <= 40 * 1100);
        });

    private static string Ours(string zone, long seconds, string format) =>
        Ours(zone, DateTimeOffset.FromUnixTimeSeconds(seconds), format);

    private static string Ours(string zone, DateTimeOffset time, string format)
    {
        using var output = new Utf8Buffer();
        TimeFormat.Write(output, Encoding.UTF8.GetBytes(format), time, TimeZoneInfo.FindSystemTimeZoneById(zone));
        return output.ToString();
    }

    private static string[] Date(string zone, long[] times, string format)
    {
        var start = new ProcessStartInfo("date", ["-f", "-", $"+{format}\u0003"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["TZ"] = zone;
        start.Environment["LC_ALL"] = "C";
        using Process process = Process.Start(start)!;
        process.StandardInput.Write(string.Concat(times.Select(time => $"@{time}\n")));
        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd();
        return output.Split("\u0003\n", StringSplitOptions.RemoveEmptyEntries);
    }
}
