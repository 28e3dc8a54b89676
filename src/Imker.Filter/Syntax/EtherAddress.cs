namespace Imker.Filter.Syntax;

/// <summary>A MAC address of six bytes.</summary>
/// <param name="High">The first two bytes.</param>
/// <param name="Low">The last four.</param>
public readonly record struct EtherAddress(ushort High, uint Low)
{
    public static EtherAddress Broadcast => new(ushort.MaxValue, uint.MaxValue);

    /// <summary>Reads any of its forms: groups of one or two hex digits with signs between, three of four, twelve digits.</summary>
    internal static EtherAddress Parse(ReadOnlySpan<char> text)
    {
        bool isGrouped = text.IndexOfAny(':', '-', '.') is 1 or 2;
        ulong value = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsAsciiHexDigit(text[i]))
                continue;
            bool isAlone = isGrouped && (i + 1 == text.Length || !char.IsAsciiHexDigit(text[i + 1]));
            value = isAlone || isGrouped
                ? value << 8 | Digit(text[i]) << (isAlone ? 0 : 4) | (isAlone ? 0 : Digit(text[++i]))
                : value << 4 | Digit(text[i]);
        }
        return new EtherAddress((ushort)(value >> 32), (uint)value);
    }

    private static ulong Digit(char c) => char.IsAsciiDigit(c) ? (ulong)(c - '0') : (ulong)((c | 0x20) - 'a' + 10);
}
