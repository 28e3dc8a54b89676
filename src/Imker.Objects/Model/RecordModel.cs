using System.Collections.Immutable;
using System.Text.Json;
using Imker.Diagnostics;

namespace Imker.Objects;

/// <summary>Records, map views and loss counters in JSON.</summary>
internal static class RecordModel
{
    public static void Write(Utf8JsonWriter json, RecordSchema record, ModelSources sources)
    {
        json.WriteStartObject();
        json.WriteNumber("id", record.Id);
        json.WriteNumber("fixedSize", record.FixedSize);
        ActionModel.Write(json, record.Action);
        json.WriteStartArray("fields");
        foreach (RecordField field in record.Fields)
        {
            json.WriteStartObject();
            json.WriteNumber("offset", field.Offset);
            if (field.IsVariable)
                json.WriteBoolean("variable", true);
            DataTypeModel.Write(json, "type", field.Type);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        sources.WriteSpan(json, record.Span);
        json.WriteEndObject();
    }

    public static RecordSchema Read(ModelNode node, ImmutableArray<SourceText> sources) =>
        new(node.Int32("id"), ActionModel.Read(node.Node("action")), node.Int32("fixedSize"), node.Array("fields", ReadField))
        {
            Span = ModelSources.ReadSpan(node, sources),
        };

    public static void Write(Utf8JsonWriter json, MapView view)
    {
        json.WriteStartObject();
        json.WriteString("name", view.Name);
        json.WriteString("map", view.Map);
        if (view.Key is { } key)
            DataTypeModel.Write(json, "key", key);
        DataTypeModel.Write(json, "value", view.Value);
        if (view.AlternateMap is not null)
            json.WriteString("alternateMap", view.AlternateMap);
        if (view.GenerationVariable is not null)
            json.WriteString("generationVariable", view.GenerationVariable);
        json.WriteNumber("presenceOffset", view.PresenceOffset);
        json.WriteBoolean("printAtExit", view.PrintAtExit);
        json.WriteEndObject();
    }

    public static MapView ReadView(ModelNode node)
    {
        DataType? key = node.OptionalNode("key") is { } type ? DataTypeModel.Read(type) : null;
        return new MapView(node.Text("name"), node.Text("map"), key, DataTypeModel.Read(node.Node("value")))
        {
            AlternateMap = node.OptionalText("alternateMap"),
            GenerationVariable = node.OptionalText("generationVariable"),
            PresenceOffset = node.Int32("presenceOffset", min: -1),
            PrintAtExit = node.Flag("printAtExit", otherwise: true),
        };
    }

    public static void Write(Utf8JsonWriter json, LossCounter loss)
    {
        json.WriteStartObject();
        json.WriteString("program", loss.Program);
        json.WriteString("probe", loss.Probe);
        json.WriteString("cause", ModelNames.Of(loss.Cause));
        json.WriteString("detail", loss.Detail);
        json.WriteEndObject();
    }

    public static LossCounter ReadLoss(ModelNode node) =>
        new(node.Text("program"), node.Text("probe"), node.Member<LossCause>("cause"), node.Text("detail"));

    private static RecordField ReadField(ModelNode node) =>
        new(node.Int32("offset"), DataTypeModel.Read(node.Node("type")), node.Flag("variable"));
}
