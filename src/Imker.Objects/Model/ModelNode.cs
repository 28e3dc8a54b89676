using System.Collections.Immutable;
using System.Text.Json;
using Imker.Diagnostics;

namespace Imker.Objects;

/// <summary>A JSON object that is being read, with its place for messages. Each member that is asked for and malformed throws.</summary>
/// <param name="diagnosticId">Of what is malformed.</param>
/// <param name="parent">What it lies in; null for the whole.</param>
/// <param name="place">The document's name, or the member and index in the parent.</param>
internal sealed class ModelNode(string diagnosticId, JsonElement element, ModelNode? parent, string place)
{
    private const int MaxDepth = 128;

    private string Path => parent is null ? place : parent.PathOf(place);

    /// <summary>Parses a document whose root is an object.</summary>
    /// <exception cref="DiagnosticException">It is no JSON, or no object.</exception>
    public static T Parse<T>(string diagnosticId, string name, ReadOnlyMemory<byte> json, Func<ModelNode, T> read)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return read(new ModelNode(diagnosticId, document.RootElement, null, name));
        }
        catch (JsonException)
        {
            int place = JsonSyntaxError.Find(json.Span, MaxDepth, out string expected);
            string where = JsonSyntaxError.Describe(json.Span, place);
            throw new DiagnosticException([new Diagnostic(Severity.Error, diagnosticId, SourceSpan.None,
                $"cannot read {name}: {where}: expected {expected}{(place == json.Length ? ", but the document ends" : "")}")]);
        }
    }

    public bool Has(string name) => TryGet(name, out _);

    /// <summary>Whether a member is there and says that there is nothing.</summary>
    public bool IsNull(string name) => TryGet(name, out JsonElement value) && value.ValueKind == JsonValueKind.Null;

    public string Text(string name) => OptionalText(name) ?? throw Missing(name);

    public string Text(string name, string otherwise) => OptionalText(name) ?? otherwise;

    public string? OptionalText(string name) => TryGet(name, out JsonElement value) ? TextOf(value, name) : null;

    public bool Flag(string name, bool otherwise = false) => !TryGet(name, out JsonElement value)
        ? otherwise
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Malformed(name, "is neither true nor false");

    /// <summary>As <see cref="Int32"/>, 0 where it is left out.</summary>
    public int OptionalInt32(string name, int max = int.MaxValue) => Has(name) ? Int32(name, 0, max) : 0;

    public int Int32(string name, int min = 0, int max = int.MaxValue) =>
        Required(name) is var value && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) && number >= min && number <= max
            ? number
            : throw Malformed(name, $"is no whole number from {min} to {max}");

    public uint UInt32(string name, uint otherwise = 0) => !TryGet(name, out JsonElement value)
        ? otherwise
        : value.ValueKind == JsonValueKind.Number && value.TryGetUInt32(out uint number) ? number : throw Malformed(name, "is no number of 32 bits");

    public ulong UInt64(string name, ulong otherwise = 0) => !TryGet(name, out JsonElement value)
        ? otherwise
        : value.ValueKind == JsonValueKind.Number && value.TryGetUInt64(out ulong number) ? number : throw Malformed(name, "is no number of 64 bits");

    public long Int64(string name, long otherwise = 0) => !TryGet(name, out JsonElement value)
        ? otherwise
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) ? number : throw Malformed(name, "is no number of 64 bits");

    public ReadOnlyMemory<byte> Bytes(string name)
    {
        if (!TryGet(name, out JsonElement value))
            return default;
        return value.ValueKind == JsonValueKind.String && value.TryGetBytesFromBase64(out byte[]? bytes)
            ? bytes
            : throw Malformed(name, "is no base64");
    }

    public ModelNode Node(string name) => OptionalNode(name) ?? throw Missing(name);

    public ModelNode? OptionalNode(string name) => TryGet(name, out JsonElement value) ? new ModelNode(diagnosticId, value, this, name) : null;

    /// <summary>The elements of an array; none where it is left out.</summary>
    public ImmutableArray<T> Array<T>(string name, Func<ModelNode, T> read)
    {
        if (!TryGet(name, out JsonElement value))
            return [];
        if (value.ValueKind != JsonValueKind.Array)
            throw Malformed(name, "is no array");
        var items = ImmutableArray.CreateBuilder<T>(value.GetArrayLength());
        foreach (JsonElement item in value.EnumerateArray())
            items.Add(read(new ModelNode(diagnosticId, item, this, $"{name}[{items.Count}]")));
        return items.MoveToImmutable();
    }

    /// <summary>The texts of an array; none where it is left out.</summary>
    public ImmutableArray<string> Texts(string name) => Array(name, node => node.TextOfSelf());

    /// <summary>The text that the node itself is.</summary>
    public string TextOfSelf() => TextOf(element, "");

    /// <summary>One of an enumeration's members by its name in lower case.</summary>
    public T Member<T>(string name)
        where T : struct, Enum => ParseMember<T>(name, Text(name));

    public T Member<T>(string name, T otherwise)
        where T : struct, Enum => OptionalText(name) is { } text ? ParseMember<T>(name, text) : otherwise;

    public DiagnosticException Malformed(string name, string problem) => new([new Diagnostic(
        Severity.Error, diagnosticId, SourceSpan.None, $"cannot read {(name.Length == 0 ? Path : PathOf(name))}: it {problem}")]);

    private string PathOf(string member) => parent is null ? $"{place}: {member}" : $"{Path}.{member}";

    private T ParseMember<T>(string name, string text)
        where T : struct, Enum
    {
        foreach (T member in Enum.GetValues<T>())
        {
            if (ModelNames.Of(member) == text)
                return member;
        }
        throw Malformed(name, $"is '{text}', known are {string.Join(", ", Enum.GetValues<T>().Select(ModelNames.Of))}");
    }

    private string TextOf(JsonElement value, string name)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Malformed(name, "is no text");
        }
        catch (InvalidOperationException)
        {
            throw Malformed(name, "is no text of Unicode");
        }
    }

    private JsonElement Required(string name) => TryGet(name, out JsonElement value) ? value : throw Missing(name);

    private bool TryGet(string name, out JsonElement value)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw Malformed("", "is no object");
        return element.TryGetProperty(name, out value);
    }

    private DiagnosticException Missing(string name) => Malformed(name, "is missing");
}

/// <summary>How enumerations are spelled in JSON.</summary>
internal static class ModelNames
{
    /// <summary>The member's name with a small first letter.</summary>
    public static string Of<T>(T member)
        where T : struct, Enum
    {
        string name = member.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
