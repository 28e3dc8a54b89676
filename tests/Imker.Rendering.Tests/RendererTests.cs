using System.Text;
using System.Text.Json;

namespace Imker.Rendering.Tests;

public class RendererTests
{
    private static readonly MapSnapshot Pairs = new(
        "@k",
        [
            new(OutputValue.Tuple([OutputValue.Signed(1), OutputValue.Text("x")]), OutputValue.Signed(5)),
            new(OutputValue.Tuple([OutputValue.Signed(2), OutputValue.Text("a b")]), OutputValue.Signed(4)),
            new(OutputValue.Tuple([OutputValue.Signed(0), OutputValue.Text("z")]), OutputValue.Signed(5)),
        ]);

    private static readonly Histogram OneThree = Histogram.Log2([0, 0, 0, 1], 0);

    [Fact]
    public void Maps_are_printed_ascending_by_value_and_equals_by_key()
    {
        Assert.Equal("@k[2, a b]: 4\n@k[0, z]: 5\n@k[1, x]: 5\n", Text(r => r.Map(Pairs)));
        Assert.Equal(
            """{"type": "map", "data": {"@k": {"2,a b": 4, "0,z": 5, "1,x": 5}}}""" + "\n",
            Json(r => r.Map(Pairs)));
    }

    [Fact]
    public void Top_keeps_the_greatest_and_div_divides()
    {
        Assert.Equal("@k[0, z]: 2\n@k[1, x]: 2\n", Text(r => r.Map(Pairs, top: 2, divisor: 2)));
        Assert.Equal("@k[1, x]: 5\n", Text(r => r.Map(Pairs, top: 1)));
    }

    [Fact]
    public void A_scalar_map_has_no_key()
    {
        MapSnapshot map = Scalar("@", OutputValue.Unsigned(7));
        Assert.Equal("@: 7\n", Text(r => r.Map(map)));
        Assert.Equal("""{"type": "map", "data": {"@": 7}}""" + "\n", Json(r => r.Map(map)));
    }

    [Fact]
    public void An_empty_map_is_not_printed()
    {
        var map = new MapSnapshot("@", []);
        Assert.Equal("", Text(r => r.Map(map)));
        Assert.Equal("", Json(r => r.Map(map)));
    }

    [Fact]
    public void Values_that_are_no_numbers_are_printed_by_key()
    {
        var map = new MapSnapshot("@e", [Named(10, "x"), Named(-3, "y"), Named(9, "z")]);
        Assert.Equal("@e[-3]: y\n@e[9]: z\n@e[10]: x\n", Text(r => r.Map(map)));

        static MapEntry Named(long key, string value) => new(OutputValue.Signed(key), OutputValue.Text(value));
    }

    [Fact]
    public void Statistics_are_records_in_order_of_their_average()
    {
        var map = new MapSnapshot("@s", [Stats("a", 1, 3, 3), Stats("b", 2, 1, 2)]) { IsStatistics = true };
        Assert.Equal(
            "@s[b]: { .count = 2, .average = 1, .total = 2 }\n@s[a]: { .count = 1, .average = 3, .total = 3 }\n",
            Text(r => r.Map(map)));
        Assert.Equal("@s[a]: { .count = 1, .average = 1, .total = 3 }\n", Text(r => r.Map(map, 1, 2)));
        Assert.Equal(
            """{"type": "stats", "data": {"@s": {"b": {"count": 2, "average": 1, "total": 2}, "a": {"count": 1, "average": 3, "total": 3}}}}""" + "\n",
            Json(r => r.Map(map)));

        static MapEntry Stats(string key, ulong count, long average, long total) =>
            new(OutputValue.Text(key), OutputValue.Stats(count, OutputValue.Signed(average), OutputValue.Signed(total)));
    }

    [Fact]
    public void Histograms_stand_below_their_name_in_order_of_their_totals()
    {
        Histogram two = Histogram.Log2([0, 0, 2], 0);
        var map = new MapSnapshot(
            "@h", [new(OutputValue.Signed(1), OutputValue.Histogram(two)), new(OutputValue.Signed(2), OutputValue.Histogram(OneThree))]);
        Assert.Equal(
            """
            @h[2]:
            [2, 4)                 1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|

            @h[1]:
            [1]                    2 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|


            """,
            Text(r => r.Map(map)));
        Assert.Equal(
            """{"type": "hist", "data": {"@h": {"2": [{"min": 2, "max": 3, "count": 1}], "1": [{"min": 1, "max": 1, "count": 2}]}}}""" + "\n",
            Json(r => r.Map(map)));
        Assert.StartsWith("@:\n[2, 4) ", Text(r => r.Map(Scalar("@", OutputValue.Histogram(OneThree)))));
    }

    [Fact]
    public void Stacks_are_keys_of_several_lines()
    {
        OutputValue stack = OutputValue.Stack(["        read+1", "\tffff m\e+2"]);
        var map = new MapSnapshot("@", [new(OutputValue.Tuple([OutputValue.Signed(1), stack]), OutputValue.Signed(9))]);
        Assert.Equal("@[1, \n        read+1\n\tffff m\\x1b+2\n]: 9\n", Text(r => r.Map(map)));
        Assert.Equal(
            """{"type": "map", "data": {"@": {"1,\n        read+1\n\tffff m\u001b+2\n": 9}}}""" + "\n", Json(r => r.Map(map)));
    }

    [Fact]
    public void Values_have_their_forms_in_text_and_JSON()
    {
        OutputValue value = OutputValue.Tuple(
        [
            OutputValue.Bool(true),
            OutputValue.Unsigned(ulong.MaxValue),
            OutputValue.Pointer(255),
            OutputValue.Buffer([(byte)'a', 255]),
            OutputValue.Array([OutputValue.Signed(-1), OutputValue.None]),
            OutputValue.Record([new("a", OutputValue.Signed(1)), new("b", OutputValue.Text("\"\n"))]),
            OutputValue.Record([]),
        ]);
        Assert.Equal(
            "(true, 18446744073709551615, 0xff, a\\xff, [-1,null], { .a = 1, .b = \"\\x0a }, {})\n", Text(r => r.Value(value)));
        string json = Json(r => r.Value(value));
        Assert.Equal(
            """{"type": "value", "data": [true,"18446744073709551615",255,[97,255],[-1,null],{"a": 1, "b": "\"\n"},{}]}""" + "\n", json);
        Assert.Equal(7, JsonDocument.Parse(json).RootElement.GetProperty("data").GetArrayLength());
    }

    [Theory]
    [InlineData(TextKind.Printf, "printf", "x\n")]
    [InlineData(TextKind.Time, "time", "x\n")]
    [InlineData(TextKind.Cat, "cat", "x\n")]
    [InlineData(TextKind.System, "syscall", "x\n")]
    [InlineData(TextKind.Join, "join", "x\n\n")]
    public void Texts_are_named_in_JSON(TextKind kind, string name, string expected)
    {
        Assert.Equal(expected, Text(r => Write(r, kind, "x\n")));
        Assert.Equal($$"""{"type": "{{name}}", "data": "x\n"}""" + "\n", Json(r => Write(r, kind, "x\n")));
    }

    [Fact]
    public void Errors_of_the_script_go_to_standard_error_with_their_place()
    {
        (string output, string errors) = Run(
            (o, e) => new TextRenderer(o, e),
            r =>
            {
                Write(r, TextKind.Printf, "before ");
                Write(r, TextKind.Error, "bad 10", new ScriptPlace("a.bt", 1, 9));
                Write(r, TextKind.Warning, "odd", new ScriptPlace("a.bt", 2, 3));
                Write(r, TextKind.Printf, "after\n");
            });
        Assert.Equal("before after\n", output);
        Assert.Equal("a.bt:1:9: ERROR: bad 10\na.bt:2:3: WARNING: odd\n", errors);
        Assert.Equal(
            """{"type": "errorf", "msg": "bad 10", "filename": "a.bt", "line": 1, "col": 9}""" + "\n",
            Json(r => Write(r, TextKind.Error, "bad 10", new ScriptPlace("a.bt", 1, 9))));
    }

    [Fact]
    public void Messages_of_the_tracer_go_to_standard_error_or_are_JSON_objects()
    {
        (string output, string errors) = Run((o, e) => new TextRenderer(o, e), Messages);
        Assert.Equal("", output);
        Assert.Equal(
            """
            Attached 1 probe
            Attached 2 probes
            Lost 3 events
              2 ring full in tracepoint:a:b
              1 map full in uprobe:c:d
            a.bt:1:2: WARNING: Argument list too long
            Additional Info - helper: map_update_elem, retcode: -7
            a.bt:3:4: WARNING: divided by zero

            """, errors);
        Assert.Equal(
            """
            {"type": "attached_probes", "count": 1, "data": {"probes": 1}}
            {"type": "attached_probes", "count": 2, "data": {"probes": 2}}
            {"type": "lost_events", "count": 3, "data": {"events": 3, "causes": [{"probe": "tracepoint:a:b", "cause": "ring full", "count": 2}, {"probe": "uprobe:c:d", "cause": "map full", "count": 1}]}}
            {"type": "helper_error", "msg": "Argument list too long", "helper": "map_update_elem", "retcode": -7, "filename": "a.bt", "line": 1, "col": 2}
            {"type": "runtime_error", "msg": "divided by zero", "filename": "a.bt", "line": 3, "col": 4}

            """, Json(Messages));

        static void Messages(OutputRenderer renderer)
        {
            renderer.AttachedProbes(1);
            renderer.AttachedProbes(2);
            renderer.LostEvents(3, [new("tracepoint:a:b", "ring full", 2), new("uprobe:c:d", "map full", 1)]);
            renderer.HelperError(new ScriptPlace("a.bt", 1, 2), "map_update_elem", -7, "Argument list too long");
            renderer.RuntimeError(new ScriptPlace("a.bt", 3, 4), "divided by zero");
        }
    }

    [Fact]
    public void Two_empty_lines_part_the_events_from_the_last_maps()
    {
        Assert.Equal("\n\n", Text(r => r.EndOfEvents()));
        Assert.Equal("", Json(r => r.EndOfEvents()));
    }

    [Fact]
    public void Output_goes_out_in_batches()
    {
        var stream = new MemoryStream();
        using var output = new BatchedOutput(stream, batchSize: 10);
        var renderer = new TextRenderer(output, new BatchedOutput(Stream.Null));
        Write(renderer, TextKind.Printf, "123456");
        Assert.Equal(0, stream.Length);
        Write(renderer, TextKind.Printf, "789012");
        Assert.Equal(12, stream.Length);
        Write(renderer, TextKind.Printf, "3");
        renderer.Flush();
        Assert.Equal(13, stream.Length);
    }

    private static MapSnapshot Scalar(string name, OutputValue value) =>
        new(name, [new(OutputValue.None, value)]) { IsScalar = true };

    private static void Write(OutputRenderer renderer, TextKind kind, string text, ScriptPlace place = default)
    {
        renderer.BeginText(kind, place).Write(text);
        renderer.EndText();
    }

    private static string Text(Action<OutputRenderer> action) => Run((o, e) => new TextRenderer(o, e), action).Output;

    private static string Json(Action<OutputRenderer> action) => Run((o, e) => new JsonRenderer(o, e), action).Output;

    private static (string Output, string Errors) Run(
        Func<BatchedOutput, BatchedOutput, OutputRenderer> create, Action<OutputRenderer> action)
    {
        using var outputStream = new MemoryStream();
        using var errorStream = new MemoryStream();
        using var output = new BatchedOutput(outputStream);
        using var errors = new BatchedOutput(errorStream);
        OutputRenderer renderer = create(output, errors);
        action(renderer);
        renderer.Flush();
        return (Encoding.UTF8.GetString(outputStream.ToArray()), Encoding.UTF8.GetString(errorStream.ToArray()));
    }
}
