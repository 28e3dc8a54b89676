using System.Text.Json;
using System.Text.Json.Nodes;
using Imker.TestKit;

namespace Imker.Inspect.Tests;

/// <summary>The peer: what it says as JSON.</summary>
internal static class Bpftool
{
    public static JsonNode Json(params string[] arguments)
    {
        ProgramResult result = Run(["-j", .. arguments]);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        return JsonNode.Parse(result.Output)!;
    }

    public static ProgramResult Run(params string[] arguments)
    {
        using RunningProgram program = RunningProgram.Start(Machine.RequireTool("bpftool"), arguments);
        return program.WaitForEnd(TimeSpan.FromSeconds(30));
    }

    /// <summary>
    /// The same value, in one spelling: numbers that we give as text, because a double does not hold them, are numbers; of processes,
    /// which come and go, and of what only newer bpftools tell, nothing is said.
    /// </summary>
    public static string Comparable(JsonNode node, params string[] left) => JsonSerializer.Serialize(Normalized(node, left));

    private static JsonNode? Normalized(JsonNode? node, string[] left) => node switch
    {
        JsonObject item => new JsonObject(item.Where(p => !left.Contains(p.Key)).OrderBy(p => p.Key, StringComparer.Ordinal)
            .Select(p => KeyValuePair.Create(p.Key, Normalized(p.Value, left)))),
        JsonArray list => new JsonArray([.. list.Select(i => Normalized(i, left))]),
        JsonValue value when value.TryGetValue(out string? text) && ulong.TryParse(text, out ulong number) && number > 1ul << 53 => JsonValue.Create(number),
        null => null,
        _ => node.DeepClone(),
    };
}
