namespace Imker.Rendering;

/// <summary>Puts a JSON text that stands in one line on several, a value each, indented by four.</summary>
public static class JsonIndentation
{
    private const int Step = 4;

    /// <param name="json">A whole value, well formed.</param>
    public static void Write(Utf8Buffer output, ReadOnlySpan<byte> json)
    {
        ArgumentNullException.ThrowIfNull(output);
        int depth = 0;
        bool isText = false;
        for (int i = 0; i < json.Length; i++)
        {
            byte c = json[i];
            if (isText)
            {
                output.Write(c);
                if (c == '\\')
                    output.Write(json[++i]);
                isText = c != '"';
                continue;
            }
            switch (c)
            {
                case (byte)'{' or (byte)'[' when IsEmpty(json, i):
                    output.Write(c);
                    output.Write(json[i = json[i..].IndexOfAny((byte)'}', (byte)']') + i]);
                    break;
                case (byte)'{' or (byte)'[':
                    output.Write(c);
                    NewLine(output, ++depth);
                    break;
                case (byte)'}' or (byte)']':
                    NewLine(output, --depth);
                    output.Write(c);
                    break;
                case (byte)',':
                    output.Write(c);
                    NewLine(output, depth);
                    break;
                case (byte)':':
                    output.Write(": "u8);
                    break;
                case (byte)' ':
                    break;
                default:
                    isText = c == '"';
                    output.Write(c);
                    break;
            }
        }
    }

    private static bool IsEmpty(ReadOnlySpan<byte> json, int open)
    {
        ReadOnlySpan<byte> rest = json[(open + 1)..].TrimStart((byte)' ');
        return rest.Length > 0 && rest[0] is (byte)'}' or (byte)']';
    }

    private static void NewLine(Utf8Buffer output, int depth)
    {
        output.Write((byte)'\n');
        output.Fill((byte)' ', Step * depth);
    }
}
