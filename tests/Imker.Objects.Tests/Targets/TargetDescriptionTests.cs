using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using CsCheck;
using Imker.Btf;
using Imker.Bytecode;
using Imker.Diagnostics;
using Imker.TestKit;

namespace Imker.Objects.Tests.Targets;

public sealed class TargetDescriptionTests
{
    // One question a row, its answer as text.
    private static readonly Func<ITargetFacts, string>[] questions =
    [
        target => target.Architecture.ToString(),
        target => target.KernelVersion.ToString(),
        target => target.PossibleCpus.ToString(CultureInfo.InvariantCulture),
        target => target.TracepointProblem ?? "no problem",
        target => target.PidNamespace.ToString() ?? "none",
        target => target.Has(KernelFeature.Loop).ToString(),
        target => target.Has(KernelFeature.InstructionSetV4).ToString(),
        target => target.HasHelper(ProgramType.Kprobe, HelperId.GetCurrentComm).ToString(),
        target => target.HasHelper(ProgramType.Xdp, HelperId.GetCurrentComm).ToString(),
        target => target.HasHelper((ProgramType)99, (HelperId)999).ToString(),
        target => Text(target.TracepointCategories()),
        target => Text(target.TracepointEvents("sched")),
        target => Text(target.TracepointEvents("secret")),
        target => Text(target.TracepointEvents("nothing")),
        target => Text(target.Tracepoint("sched", "sched_switch")),
        target => Text(target.Tracepoint("sched", "missing")),
        target => target.FindBinary("libc", null) ?? "none",
        target => target.FindBinary("libc", 7) ?? "none",
        target => target.FindBinary("missing", 7) ?? "none",
        target => target.FindFunction("libc", "malloc").ToString() ?? "none",
        target => target.FindFunction("libc", "missing").ToString() ?? "none",
        target => Text(target.Functions("libc")),
        target => target.KernelSymbol("jiffies").ToString() ?? "none",
        target => target.KernelSymbol("missing").ToString() ?? "none",
        target => target.KernelConfiguration("CONFIG_HZ") ?? "none",
        target => target.KernelConfiguration("CONFIG_MISSING") ?? "none",
        target => target.KernelBtf?.OwnCount.ToString(CultureInfo.InvariantCulture) ?? "none",
    ];

    [Theory]
    [InlineData("", "line 1, column 1: expected an object, which begins with '{', but the document ends")]
    [InlineData("x", "line 1, column 1: expected an object, which begins with '{'")]
    [InlineData("{\n  \"version\": 1,\n  }", "line 3, column 3: expected a name in quotes with ':' behind it")]
    [InlineData("{ \"version\" 1 }", "line 1, column 3: expected a name in quotes with ':' behind it, or '}'")]
    [InlineData("{ \"version\": 1 \"kernel\": 2 }", "line 1, column 16: expected ',' or '}'")]
    [InlineData("{ \"version\": tru }", "line 1, column 14: expected a value")]
    [InlineData("{ \"version\": [1 2] }", "line 1, column 17: expected ',' or ']'")]
    [InlineData("{ \"version\": [1, ] }", "line 1, column 18: expected a value")]
    [InlineData("{ \"ä\": [", "line 1, column 9: expected a value or ']', but the document ends")]
    [InlineData("{} {}", "line 1, column 4: expected nothing more")]
    public void What_is_no_JSON_is_refused_with_its_place_and_what_was_expected(string json, string problem)
    {
        Assert.False(TargetDescription.TryRead("target.json", Encoding.UTF8.GetBytes(json), null, out _, out ImmutableArray<Diagnostic> diagnostics));
        Assert.Equal($"cannot read target.json: {problem}", Assert.Single(diagnostics).Message);
    }

    [Fact]
    public void What_is_nested_too_deeply_is_refused()
    {
        string json = "{ \"a\": " + new string('[', 200);
        Assert.False(TargetDescription.TryRead("target.json", Encoding.UTF8.GetBytes(json), null, out _, out ImmutableArray<Diagnostic> diagnostics));
        Assert.Equal("cannot read target.json: line 1, column 135: expected nesting of at most 128 levels", Assert.Single(diagnostics).Message);
    }

    [Fact]
    public void What_was_recorded_is_answered_again()
    {
        var target = new FakeTarget { Types = Types(3) };
        TargetDescription description = TargetDescription.Read("saved.json", Record(target, questions), target.Types);
        int asked = target.Questions;
        Assert.Equal(questions.Select(ask => ask(new FakeTarget { Types = target.Types })), questions.Select(ask => ask(description)));
        Assert.Equal(asked, target.Questions);
    }

    [Fact]
    public void Each_question_is_asked_once()
    {
        var target = new FakeTarget();
        var recording = new RecordingTargetFacts(target);
        foreach (Func<ITargetFacts, string> ask in questions[..^1])
            Assert.Equal(ask(recording), ask(recording));
        Assert.Equal(questions.Length - 1, target.Questions);
    }

    [Fact]
    public void A_question_that_was_not_asked_is_an_error_that_names_it()
    {
        TargetDescription empty = TargetDescription.Read("saved.json", new RecordingTargetFacts(new FakeTarget()).ToDescription());
        foreach (Func<ITargetFacts, string> ask in questions)
        {
            Diagnostic finding = Assert.Single(Assert.Throws<DiagnosticException>(() => ask(empty)).Diagnostics);
            Assert.Equal(ObjectDiagnosticId.UnansweredQuestion, finding.Id);
        }
        string message = Assert.Throws<DiagnosticException>(() => empty.FindFunction("/lib/libc.so.6", "malloc")).Message;
        Assert.EndsWith("cannot answer from the target description saved.json: it was never asked where the function 'malloc' of /lib/libc.so.6 is", message);
    }

    [Fact]
    public void The_same_answers_in_any_order_give_the_same_file()
    {
        byte[] file = Record(new FakeTarget(), questions);
        Golden.Verify("target.json", Encoding.UTF8.GetString(file));
        Assert.Equal(file, Record(new FakeTarget(), questions.Reverse()));
        Assert.Equal(file, TargetDescription.Read("saved.json", file).ToArray());
    }

    [Fact]
    public void Types_of_the_kernel_are_needed_only_when_asked_for_and_have_to_be_its_own()
    {
        byte[] file = Record(new FakeTarget { Types = Types(3) }, questions);
        TargetDescription without = TargetDescription.Read("saved.json", file);
        Assert.Equal(128, without.PossibleCpus);
        Assert.Contains("vmlinux", Assert.Throws<DiagnosticException>(() => without.KernelBtf).Diagnostics[0].Hints[0], StringComparison.Ordinal);
        Assert.False(TargetDescription.TryRead("saved.json", file, Types(4), out _, out var diagnostics));
        Assert.Equal("cannot use other with saved.json: the description is of a kernel with 3 types, this BTF has 4", diagnostics[0].Message);
    }

    [Fact]
    public void A_malformed_file_is_refused_with_the_place()
    {
        Assert.False(TargetDescription.TryRead("saved.json", """{"version":1,"functions":[{"binary":"a","symbol":"b"},{"binary":"a"}]}"""u8.ToArray(), null, out _, out var diagnostics));
        Assert.Equal("cannot read saved.json: functions[1].symbol: it is missing", diagnostics[0].Message);
    }

    [Fact]
    public void A_mutated_file_is_read_or_refused()
    {
        byte[] file = Record(new FakeTarget(), questions);
        Gen.Select(Gen.Int[0, file.Length - 1], Gen.Byte).Array[1, 4].Sample(changes =>
        {
            byte[] bytes = [.. file];
            foreach ((int at, byte value) in changes)
                bytes[at] = value;
            Assert.NotEqual(TargetDescription.TryRead("fuzzed", bytes, null, out _, out var diagnostics), diagnostics.Length > 0);
        }, iter: 3_000);
    }

    private static byte[] Record(ITargetFacts target, IEnumerable<Func<ITargetFacts, string>> asked)
    {
        var recording = new RecordingTargetFacts(target);
        foreach (Func<ITargetFacts, string> ask in asked)
            ask(recording);
        return recording.ToDescription();
    }

    private static BtfFile Types(uint count)
    {
        var builder = new BtfBuilder();
        for (uint i = 0; i < count; i++)
            builder.AddForward($"type{i}");
        return builder.Build("other");
    }

    private static string Text(IReadOnlyList<string>? names) => names is null ? "unreadable" : string.Join(' ', names);

    private static string Text(TracepointFormat? format) => format is null ? "none" : $"{format.Category} {format.Event} {format.Id}: {string.Join(' ', format.Fields)}";
}
