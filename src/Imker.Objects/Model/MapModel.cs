using System.Text.Json;
using Imker.Bytecode;

namespace Imker.Objects;

/// <summary>Maps in JSON. What a section of data begins with stands in that section; of other maps, here.</summary>
internal static class MapModel
{
    public static void Write(Utf8JsonWriter json, MapSpec map, FileNames names)
    {
        bool isSection = names.DataSectionMaps.TryGetValue(map.Name, out string? section);
        json.WriteStartObject();
        if (isSection)
            json.WriteString("section", section);
        else
            json.WriteString("symbol", names.Maps[map.Name]);
        WriteMembers(json, map, isSection);
        json.WriteEndObject();
    }

    /// <param name="readSection">The first bytes of a section by its name.</param>
    public static MapSpec Read(ModelNode node, Func<ModelNode, int, ReadOnlyMemory<byte>> readSection)
    {
        MapSpec map = ReadMembers(node);
        return node.Has("section") ? map with { Contents = readSection(node, node.OptionalInt32("image", map.ValueSize)) } : map;
    }

    private static void WriteMembers(Utf8JsonWriter json, MapSpec map, bool isSection)
    {
        json.WriteString("name", map.Name);
        json.WriteString("type", KernelConstants.MapTypes.NameOf(map.Type));
        WriteNumber(json, "keySize", map.KeySize);
        WriteNumber(json, "valueSize", map.ValueSize);
        WriteNumber(json, "maxEntries", map.MaxEntries);
        WriteNumber(json, "flags", (uint)map.Flags);
        WriteNumber(json, "keyType", map.BtfKeyTypeId);
        WriteNumber(json, "valueType", map.BtfValueTypeId);
        if (map.IsReadOnlyData)
            json.WriteBoolean("readOnlyData", true);
        if (isSection)
            WriteNumber(json, "image", map.Contents.Length);
        else if (!map.Contents.IsEmpty)
            json.WriteBase64String("contents", map.Contents.Span);
        if (map.InnerMap is { } inner)
        {
            json.WriteStartObject("inner");
            WriteMembers(json, inner, isSection: false);
            json.WriteEndObject();
        }
        if (!map.InnerMaps.IsEmpty)
        {
            json.WriteStartArray("innerMaps");
            foreach (string name in map.InnerMaps)
                json.WriteStringValue(name);
            json.WriteEndArray();
        }
    }

    private static MapSpec ReadMembers(ModelNode node) => new()
    {
        Name = node.Text("name"),
        Type = KernelNumber.Read(node, "type", KernelConstants.MapTypes),
        KeySize = node.OptionalInt32("keySize"),
        ValueSize = node.OptionalInt32("valueSize"),
        MaxEntries = node.UInt32("maxEntries"),
        Flags = (MapFlags)node.UInt32("flags"),
        BtfKeyTypeId = node.UInt32("keyType"),
        BtfValueTypeId = node.UInt32("valueType"),
        IsReadOnlyData = node.Flag("readOnlyData"),
        Contents = node.Bytes("contents"),
        InnerMap = node.OptionalNode("inner") is { } inner ? ReadMembers(inner) : null,
        InnerMaps = node.Texts("innerMaps"),
    };

    private static void WriteNumber(Utf8JsonWriter json, string name, long value)
    {
        if (value != 0)
            json.WriteNumber(name, value);
    }
}
