using CsCheck;
using Imker.Compiler.Ir;
using Imker.Diagnostics;
using Imker.TestKit;

namespace Imker.Compiler.Tests.Ir;

public sealed class IrTextTests
{
    private static readonly string everyInstruction = Golden.Read("ir/every-instruction.ir");

    [Fact]
    public void Every_instruction_reads_back_as_it_was_written() =>
        Assert.Equal(everyInstruction, IrPrinter.Print(Parse(everyInstruction)));

    [Fact]
    public void A_random_function_reads_back_as_it_was_written() => Gen.Int.Sample(seed =>
    {
        string text = IrPrinter.Print(RandomFunction.Make(seed));
        Assert.Equal(text, IrPrinter.Print(Parse(text)));
    }, iter: 200);

    [Fact]
    public void A_random_function_read_back_does_the_same() => Gen.Int.Sample(seed =>
    {
        IrFunction function = RandomFunction.Make(seed);
        IrFunction readBack = Parse(IrPrinter.Print(function)).Functions[0];
        Assert.Equal(IrEvaluator.Run(function, 1).ToString(), IrEvaluator.Run(readBack, 1).ToString());
    }, iter: 200);

    [Fact]
    public void Source_lines_stand_behind_the_first_instruction_of_each()
    {
        var source = new SourceText("count.bt", "first\nsecond\n");
        IrModule module = Parse("function f(): i64, kprobe {\nentry:\n    %a = add i64 1, i64 2\n    %b = add %a, %a\n    return %b\n}\n");
        List<IrInstruction> instructions = module.Functions[0].Entry.Instructions;
        instructions[0].Span = source.Span(0, 1);
        instructions[1].Span = source.Span(2, 3);
        module.Functions[0].Entry.Terminator!.Span = source.Span(6, 7);

        string[] lines = IrPrinter.Print(module, withLines: true).Split('\n');

        Assert.EndsWith("# count.bt:1", lines[2]);
        Assert.DoesNotContain("#", lines[3]);
        Assert.EndsWith("# count.bt:2", lines[4]);
    }

    [Theory]
    [InlineData("%a = ad i64 1, i64 2", "there is no instruction 'ad'", 3, 10)]
    [InlineData("%a = add i64 1 i64 2", "expected ',', found 'i64'", 3, 20)]
    [InlineData("%a = add i64 1, %b", "no value '%b' is defined before this use", 3, 21)]
    [InlineData("%a = load ptr.stak %ctx", "there is no type 'ptr.stak' (did you mean 'ptr.stack'?)", 3, 15)]
    [InlineData("%a = call i64 bpf_get_current_pid()", "there is no helper 'bpf_get_current_pid'", 3, 19)]
    [InlineData("%a = add i64 99999999999999999999, i64 2", "'99999999999999999999' is no integer of 64 bits", 3, 18)]
    [InlineData("%a = map \"x", "the text has no closing quote", 3, 14)]
    [InlineData("%a = phi i64 [entry: i64 1]", "there is no (further) edge from entry to entry", 3, 19)]
    [InlineData("jump entry", "there is no instruction 'jump'", 3, 5)]
    public void Wrong_text_is_told_with_its_place(string line, string message, int lineNumber, int column)
    {
        string text = $"function f(%ctx: ptr.context): i64, kprobe {{\nentry:\n    {line}\n    return i64 0\n}}\n";
        Assert.False(IrParser.TryParse(new SourceText("t", text), out _, out var diagnostics));
        Diagnostic diagnostic = diagnostics[0];
        Assert.Contains(message, diagnostic.Message);
        Assert.Equal(new LinePosition(lineNumber - 1, column - 1), diagnostic.Span.Position);
    }

    [Fact]
    public void All_errors_of_a_text_are_told_at_once()
    {
        const string text = "function f(): i64, kprobe {\nentry:\n    %a = no i64 1\n    %b = never i64 2\n    return i64 0\n}\nfunction f(): i64, kprobe {\nentry:\n    return i64 0\n}\n";
        Assert.False(IrParser.TryParse(new SourceText("t", text), out _, out var diagnostics));
        Assert.Equal(3, diagnostics.Length);
    }

    [Fact]
    public void Damaged_text_is_read_or_refused_with_a_place() => Gen.Select(Gen.Int[0, everyInstruction.Length - 1], Gen.Char, Gen.Int[0, 40])
        .Array[1, 6].Sample(edits =>
        {
            string text = everyInstruction;
            foreach ((int at, char c, int length) in edits)
            {
                int start = Math.Min(at, text.Length);
                text = text[..start] + c + text[Math.Min(text.Length, start + length)..];
            }
            bool isRead = IrParser.TryParse(new SourceText("t", text), out IrModule? module, out var diagnostics);
            Assert.Equal(isRead, module is not null);
            Assert.True(isRead || diagnostics.Any(d => !d.Span.IsNone));
        }, iter: 3000);

    [Fact]
    public void Noise_is_refused() => Gen.String.Sample(text =>
        Assert.Equal(IrParser.TryParse(new SourceText("t", text), out _, out var diagnostics), diagnostics.IsEmpty));

    private static IrModule Parse(string text) => IrParser.Parse(new SourceText("test", text));
}
