using System.Text.Json;
using Imker.Diagnostics;

namespace Imker.Objects;

/// <summary>Finds where a document stops being JSON (RFC 8259), and what would have to stand there.</summary>
internal static class JsonSyntaxError
{
    /// <param name="json">A document that a reader of the same depth has refused.</param>
    /// <param name="maxDepth">Of that reader.</param>
    /// <param name="expected">What would have to stand there.</param>
    /// <returns>The offset of the byte where reading ends.</returns>
    public static int Find(ReadOnlySpan<byte> json, int maxDepth, out string expected)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = maxDepth });
        // Whether each open bracket is that of an object.
        var open = new Stack<bool>();
        JsonTokenType last = JsonTokenType.None;
        int end = 0;
        try
        {
            while (reader.Read())
            {
                (last, end) = (reader.TokenType, (int)reader.BytesConsumed);
                if (last is JsonTokenType.StartObject or JsonTokenType.StartArray)
                    open.Push(last == JsonTokenType.StartObject);
                else if (last is JsonTokenType.EndObject or JsonTokenType.EndArray)
                    open.Pop();
            }
        }
        catch (JsonException)
        {
            // What is said of it is ours to say.
        }
        int place = SkipBlanks(json, end);
        bool isBehindComma = place < json.Length && json[place] == (byte)',' && IsValueEnd(last) && open.Count > 0;
        if (isBehindComma)
            place = SkipBlanks(json, place + 1);
        expected = open.Count >= maxDepth && place < json.Length && json[place] is (byte)'{' or (byte)'['
            ? $"nesting of at most {maxDepth} levels"
            : Expected(last, open, isBehindComma);
        return place;
    }

    /// <summary>The place as messages name it, both numbers from one.</summary>
    public static string Describe(ReadOnlySpan<byte> json, int place)
    {
        ReadOnlySpan<byte> before = json[..place];
        int lineStart = before.LastIndexOf((byte)'\n') + 1;
        return $"line {before.Count((byte)'\n') + 1}, column {SourceEncoding.DecodeAll(before[lineStart..]).Length + 1}";
    }

    private static string Expected(JsonTokenType last, Stack<bool> open, bool isBehindComma) => last switch
    {
        JsonTokenType.None => "an object, which begins with '{'",
        _ when open.Count == 0 => "nothing more",
        JsonTokenType.StartObject => "a name in quotes with ':' behind it, or '}'",
        JsonTokenType.StartArray => "a value or ']'",
        JsonTokenType.PropertyName => "a value",
        _ when isBehindComma => open.Peek() ? "a name in quotes with ':' behind it" : "a value",
        _ => open.Peek() ? "',' or '}'" : "',' or ']'",
    };

    private static bool IsValueEnd(JsonTokenType last) =>
        last is not (JsonTokenType.None or JsonTokenType.StartObject or JsonTokenType.StartArray or JsonTokenType.PropertyName);

    private static int SkipBlanks(ReadOnlySpan<byte> json, int place)
    {
        int rest = json[place..].IndexOfAnyExcept(" \t\r\n"u8);
        return rest < 0 ? json.Length : place + rest;
    }
}
