using System.Collections.Immutable;
using System.Text.Json;
using Imker.Diagnostics;

namespace Imker.Objects;

/// <summary>The texts that spans point into: written once each, whole, so that a message about a span can show its line.</summary>
internal sealed class ModelSources
{
    private readonly Dictionary<SourceText, int> numbers = new(ReferenceEqualityComparer.Instance);

    /// <summary>Writes a span: the source's number, the first character and how many; nothing for one that points nowhere.</summary>
    public void WriteSpan(Utf8JsonWriter json, SourceSpan span)
    {
        if (span.Source is not { } source)
            return;
        if (!numbers.TryGetValue(source, out int number))
            numbers.Add(source, number = numbers.Count);
        json.WriteStartObject("span");
        json.WriteNumber("source", number);
        json.WriteNumber("start", span.Start);
        json.WriteNumber("length", span.Length);
        json.WriteEndObject();
    }

    /// <summary>Writes the texts that spans pointed into until now.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray("sources");
        foreach (SourceText source in numbers.Keys)
        {
            json.WriteStartObject();
            json.WriteString("name", source.Name);
            json.WriteString("text", source.Text);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    public static ImmutableArray<SourceText> Read(ModelNode model) =>
        model.Array("sources", node => new SourceText(node.Text("name"), node.Text("text")));

    public static SourceSpan ReadSpan(ModelNode node, ImmutableArray<SourceText> sources)
    {
        if (node.OptionalNode("span") is not { } span)
            return SourceSpan.None;
        if (sources.IsEmpty)
            throw node.Malformed("span", "points into a source, but there is none");
        SourceText source = sources[span.Int32("source", max: sources.Length - 1)];
        int start = span.Int32("start", max: source.Length);
        return new SourceSpan(source, start, span.Int32("length", max: source.Length - start));
    }
}
