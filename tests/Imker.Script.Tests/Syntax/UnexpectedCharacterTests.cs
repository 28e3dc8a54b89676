using Imker.Diagnostics;
using Imker.Script.Syntax;

namespace Imker.Script.Tests.Syntax;

public sealed class UnexpectedCharacterTests
{
    [Theory]
    [InlineData(new byte[] { 0xdf }, "unexpected byte 0xDF, which is no UTF-8")]
    [InlineData(new byte[] { 0xff, 0xfe }, "unexpected bytes, starting with 0xFF, which is no UTF-8")]
    [InlineData(new byte[] { 0xc3, 0x9f }, "unexpected character '\u00df'")]
    [InlineData(new byte[] { 0xf0, 0x9f, 0x90, 0x9d }, "unexpected character U+1F41D")]
    [InlineData(new byte[] { 0xe2, 0x80, 0xae }, "unexpected character U+202E")]
    public void It_is_named_as_it_stands_in_the_file(byte[] bytes, string expected)
    {
        var diagnostics = new DiagnosticBag();
        ScriptSyntax.Parse(new SourceText("test.bt", SourceEncoding.Decode([.. "BEGIN { $a = "u8, .. bytes, .. "; }"u8])), diagnostics);
        Assert.Contains(expected, diagnostics.ToSorted().Select(d => d.Message));
    }
}
