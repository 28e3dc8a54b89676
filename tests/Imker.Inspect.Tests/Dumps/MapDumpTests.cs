using System.Text.Json.Nodes;
using Imker.Bytecode;
using Imker.Linux;
using Imker.TestKit;

namespace Imker.Inspect.Tests.Dumps;

public sealed class MapDumpTests
{
    [Theory]
    [InlineData("hash", "counts")]
    [InlineData("globals", ".bss")]
    [InlineData("globals", ".data")]
    [InlineData("globals", ".rodata")]
    public void Entries_are_what_bpftool_shows(string name, string mapName)
    {
        using LoadedObject loaded = LoadedObjects.Load(name);
        KernelMap map = loaded.Maps[mapName];
        if (mapName == "counts")
            map.Update([1, 0, 0, 0, 2, 0, 3, 0], [7, 0, 0, 0, 0, 0, 0, 0x80]);
        JsonNode ours = Shown.Json((output, inventory) => MapDump.Write(output, inventory, map));
        JsonNode theirs = Bpftool.Json("map", "dump", "id", $"{map.GetInfo().Id}");
        foreach (JsonNode? entry in theirs.AsArray())
            Unwrap(entry!["formatted"]!.AsObject(), mapName);
        Assert.Equal(Bpftool.Comparable(theirs), Bpftool.Comparable(ours));
    }

    // They put a section of data into a list of its variables; we show it as any struct.
    private static void Unwrap(JsonObject formatted, string section)
    {
        if (formatted["value"] is not JsonObject value || value[section] is not JsonArray variables)
            return;
        var whole = new JsonObject();
        foreach (JsonNode? variable in variables)
        {
            foreach ((string name, JsonNode? content) in variable!.AsObject())
                whole[name] = content?.DeepClone();
        }
        formatted["value"] = whole;
    }

    [Fact]
    public void Each_cpu_has_its_value()
    {
        Machine.RequireRoot();
        using KernelMap map = KernelMap.Create(new MapParameters(MapType.PerCpuArray, 4, 4, 1) { Name = "each" });
        byte[] values = new byte[map.ValueBufferSize];
        for (int i = 0; i * 8 < values.Length; i++)
            values[i * 8] = (byte)(i + 1);
        map.Update([0, 0, 0, 0], values);
        JsonNode ours = Shown.Json((output, inventory) => MapDump.Write(output, inventory, map));
        Assert.Equal(Bpftool.Comparable(Bpftool.Json("map", "dump", "id", $"{map.GetInfo().Id}")), Bpftool.Comparable(ours));
        Assert.Contains("{ .cpu0 = 01 00 00 00, .cpu1 = 02 00 00 00", Shown.Text((output, inventory) => MapDump.Write(output, inventory, map)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_map_without_keys_is_not_dumped()
    {
        Machine.RequireRoot();
        using KernelMap map = KernelMap.Create(new MapParameters(MapType.Queue, 0, 4, 4) { Name = "line" });
        InspectException error = Assert.Throws<InspectException>(() => Shown.Text((output, inventory) => MapDump.Write(output, inventory, map)));
        Assert.Equal("cannot dump map 'line': maps of the type queue have no keys", error.Message);
    }

    [Fact]
    public void Keys_follow_each_other()
    {
        Machine.RequireRoot();
        using KernelMap map = KernelMap.Create(new MapParameters(MapType.Array, 4, 4, 2) { Name = "two" });
        uint id = map.GetInfo().Id;
        JsonNode first = Shown.Json((output, inventory) => MapDump.WriteNextKey(output, inventory, map, []));
        Assert.Equal(Bpftool.Comparable(Bpftool.Json("map", "getnext", "id", $"{id}"), "key"), Bpftool.Comparable(first));
        JsonNode second = Shown.Json((output, inventory) => MapDump.WriteNextKey(output, inventory, map, [0, 0, 0, 0]));
        Assert.Equal(Bpftool.Comparable(Bpftool.Json("map", "getnext", "id", $"{id}", "key", "0", "0", "0", "0")), Bpftool.Comparable(second));
        Assert.Throws<InspectException>(() => Shown.Text((output, inventory) => MapDump.WriteNextKey(output, inventory, map, [1, 0, 0, 0])));
    }
}
