namespace Imker.Diagnostics.Tests;

public sealed class DiagnosticRendererTests
{
    [Fact]
    public void A_finding_is_written_with_its_line_a_caret_related_places_and_hints()
    {
        var source = new SourceText("x.bt", "BEGIN {\n\tprint(pidd);\n}\n");
        string text = Render(new Diagnostic(Severity.Error, "IMK1", source.Span(15, 19), "there is no 'pidd'")
            .WithRelated(source.Span(0, 5), "in this probe").WithHint("write 'pid'"));

        Assert.Equal("""
            x.bt:2:8: error: there is no 'pidd'
             2 |     print(pidd);
               |           ^~~~
            x.bt:1:1: note: in this probe
             1 | BEGIN {
               | ^~~~~
              hint: write 'pid'

            """, text);
    }

    [Fact]
    public void A_span_over_several_lines_is_marked_to_the_end_of_its_first()
    {
        var source = new SourceText("x", "one two\nthree");

        Assert.Contains("   |     ^~~\n", Render(new Diagnostic(Severity.Warning, "IMK1", source.Span(4, 13), "long")));
    }

    [Fact]
    public void A_long_line_is_cut_to_a_window_round_the_caret()
    {
        var source = new SourceText("x", new string('a', 1_000_000) + "!" + new string('b', 1_000_000));
        string text = Render(new Diagnostic(Severity.Error, "IMK1", source.Span(1_000_000, 1_000_001), "here"));

        Assert.True(text.Length < 1000);
        string[] lines = text.Split('\n');
        Assert.Equal('!', lines[1][lines[2].IndexOf('^')]);
    }

    [Fact]
    public void Control_and_bidirectional_characters_of_the_text_do_not_reach_the_terminal()
    {
        var source = new SourceText("x", "a\e[31m\u202eb");

        Assert.DoesNotContain(Render(new Diagnostic(Severity.Error, "IMK1", source.Span(0, 1), "\e[2J")), c => c is '\e' or '\u202e');
    }

    [Fact]
    public void A_span_at_the_end_of_the_text_is_shown_behind_it()
    {
        var source = new SourceText("x", "abc");

        Assert.Contains("   |    ^\n", Render(new Diagnostic(Severity.Error, "IMK1", source.Span(3, 3), "more")));
    }

    [Fact]
    public void Nothing_in_a_message_a_line_or_a_name_steers_the_terminal()
    {
        const string Hostile = "\e]0;x\a\u202e\u200f\u2028\u061c\x85";
        var source = new SourceText($"a{Hostile}.bt", $"x {Hostile} y\n");
        string text = Render(new Diagnostic(Severity.Error, "IMK1", source.Span(0, 3), Hostile).WithRelated(source.Span(0, 1), Hostile).WithHint(Hostile));

        Assert.DoesNotContain(text, c => c != '\n' && (char.IsControl(c) || "\u202e\u200f\u2028\u061c".Contains(c)));
    }

    private static string Render(Diagnostic diagnostic)
    {
        var output = new StringWriter { NewLine = "\n" };
        new DiagnosticRenderer(output).Write(diagnostic);
        return output.ToString();
    }
}
