using System.Text;

namespace Imker.Rendering.Tests;

public class FormatStringTests
{
    [Fact]
    public void Literals_and_conversions_alternate()
    {
        FormatString format = Parse("a%d b%5sc");
        Assert.Equal(2, format.Conversions.Length);
        Assert.Equal("a", Encoding.UTF8.GetString(format.Literal(0)));
        Assert.Equal(" b", Encoding.UTF8.GetString(format.Literal(1)));
        Assert.Equal("c", Encoding.UTF8.GetString(format.Literal(2)));
        Assert.Equal(5, format.Conversions[1].Width);
    }

    [Theory]
    [InlineData("100%\n")]
    [InlineData("50% y")]
    [InlineData("%")]
    [InlineData("%5")]
    [InlineData("%-+ #08.4ll")]
    public void A_percent_sign_that_begins_no_conversion_is_text(string text)
    {
        FormatString format = Parse(text);
        Assert.Equal(0, format.Conversions.Length);
        Assert.Equal(text, Encoding.UTF8.GetString(format.Literal(0)));
    }

    [Theory]
    [InlineData("n=%*d", 2, 3, "'*'")]
    [InlineData("%.*s", 0, 4, "'*'")]
    [InlineData("%5.2f", 0, 5, "'%f'")]
    [InlineData("x%n", 1, 2, "'%n'")]
    [InlineData("%99999999999d", 0, 13, "65536")]
    [InlineData("%.65537d", 0, 8, "65536")]
    public void What_cannot_be_formatted_is_an_error_at_its_place(string text, int offset, int length, string message)
    {
        Assert.False(FormatString.TryParse(text, out _, out FormatStringError error));
        Assert.Equal((offset, length), (error.Offset, error.Length));
        Assert.Contains(message, error.Message);
    }

    [Fact]
    public void Two_percent_signs_are_one() => Assert.Equal("100%", Format("%d%%", OutputValue.Signed(100)));

    [Theory]
    [InlineData("%r", "a\\x00\\xff\\")]
    [InlineData("%rx", "\\x61\\x00\\xff\\x5c")]
    [InlineData("%rh", "61 00 ff 5c")]
    [InlineData("%14r", "    a\\x00\\xff\\")]
    [InlineData("%-14rh|", "61 00 ff 5c   |")]
    [InlineData("%s", "a\\x00\\xff\\")]
    public void Buffers_have_three_hexadecimal_forms(string format, string expected) =>
        Assert.Equal(expected, Format(format, OutputValue.Buffer([(byte)'a', 0, 0xff, (byte)'\\'])));

    [Fact]
    public void Any_value_can_be_written_as_text()
    {
        Assert.Equal("  -5|(1, x)|0x1f|true", Format(
            "%4s|%s|%s|%s",
            OutputValue.Signed(-5),
            OutputValue.Tuple([OutputValue.Signed(1), OutputValue.Text("x")]),
            OutputValue.Pointer(31),
            OutputValue.Bool(true)));
    }

    [Fact]
    public void Foreign_text_cannot_steer_the_terminal_but_literal_text_can()
    {
        Assert.Equal("\e[31m\\x1b[0m\\x0a\n", Format("\e[31m%s\n", OutputValue.Text("\e[0m\n")));
        Assert.Equal("\\x1b", Format("%c", OutputValue.Unsigned(0x1b)));
    }

    [Fact]
    public void The_precision_cuts_text_at_a_whole_character()
    {
        Assert.Equal("a|äb|", Format("%.2s|%.3s|", OutputValue.Text("aä"), OutputValue.Text("äbc")));
        Assert.Equal("|\\x80\\x80", Format("%.0s|%.2s", OutputValue.Text("ä"), OutputValue.Text([0x80, 0x80, 0x80])));
    }

    [Fact]
    public void Null_pointers_have_a_number_too() =>
        Assert.Equal("0x0|  0x0", Format("%p|%5p", OutputValue.Pointer(0), OutputValue.Unsigned(0)));

    [Fact]
    public void Writing_a_record_allocates_nothing_once_the_buffer_has_grown()
    {
        FormatString format = Parse("%-8d %5u %x %s\n");
        using var output = new Utf8Buffer();
        byte[] comm = "gethost"u8.ToArray();
        WriteRecord(format, output, comm);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
            WriteRecord(format, output, comm);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal("-7          42 ff gethost\n", output.ToString());
    }

    private static void WriteRecord(FormatString format, Utf8Buffer output, ReadOnlySpan<byte> comm)
    {
        output.Clear();
        output.Write(format.Literal(0));
        format.Conversions[0].WriteInteger(output, -7, TextEscaping.Line);
        output.Write(format.Literal(1));
        format.Conversions[1].WriteInteger(output, 42, TextEscaping.Line);
        output.Write(format.Literal(2));
        format.Conversions[2].WriteInteger(output, 255, TextEscaping.Line);
        output.Write(format.Literal(3));
        format.Conversions[3].WriteText(output, comm, TextEscaping.Line);
        output.Write(format.Literal(4));
    }

    private static string Format(string text, params ReadOnlySpan<OutputValue> arguments)
    {
        using var output = new Utf8Buffer();
        Parse(text).Write(output, arguments, TextEscaping.Line);
        return output.ToString();
    }

    private static FormatString Parse(string text)
    {
        Assert.True(FormatString.TryParse(text, out FormatString? format, out FormatStringError error), error.Message);
        return format!;
    }
}
