using System.Text;
using System.Text.Json.Nodes;

namespace Imker.Inspect.Tests;

/// <summary>What a listing or dump writes.</summary>
internal static class Shown
{
    public static string Text(Action<RecordOutput, KernelInventory> write) => Written(write, InspectFormat.Text);

    public static JsonNode Json(Action<RecordOutput, KernelInventory> write) => JsonNode.Parse(Written(write, InspectFormat.Json))!;

    public static string Written(Action<RecordOutput, KernelInventory> write, InspectFormat format)
    {
        using var stream = new MemoryStream();
        using (var output = new RecordOutput(stream, format))
            write(output, new KernelInventory(showsPins: true));
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
