namespace Imker.Capture.Dissection;

/// <summary>Protocols of lines: the first one, and all with <c>-v</c>, as long as they are printable.</summary>
internal static class TextProtocolPrinter
{
    private const int LongestToken = 128;

    public static void PrintAfterColon(ref Dissection d, int at, int length, ReadOnlySpan<byte> protocol, ReadOnlySpan<byte> title)
    {
        d.Protocol = protocol;
        d.Say(": "u8);
        d.Layer(protocol);
        Print(ref d, at, length, title, isShown: true);
    }

    /// <summary>Where a line counts only if it is a request by one of the commands, or an answer with three digits.</summary>
    public static void PrintCommands(ref Dissection d, int at, int length, ReadOnlySpan<byte> protocol, ReadOnlySpan<byte> title, string[] commands)
    {
        d.Protocol = protocol;
        bool isShown = IsRequestOrAnswer(d, at, length, commands);
        if (isShown)
            d.Layer(protocol);
        Print(ref d, at, length, title, isShown);
    }

    private static void Print(ref Dissection d, int at, int length, ReadOnlySpan<byte> title, bool isShown)
    {
        d.Say(title);
        if (!isShown)
            return;
        if (!d.IsVerbose)
        {
            PrintLine(ref d, ": "u8, at, 0, length, isFirst: true);
            return;
        }
        d.Say(", length: "u8, length);
        int index = 0;
        bool isFirst = true;
        while (index < length)
        {
            int next = PrintLine(ref d, "\n\t"u8, at, index, length, isFirst);
            isFirst = false;
            if (next == 0)
                return;
            index = next;
        }
    }

    // The index behind the line's end; zero where there is none or the bytes are no text.
    private static int PrintLine(ref Dissection d, ReadOnlySpan<byte> before, int at, int start, int length, bool isFirst)
    {
        int index = start;
        while (index < length)
        {
            byte c = d.U8(at + index);
            if (d.IsStopped)
                return 0;
            if (c == '\n')
            {
                SayLine(ref d, before, at + start, index - start, isFirst);
                return index + 1;
            }
            if (c == '\r')
            {
                if (index + 1 >= length || d.U8(at + index + 1) != '\n')
                    return 0;
                SayLine(ref d, before, at + start, index - start, isFirst);
                return index + 2;
            }
            if (c is (< 0x20 or > 0x7e) and not (byte)'\t')
                return 0;
            index++;
        }
        SayLine(ref d, before, at + start, index - start, isFirst);
        d.SayTruncated();
        return 0;
    }

    private static void SayLine(ref Dissection d, ReadOnlySpan<byte> before, int at, int length, bool isFirst)
    {
        ReadOnlySpan<byte> line = d.Packet.Slice(at, length);
        d.Say(before);
        d.Say(line);
        if (isFirst)
            d.NoteText("line"u8, line);
    }

    private static bool IsRequestOrAnswer(in Dissection d, int at, int length, string[] commands)
    {
        int next = Token(d, at, 0, length, out ReadOnlySpan<byte> token);
        if (next == 0)
            return false;
        foreach (string command in commands)
        {
            if (System.Text.Ascii.EqualsIgnoreCase(token, command))
                return true;
        }
        next = Token(d, at, next, length, out token);
        return next != 0 && token.Length == 3 && !token.ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }

    // The index of what follows a token; zero where there is no token.
    private static int Token(in Dissection d, int at, int index, int length, out ReadOnlySpan<byte> token)
    {
        token = default;
        int start = index;
        for (; index < length; index++)
        {
            if (!d.Has(at + index, 1))
                return 0;
            byte c = d.Packet[at + index];
            if (c is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
                break;
            if (c is < 0x20 or > 0x7e || index - start + 2 > LongestToken + 1)
                return 0;
        }
        if (index == start)
            return 0;
        token = d.Packet.Slice(at + start, index - start);
        while (index < length && d.Has(at + index, 1) && d.Packet[at + index] == ' ')
            index++;
        return index;
    }
}
