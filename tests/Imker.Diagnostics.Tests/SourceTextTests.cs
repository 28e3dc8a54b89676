using CsCheck;

namespace Imker.Diagnostics.Tests;

public sealed class SourceTextTests
{
    [Fact]
    public void Positions_are_those_that_counting_gives()
    {
        Gen.Select(Gen.String[Gen.Char["ab\n\r"], 0, 50], Gen.Int[0, 60]).Sample((text, offset) =>
        {
            string before = text[..Math.Min(offset, text.Length)];
            int line = before.Count(c => c == '\n'), column = before.Length - (before.LastIndexOf('\n') + 1);

            Assert.Equal(new LinePosition(line, column), new SourceText("x", text).PositionOf(offset));
        });
    }

    [Fact]
    public void Lines_come_without_their_breaks()
    {
        var source = new SourceText("x", "one\r\ntwo\n\nfour");

        Assert.Equal(["one", "two", "", "four"], Enumerable.Range(0, source.LineCount).Select(i => source.Line(i).ToString()));
    }

    [Fact]
    public void Two_spans_join_to_the_smallest_that_holds_both()
    {
        var source = new SourceText("x", "0123456789");

        Assert.Equal(source.Span(2, 9), source.Span(7, 9).To(source.Span(2, 4)));
        Assert.Equal(source.Span(2, 4), SourceSpan.None.To(source.Span(2, 4)));
        Assert.Equal("x:1:3", source.Span(2, 4).ToString());
    }
}
