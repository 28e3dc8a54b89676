using System.Diagnostics;
using System.Text;
using CsCheck;
using Imker.Diagnostics;
using Imker.Script.Syntax;
using Imker.TestKit;

namespace Imker.Script.Tests.Syntax;

public sealed class ParserLimitTests
{
    private const int Deep = 10_000;
    private const int Large = 2_000_000;

    public static TheoryData<string, string, string> DeepNesting => new()
    {
        { "$x = " + new string('(', Deep), "1", new string(')', Deep) },
        { "$x = " + string.Concat(Enumerable.Repeat("- ", Deep)), "1", "" },
        { "$x = " + string.Concat(Enumerable.Repeat("(int8)", Deep)), "1", "" },
        { "$x = " + string.Concat(Enumerable.Repeat("f(", Deep)), "1", new string(')', Deep) },
        { "$x = " + string.Concat(Enumerable.Repeat("1 ? 2 : ", Deep)), "3", "" },
        { "$x = " + string.Concat(Enumerable.Repeat("@a[", Deep)), "1", new string(']', Deep) },
        { "$x = $y", string.Concat(Enumerable.Repeat(".a", Deep)), "" },
        { "$x = (int8 ", new string('*', Deep), ")1" },
        { "let $x : int8 ", new string('*', Deep), "" },
        { new string('{', Deep), "", new string('}', Deep) },
        { string.Concat(Enumerable.Repeat("if 1 {", Deep)), "", new string('}', Deep) },
        { "$x = " + new string('{', Deep), "1", new string('}', Deep) },
    };

    [Theory]
    [MemberData(nameof(DeepNesting))]
    public void What_is_nested_ten_thousand_deep_is_refused_with_an_error(string open, string middle, string close)
    {
        (_, DiagnosticBag diagnostics) = Parse($"BEGIN {{ {open}{middle}{close}; }}");

        Assert.True(diagnostics.HasErrors);
    }

    [Theory]
    [InlineData("config = {\nif\n}\nbegin { }")]
    [InlineData("config = {\nlet $x;\nwhile (1) { }\n")]
    [InlineData("config = { a\n@b\n$c }")]
    public void Statements_in_the_configuration_end_in_errors(string script)
    {
        var diagnostics = new DiagnosticBag();
        ScriptSyntax.Parse(new SourceText("test.bt", script), diagnostics);
        Assert.True(diagnostics.HasErrors);
    }

    [Fact]
    public void The_error_for_deep_nesting_is_the_only_one()
    {
        (_, DiagnosticBag diagnostics) = Parse($"BEGIN {{ $x = {new string('(', Deep)}1{new string(')', Deep)}; }}");

        Assert.Equal(SyntaxErrorId.TooDeep, Assert.Single(diagnostics).Id);
    }

    [Fact]
    public void A_struct_nested_ten_thousand_deep_is_refused_with_an_error()
    {
        (_, DiagnosticBag diagnostics) = Parse(string.Concat(Enumerable.Repeat("struct a { ", Deep)) + new string('}', Deep));

        Assert.Contains(diagnostics, diagnostic => diagnostic.Id == SyntaxErrorId.TooDeep);
    }

    [Fact]
    public void Nesting_within_the_limit_is_parsed()
    {
        (_, DiagnosticBag diagnostics) = Parse($"BEGIN {{ $x = {new string('(', 400)}1{new string(')', 400)}; }}");

        Assert.Empty(diagnostics);
    }

    [Fact]
    public void A_flat_chain_of_a_hundred_thousand_operators_is_parsed_and_printed()
    {
        (ScriptSyntax script, DiagnosticBag diagnostics) = Parse($"BEGIN {{ $x = 1{string.Concat(Enumerable.Repeat(" + 1", 100_000))}; }}");

        Assert.Empty(diagnostics);
        Assert.Equal(100_000, SyntaxPrinter.Print(script).Count(c => c == '+'));
    }

    [Fact]
    public void An_else_if_chain_of_ten_thousand_branches_is_one_statement()
    {
        var text = new StringBuilder("BEGIN { if $x == 0 { }");
        for (int i = 1; i < Deep; i++)
            text.Append($" else if $x == {i} {{ }}");
        (ScriptSyntax script, DiagnosticBag diagnostics) = Parse(text.Append(" }").ToString());

        Assert.Empty(diagnostics);
        Assert.Equal(Deep, Assert.IsType<IfSyntax>(Assert.Single(script.Probes[0].Body.Statements)).Clauses.Length);
    }

    public static TheoryData<string> Garbage =>
        ["(", ")", "{", "}", "\"", "'", "#", "#define\n", "/ ", "/*", "*", "k:", "a:", ",", "@", "$", "é", "\0", "(a*", "x y", "if ", "#if 1\n", "{;", "a\"\n", "struct ", "x=", "x:y,", "k:f,", "k:\"a\",", "BEGIN { } ", "k:f\n", "const ", "(const "];

    [Theory]
    [MemberData(nameof(Garbage))]
    public void Megabytes_of_garbage_are_refused_in_linear_time(string pattern)
    {
        foreach (string prefix in new[] { "", "BEGIN { ", "BEGIN { $x = " })
        {
            string text = prefix + string.Concat(Enumerable.Repeat(pattern, Large / pattern.Length)) + "?";
            var clock = Stopwatch.StartNew();
            (_, DiagnosticBag diagnostics) = Parse(text);

            Assert.InRange(diagnostics.Count, 1, DiagnosticBag.MaxErrors);
            Assert.True(diagnostics.HasErrors);
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"took {clock.Elapsed}");
        }
    }

    [Fact]
    public void Ten_megabytes_of_random_characters_are_refused()
    {
        var random = new Random(42);
        var text = new string([.. Enumerable.Range(0, 10_000_000).Select(_ => (char)random.Next(' ', 'z'))]);
        (_, DiagnosticBag diagnostics) = Parse(text);

        Assert.InRange(diagnostics.Count, 1, DiagnosticBag.MaxErrors);
    }

    [Fact]
    public void Macros_that_double_themselves_are_stopped()
    {
        var text = new StringBuilder("#define M0 1 + 1\n");
        for (int i = 1; i < 40; i++)
            text.Append($"#define M{i} M{i - 1} + M{i - 1}\n");
        (_, DiagnosticBag diagnostics) = Parse(text.Append("BEGIN { $x = M39; }").ToString());

        Assert.Contains(diagnostics, diagnostic => diagnostic.Id == SyntaxErrorId.BadDirective);
    }

    [Fact]
    public void A_macro_that_names_itself_is_replaced_once()
    {
        (ScriptSyntax script, DiagnosticBag diagnostics) = Parse("#define pid pid + 1\nBEGIN { $x = pid; }");

        Assert.Empty(diagnostics);
        Assert.Contains("(= $x (+ pid 1))", SyntaxPrinter.Print(script));
    }

    [Fact]
    public void Mutated_scripts_and_random_text_never_throw_and_keep_every_span_inside_the_text()
    {
        string[] seeds = [.. Directory.EnumerateFiles(Golden.PathOf("syntax"), "*.bt").Select(File.ReadAllText)];
        string[] words = ["if ", "else ", "for ($i : ", "BEGIN", "k:f", "#if 0\n", "#endif\n", "#define a b\n", "struct a {", "(struct a *)", "..", "let ", "macro ", "/pid/"];
        Gen<string> fragment = Gen.OneOf(Gen.String[Gen.Char[" \n\t{}()[];:,./*+-=&|<>!?~^%$@#\"'\\ax09_"], 0, 6], Gen.String[0, 4], OneOf(words));
        var mutation = Gen.Select(OneOf(seeds), Gen.Select(Gen.Double[0, 1], Gen.Int[0, 40], fragment).Array[0, 8]);

        mutation.Sample((seed, edits) =>
        {
            string text = seed;
            foreach ((double place, int length, string inserted) in edits)
            {
                int start = (int)(place * text.Length);
                text = text[..start] + inserted + text[Math.Min(text.Length, start + length)..];
            }
            (ScriptSyntax script, DiagnosticBag diagnostics) = Parse(text);
            Assert.NotNull(SyntaxPrinter.Print(script));
            Assert.All(diagnostics, diagnostic => Assert.InRange(diagnostic.Span.End, diagnostic.Span.Start, text.Length));
            Assert.All(script.Probes, probe => Assert.InRange(probe.Span.End, probe.Span.Start, text.Length));
        }, iter: 3000);
    }

    [Fact]
    public void Five_thousand_lines_are_parsed_in_the_time_of_a_blink()
    {
        var text = new StringBuilder("BEGIN\n{\n");
        for (int i = 0; i < 5000; i++)
            text.Append($"\t@m{i % 50}[pid, \"key{i}\"] = ($a{i % 10} + {i}) * 2 > 10 ? str(arg{i % 6}) : comm;\n");
        string script = text.Append("}\n").ToString();
        TimeSpan best = Shortest.Of(10, () => Assert.Empty(Parse(script).Diagnostics));

        Assert.True(best < TimeSpan.FromMilliseconds(200), $"took {best}");
    }

    private static Gen<string> OneOf(string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);

    private static (ScriptSyntax Script, DiagnosticBag Diagnostics) Parse(string text)
    {
        var diagnostics = new DiagnosticBag();
        return (ScriptSyntax.Parse(new SourceText("test.bt", text), diagnostics), diagnostics);
    }
}
