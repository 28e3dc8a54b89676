using System.Collections.Immutable;
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
            json.WriteString("symbol", names.Tables.GetValueOrDefault(map) ?? names.Maps.GetValueOrDefault(map.Name) ?? map.Name);
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
        WriteTexts(json, "innerMaps", map.InnerMaps);
        WriteTexts(json, "innerPrograms", map.InnerPrograms);
        if (map.Pinning != MapPinning.None)
            json.WriteString("pinning", ModelNames.Of(map.Pinning));
        WriteNumber(json, "numaNode", map.NumaNode);
        if (map.Extra != 0)
            json.WriteNumber("extra", map.Extra);
        if (map.StructOps is { } table)
            WriteStructOps(json, table);
    }

    private static void WriteStructOps(Utf8JsonWriter json, StructOpsSpec table)
    {
        json.WriteStartObject("structOps");
        json.WriteNumber("type", table.TypeId);
        if (table.NeedsLink)
            json.WriteBoolean("link", true);
        if (table.IsOnRequest)
            json.WriteBoolean("onRequest", true);
        json.WriteStartArray("functions");
        foreach (StructOpsFunction function in table.Functions)
        {
            json.WriteStartObject();
            json.WriteNumber("offset", function.Offset);
            json.WriteString("program", function.Program);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static StructOpsSpec ReadStructOps(ModelNode node) =>
        new(node.UInt32("type"), node.Array("functions", member => new StructOpsFunction(member.Int32("offset"), member.Text("program"))))
        {
            NeedsLink = node.Flag("link"),
            IsOnRequest = node.Flag("onRequest"),
        };

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
        InnerPrograms = node.Texts("innerPrograms"),
        Pinning = node.Has("pinning") ? node.Member<MapPinning>("pinning") : MapPinning.None,
        NumaNode = node.UInt32("numaNode"),
        Extra = node.UInt64("extra"),
        StructOps = node.OptionalNode("structOps") is { } table ? ReadStructOps(table) : null,
    };

    private static void WriteTexts(Utf8JsonWriter json, string name, ImmutableArray<string> texts)
    {
        if (texts.IsEmpty)
            return;
        json.WriteStartArray(name);
        foreach (string text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, long value)
    {
        if (value != 0)
            json.WriteNumber(name, value);
    }
}
