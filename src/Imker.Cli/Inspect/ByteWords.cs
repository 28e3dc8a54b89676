using System.Globalization;

namespace Imker.Cli;

/// <summary>Keys and values on the command line: a word for each byte, as bpftool takes them.</summary>
internal static class ByteWords
{
    /// <summary>Takes <c>key BYTES</c> or <c>value BYTES</c>.</summary>
    /// <exception cref="UsageException">There are not that many.</exception>
    public static byte[] TakeNamed(InspectWords words, string name, int size)
    {
        if (!words.Accept(name))
            throw words.Refusal($"a {name} is missing: '{name}' and {size} bytes");
        return Take(words, name, size);
    }

    /// <summary>Takes so many bytes.</summary>
    /// <exception cref="UsageException">There are fewer, or one is no byte.</exception>
    public static byte[] Take(InspectWords words, string name, int size)
    {
        bool isHex = words.Accept("hex");
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++)
        {
            string word = words.Take($"byte {i + 1} of {size} of the {name}");
            if (!TryByte(word, isHex, out bytes[i]))
                throw words.Refusal($"byte {i + 1} of {size} of the {name} cannot be '{word}'");
        }
        return bytes;
    }

    /// <summary>Whether an object is named next, and not a byte.</summary>
    public static bool NamesObject(InspectWords words) => words.Peek() is "id" or "pinned" or "name" or "tag";

    private static bool TryByte(string word, bool isHex, out byte value)
    {
        if (isHex)
            return byte.TryParse(word, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
        bool isNumber = InspectWords.TryNumber(word, out ulong number) && number <= byte.MaxValue;
        value = (byte)number;
        return isNumber;
    }
}
