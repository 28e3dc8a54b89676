using System.Diagnostics;
using System.Text;
using CsCheck;
using Imker.Diagnostics;
using Imker.Objects;
using Imker.Script.Binding;
using Imker.Script.Bound;
using Imker.Script.Syntax;
using Imker.Script.Types;
using Imker.TestKit;

namespace Imker.Script.Tests.Binding;

public sealed class BinderTests
{
    [Fact]
    public void Attach_points_that_look_different_to_the_body_become_programs_of_their_own()
    {
        BoundProgram program = Bind("tracepoint:syscalls:sys_enter_open* { print(str(args.filename)); }");

        Assert.Equal(["sys_enter_open", "sys_enter_openat"], program.Probes.Select(probe => probe.Format!.Event));
    }

    [Fact]
    public void Attach_points_share_a_program_when_the_body_does_not_look_at_their_fields()
    {
        BoundProgram program = Bind("tracepoint:syscalls:sys_enter_open* { print(pid); }");

        Assert.Equal(2, Assert.Single(program.Probes).AttachPoints.Length);
        Assert.Null(program.Probes[0].Format);
    }

    [Fact]
    public void Without_cookies_each_attach_point_knows_its_name_as_a_constant()
    {
        var target = new FakeTarget { Lacks = [KernelFeature.AttachCookie] };
        BoundProgram program = Bind("uprobe:libc:malloc, uprobe:libc:free { print(probe); }", target: target);

        Assert.Equal(2, program.Probes.Length);
        Assert.All(program.Probes, probe => Assert.IsType<BoundInteger>(Printed(probe)));
    }

    [Fact]
    public void The_cookie_of_an_attach_point_is_its_place_among_the_names()
    {
        BoundProgram program = Bind("BEGIN { } uprobe:libc:malloc, uprobe:libc:free { print(func); }");

        BoundProbe probe = program.Probes[1];
        var names = Assert.IsType<NameIndexType>(Printed(probe).Type);
        Assert.All(probe.AttachPoints, point => Assert.Equal(point.Function, names.Names[(int)point.Attach.Cookie]));
    }

    [Fact]
    public void What_walks_over_all_processors_or_entries_needs_a_kernel_that_does()
    {
        var old = new FakeTarget { Lacks = [KernelFeature.PerCpuLookup, KernelFeature.ForEachMapElement] };
        Assert.Empty(Check("BEGIN { @c[1] = count(); @s = sum(1); print(@c); print(@s); clear(@c); delete(@c, 1); }", target: old));
        Assert.Contains("bpf_map_lookup_percpu_elem, which Linux 5.19", Assert.Single(Check("BEGIN { @s = sum(1); if (@s > 1) { } }", target: old)).Message, StringComparison.Ordinal);
        Assert.Contains("bpf_for_each_map_elem, which Linux 5.13", Assert.Single(Check("BEGIN { @x[1] = 1; print(len(@x)); }", target: old)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Loops_unrolled_in_loops_are_bounded_by_what_they_become()
    {
        Assert.Empty(Check("BEGIN { unroll(1024) { @++ } unroll(30) { unroll(30) { @++ } } }"));
        Assert.Equal(BindErrorId.OutOfRange, Assert.Single(Check("BEGIN { unroll(1024) { unroll(1024) { @++ } } }")).Id);
    }

    [Fact]
    public void A_missing_function_among_others_is_a_warning_and_alone_an_error()
    {
        Assert.Equal(Severity.Warning, Assert.Single(Check("uprobe:libc:nothing, uprobe:libc:malloc { }")).Severity);
        Assert.Equal(Severity.Error, Assert.Single(Check("uprobe:libc:nothing { }")).Severity);
    }

    [Fact]
    public void A_function_that_moved_from_libpthread_to_libc_is_traced_there_with_a_warning()
    {
        Assert.Equal("/lib/libc.so.6", Assert.IsType<UprobeAttach>(Bind("uprobe:libpthread:malloc { }").Probes[0].AttachPoints[0].Attach).Binary);
        Assert.Equal(Severity.Warning, Assert.Single(Check("uprobe:libpthread:malloc { }")).Severity);
        Assert.Equal(Severity.Error, Assert.Single(Check("uprobe:libpthread:nothing { }")).Severity);
    }

    [Fact]
    public void The_configuration_decides_about_missing_probes()
    {
        Assert.Empty(Check("config = { missing_probes = ignore } uprobe:libc:nothing, uprobe:libc:malloc { }"));
        Assert.Equal(Severity.Error, Assert.Single(Check("config = { missing_probes = error } uprobe:libc:nothing, uprobe:libc:malloc { }")).Severity);
    }

    [Fact]
    public void The_environment_wins_over_the_script()
    {
        BinderOptions options = BinderOptions.Default with { Environment = BinderOptions.Default.Environment.Add("BPFTRACE_MAX_STRLEN", "100") };
        BoundProgram program = Bind("config = { max_strlen = 50; max_map_keys = 7 } BEGIN { print(str(5)); }", options);

        Assert.Equal(100, program.Config.MaxStringLength);
        Assert.Equal(7, program.Config.MaxMapKeys);
        Assert.Equal(new StringType(100), Printed(program.Probes[0]).Type);
    }

    [Fact]
    public void A_process_is_handed_on_to_user_probes()
    {
        BoundProgram program = Bind("uprobe:libc:malloc { }", BinderOptions.Default with { ProcessId = 4711 });

        Assert.Equal(4711, Assert.IsType<UprobeAttach>(program.Probes[0].AttachPoints[0].Attach).ProcessId);
    }

    [Theory]
    [InlineData("print(1)", true)]
    [InlineData("printf(\"x\")", true)]
    [InlineData("time()", true)]
    [InlineData("@ = count(); print(@)", false)]
    [InlineData("exit()", false)]
    public void A_script_says_whether_it_sends_data(string statement, bool expected) =>
        Assert.Equal(expected, Bind($"BEGIN {{ {statement}; }}").SendsData);

    [Fact]
    public void A_map_is_inferred_across_probes_in_any_order()
    {
        BoundProgram program = Bind("BEGIN { $x = @late[1]; print($x); } END { @late[pid] = comm; }");

        Assert.Equal(new StringType(16), Printed(program.Probes[0]).Type);
        Assert.Equal(ScriptType.UInt64, program.Maps[0].Key);
    }

    [Fact]
    public void A_large_key_is_refused_where_the_kernel_does_not_take_it()
    {
        var old = new FakeTarget { Lacks = [KernelFeature.LargeMapKeys] };
        Assert.Contains(Check("BEGIN { @[str(5)] = 1; }", target: old), diagnostic => diagnostic.Message.Contains("1,024 bytes"));
        Assert.Empty(Check("BEGIN { @[str(5)] = 1; }"));
    }

    [Fact]
    public void What_hinders_tracepoints_is_told()
    {
        var target = new FakeTarget { TracepointProblem = "tracefs is not mounted" };

        Assert.Contains("tracefs is not mounted", Assert.Single(Check("t:sched:sched_switch { }", target: target)).Message);
    }

    [Fact]
    public void Errors_of_form_and_of_meaning_are_told_in_one_go()
    {
        IReadOnlyList<Diagnostic> found = Check("BEGIN { print(; print(nope); }");

        Assert.Equal([SyntaxErrorId.Unexpected, BindErrorId.UnknownName], found.Select(diagnostic => diagnostic.Id));
    }

    [Fact]
    public void A_chain_that_is_too_long_for_what_follows_is_refused() => Assert.Contains(
        Check($"BEGIN {{ $x = pid{string.Concat(Enumerable.Repeat(" + pid", 10_000))}; }}"), diagnostic => diagnostic.Id == BindErrorId.OutOfRange);

    [Fact]
    public void A_chain_of_constants_is_one_number()
    {
        BoundProgram program = Bind($"BEGIN {{ print(1{string.Concat(Enumerable.Repeat(" + 1", 10_000))}); }}");

        Assert.Equal(10_001, Assert.IsType<BoundInteger>(Printed(program.Probes[0])).Value);
    }

    [Fact]
    public void Constant_arithmetic_is_that_of_64_bits()
    {
        Gen<(string Text, Func<long, long, long> Evaluate)> operation = Gen.Int[0, 8].Select(i => new (string, Func<long, long, long>)[]
        {
            ("+", (a, b) => unchecked(a + b)), ("-", (a, b) => unchecked(a - b)), ("*", (a, b) => unchecked(a * b)),
            ("&", (a, b) => a & b), ("|", (a, b) => a | b), ("^", (a, b) => a ^ b),
            ("<<", (a, b) => a << (int)(b & 63)), (">>", (a, b) => a >> (int)(b & 63)), ("<", (a, b) => a < b ? 1 : 0),
        }[i]);
        Gen.Select(Gen.Long, Gen.Long, operation).Sample((left, right, op) =>
        {
            BoundProgram program = Bind($"BEGIN {{ print({Literal(left)} {op.Text} {Literal(right)}); }}");
            Assert.Equal(op.Evaluate(left, right), Assert.IsType<BoundInteger>(Printed(program.Probes[0])).Value);
        }, iter: 500);

        static string Literal(long value) => $"(int64){unchecked((ulong)value)}";
    }

    [Fact]
    public void Mutated_scripts_never_make_the_binder_throw()
    {
        string[] seeds = [.. new[] { "bound", "binderrors", "syntax" }.SelectMany(folder => Directory.EnumerateFiles(Golden.PathOf(folder), "*.bt")).Select(File.ReadAllText)];
        string[] words = [.. "@ @x @x[1] $x $kv $1 comm pid args args.filename arg0 retval str( print( printf( \"%s\" hist( count() kstack func probe 0 -1 1e6 (uint8) (struct outer *) ++ = += -> . [ ] ( ) , ; == && ? : let delete(@x) len(".Split(' ')];
        var mutation = Gen.Select(Gen.Int[0, seeds.Length - 1], Gen.Select(Gen.Double[0, 1], Gen.Int[0, 12], Gen.Int[0, words.Length - 1]).Array[0, 6]);

        mutation.Sample((seed, edits) =>
        {
            string text = seeds[seed];
            foreach ((double place, int length, int word) in edits)
            {
                int start = (int)(place * text.Length);
                text = text[..start] + words[word] + " " + text[Math.Min(text.Length, start + length)..];
            }
            var diagnostics = new DiagnosticBag();
            ScriptSyntax script = ScriptSyntax.Parse(new SourceText("test.bt", text), diagnostics);
            BoundProgram? program = Binder.Bind(script, new FakeTarget(), BinderOptions.Default, diagnostics);
            Assert.Equal(diagnostics.HasErrors, program is null);
            if (program is not null)
                Assert.NotNull(BoundPrinter.Print(program));
        }, iter: 3000);
    }

    [Theory]
    [InlineData("", "BEGIN { } ", "")]
    [InlineData("", "BEGIN { print(nope); } ", "")]
    [InlineData("", "k:f { } ", "")]
    [InlineData("", "uprobe:libc:mallic { } ", "")]
    [InlineData("BEGIN { ", "$x = nope; ", "}")]
    [InlineData("BEGIN { ", "print(prinft); ", "}")]
    [InlineData("BEGIN { ", "@x = @y; ", "}")]
    [InlineData("BEGIN { ", "printf(\"%d\", comm); ", "}")]
    public void Megabytes_of_wrong_script_are_refused_in_linear_time(string start, string pattern, string end)
    {
        var clock = Stopwatch.StartNew();
        IReadOnlyList<Diagnostic> found = Check(start + string.Concat(Enumerable.Repeat(pattern, 2_000_000 / pattern.Length)) + end);

        Assert.InRange(found.Count, 1, DiagnosticBag.MaxErrors);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"took {clock.Elapsed}");
    }

    [Fact]
    public void Five_thousand_lines_are_bound_in_a_fraction_of_a_second()
    {
        var text = new StringBuilder("BEGIN\n{\n");
        for (int i = 0; i < 5000; i++)
            text.Append($"\t@m{i % 50}[pid, \"key{i}\"] = nsecs + @m{(i + 49) % 50}[tid, comm] + {i};\n");
        TimeSpan best = Shortest.Of(5, () => Assert.Equal(50, Bind(text + "}\n").Maps.Length));

        Assert.True(best < TimeSpan.FromSeconds(1), $"took {best}");
    }

    [Fact]
    public void Maps_that_get_their_types_from_maps_set_later_are_inferred_up_to_a_limit()
    {
        static string Chain(int length) => "BEGIN { " + string.Concat(Enumerable.Range(0, length).Select(i => $"@m{i} = @m{i + 1}; ")) + $"@m{length} = comm; }}";

        Assert.All(Bind(Chain(100)).Maps, map => Assert.Equal(new StringType(16), map.Value));
        Assert.Single(Check(Chain(500)));
    }

    private static BoundExpression Printed(BoundProbe probe) => probe.Body.Statements.OfType<BoundExpressionStatement>()
        .Select(statement => statement.Expression).OfType<BoundCall>().Single(call => call.Function == BuiltinFunction.PrintValue).Arguments[0];

    private static BoundProgram Bind(string text, BinderOptions? options = null, ITargetFacts? target = null)
    {
        (BoundProgram? program, IReadOnlyList<Diagnostic> diagnostics) = TryBind(text, options, target);
        Assert.DoesNotContain(diagnostics, diagnostic => diagnostic.Severity == Severity.Error);
        return program!;
    }

    private static IReadOnlyList<Diagnostic> Check(string text, BinderOptions? options = null, ITargetFacts? target = null) =>
        TryBind(text, options, target).Diagnostics;

    private static (BoundProgram? Program, IReadOnlyList<Diagnostic> Diagnostics) TryBind(string text, BinderOptions? options, ITargetFacts? target)
    {
        var diagnostics = new DiagnosticBag();
        ScriptSyntax script = ScriptSyntax.Parse(new SourceText("test.bt", text), diagnostics);
        BoundProgram? program = Binder.Bind(script, target ?? new FakeTarget(), options ?? BinderOptions.Default, diagnostics);
        return (program, diagnostics.ToSorted());
    }
}
