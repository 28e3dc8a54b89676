using System.Buffers;
using System.Net;
using System.Text;
using System.Text.Json;
using CsCheck;

namespace Imker.Rendering.Tests;

public class EscapeTests
{
    [Theory]
    [InlineData("plain text, 日本語 ä", "plain text, 日本語 ä")]
    [InlineData("\e[2J", "\\x1b[2J")]
    [InlineData("a\u007fb", "a\\x7fb")]
    [InlineData("\u0085", "\\xc2\\x85")]
    [InlineData("ab\u202ecd", "ab\\xe2\\x80\\xaecd")]
    [InlineData("\u2066\u2069\u200e\u061c", "\\xe2\\x81\\xa6\\xe2\\x81\\xa9\\xe2\\x80\\x8e\\xd8\\x9c")]
    [InlineData("line\nnext\ttab", "line\\x0anext\\x09tab")]
    public void Control_and_bidirectional_characters_become_hexadecimal(string text, string expected) =>
        Assert.Equal(expected, Text(Encoding.UTF8.GetBytes(text), TextEscaping.Line));

    [Fact]
    public void A_block_keeps_its_line_breaks_and_tabs_and_nothing_else() =>
        Assert.Equal("a\n\tb\\x0d\\x1b", Text("a\n\tb\r\e"u8, TextEscaping.Block));

    [Fact]
    public void Bytes_that_are_no_UTF8_become_hexadecimal() =>
        Assert.Equal("a\\xff\\xc3b\\xe2\\x82", Text([(byte)'a', 0xff, 0xc3, (byte)'b', 0xe2, 0x82], TextEscaping.Line));

    [Fact]
    public void Escaped_text_holds_no_byte_that_a_terminal_acts_on() =>
        Gen.Byte.Array[0, 60].Sample(bytes =>
        {
            string text = Text(bytes, TextEscaping.Line);
            Assert.DoesNotContain(text.EnumerateRunes(), Rune.IsControl);
            Assert.DoesNotContain(Rune.ReplacementChar.ToString(), text);
        });

    [Fact]
    public void A_JSON_reader_gets_back_any_text() =>
        Gen.OneOf(Gen.String, Gen.Char["\u202e\"\\\n\t\u0001\u007f\u0085a"].Array[0, 20].Select(c => new string(c))).Sample(text =>
        {
            byte[] utf8 = Encoding.UTF8.GetBytes(text);
            using var output = new Utf8Buffer();
            JsonValueWriter.WriteString(output, utf8);
            Assert.Equal(Encoding.UTF8.GetString(utf8), JsonDocument.Parse(output.ToString()).RootElement.GetString());
            Assert.DoesNotContain(output.ToString().EnumerateRunes(), Rune.IsControl);
        });

    [Fact]
    public void Bytes_that_are_no_UTF8_stay_readable_in_JSON()
    {
        using var output = new Utf8Buffer();
        JsonValueWriter.WriteString(output, [(byte)'/', 0xff]);
        Assert.Equal("\"/\\\\xff\"", output.ToString());
        Assert.Equal("/\\xff", JsonDocument.Parse(output.ToString()).RootElement.GetString());
    }

    [Fact]
    public void Markup_is_text_again_for_its_reader() =>
        Gen.Char[' ', '~'].Array[0, 40].Select(c => new string(c)).Sample(text =>
        {
            using var output = new Utf8Buffer();
            Escape.Markup(output, Encoding.UTF8.GetBytes(text));
            Assert.Equal(text, WebUtility.HtmlDecode(output.ToString()));
            Assert.Equal(-1, output.ToString().AsSpan().IndexOfAny(SearchValues.Create("<>\"'")));
        });

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"so\"", "\"say \"\"so\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("@sum", "'@sum")]
    [InlineData("-x,\"", "\"'-x,\"\"\"")]
    [InlineData("\rx", "\"'\\x0dx\"")]
    [InlineData(" x", "\" x\"")]
    [InlineData("\e[m", "\\x1b[m")]
    [InlineData("", "")]
    public void CSV_fields_are_quoted_and_are_no_formulas(string text, string expected)
    {
        using var output = new Utf8Buffer();
        Escape.Csv(output, Encoding.UTF8.GetBytes(text));
        Assert.Equal(expected, output.ToString());
    }

    private static string Text(ReadOnlySpan<byte> utf8, TextEscaping escaping)
    {
        using var output = new Utf8Buffer();
        Escape.Text(output, utf8, escaping);
        return output.ToString();
    }
}
