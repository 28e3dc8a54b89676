using System.Text;

namespace Imker.Linux;

/// <summary>Reads the verifier's log as far as its shape is the same on every kernel.</summary>
public static class VerifierLog
{
    /// <summary>The sentence of the refusal: the last line that is neither a statistic nor a state dump. Empty for an empty log.</summary>
    public static string LastWord(string log)
    {
        ArgumentNullException.ThrowIfNull(log);
        string result = "";
        foreach (ReadOnlySpan<char> line in log.AsSpan().EnumerateLines())
        {
            ReadOnlySpan<char> text = line.Trim();
            if (text.Length > 0 && !IsStatistic(text))
                result = text.ToString();
        }
        return result;
    }

    /// <summary>
    /// The index of the instruction that was looked at last, from the last line <c>N: (opcode) text</c>; −1 when there is none.
    /// </summary>
    public static int LastInstruction(string log)
    {
        ArgumentNullException.ThrowIfNull(log);
        int result = -1;
        foreach (ReadOnlySpan<char> line in log.AsSpan().EnumerateLines())
        {
            int colon = line.IndexOf(": (");
            if (colon > 0 && int.TryParse(line[..colon], out int index))
                result = index;
        }
        return result;
    }

    /// <summary>The text in a buffer that the kernel filled, up to its zero.</summary>
    internal static string FromBuffer(ReadOnlySpan<byte> buffer)
    {
        int end = buffer.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? buffer : buffer[..end]);
    }

    private static bool IsStatistic(ReadOnlySpan<char> line) =>
        line.StartsWith("processed ") || line.StartsWith("verification time ") || line.StartsWith("stack depth ");
}
