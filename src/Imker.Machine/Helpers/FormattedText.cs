using System.Globalization;
using System.Net;
using System.Text;

namespace Imker.Machine;

/// <summary>The kernel's <c>printf</c> for programs (<c>bpf_bprintf_prepare</c>): conversions, flags and widths that it takes, and no others.</summary>
internal unsafe ref struct FormattedText
{
    private const int MaxText = 1024;

    private readonly ExecutionState* state;
    private readonly StringBuilder output = new();

    public FormattedText(ExecutionState* state) => this.state = state;

    public readonly ReadOnlySpan<byte> Written => Encoding.Latin1.GetBytes(output.ToString());

    /// <summary>Adds a format and what its conversions make of the arguments. 0 or a negative errno.</summary>
    public readonly int Append(ReadOnlySpan<byte> format, ReadOnlySpan<ulong> arguments)
    {
        int next = 0;
        for (int at = 0; at < format.Length; at++)
        {
            byte c = format[at];
            if (c >= 0x7f || c < 0x20 && c is not ((byte)'\n' or (byte)'\t' or (byte)'\r'))
                return -Errno.Invalid;
            if (c != '%')
            {
                output.Append((char)c);
                continue;
            }
            if (++at < format.Length && format[at] == '%')
            {
                output.Append('%');
                continue;
            }
            if (next >= arguments.Length || !TryConvert(format, ref at, arguments[next++]))
                return -Errno.Invalid;
        }
        return 0;
    }

    private readonly bool TryConvert(ReadOnlySpan<byte> format, ref int at, ulong argument)
    {
        bool left = false, zero = false, alternate = false;
        for (; at < format.Length && format[at] is (byte)'0' or (byte)'+' or (byte)'-' or (byte)' ' or (byte)'#'; at++)
        {
            left |= format[at] == '-';
            zero |= format[at] == '0';
            alternate |= format[at] == '#';
        }
        int width = 0;
        for (; at < format.Length && char.IsAsciiDigit((char)format[at]); at++)
            width = Math.Min(width * 10 + format[at] - '0', MaxText);
        int longs = 0;
        for (; at < format.Length && format[at] == 'l'; at++)
            longs++;
        if (at >= format.Length || longs > 2)
            return false;
        string? text = Convert(format, ref at, argument, longs > 0, alternate);
        if (text is null)
            return false;
        output.Append(left ? text.PadRight(width) : zero ? text.PadLeft(width, '0') : text.PadLeft(width));
        return true;
    }

    private readonly string? Convert(ReadOnlySpan<byte> format, ref int at, ulong argument, bool isLong, bool alternate)
    {
        switch ((char)format[at])
        {
            case 'd' or 'i':
                return (isLong ? (long)argument : (int)argument).ToString(CultureInfo.InvariantCulture);
            case 'u':
                return (isLong ? argument : (uint)argument).ToString(CultureInfo.InvariantCulture);
            case 'x':
                return (alternate ? "0x" : "") + (isLong ? argument : (uint)argument).ToString("x", CultureInfo.InvariantCulture);
            case 'X':
                return (alternate ? "0X" : "") + (isLong ? argument : (uint)argument).ToString("X", CultureInfo.InvariantCulture);
            case 'c':
                return ((char)(byte)argument).ToString();
            case 's':
                return TextAt(argument);
            case 'p':
                return ConvertPointer(format, ref at, argument);
            default:
                return null;
        }
    }

    private readonly string? ConvertPointer(ReadOnlySpan<byte> format, ref int at, ulong argument)
    {
        ReadOnlySpan<byte> rest = format[(at + 1)..];
        if (rest.StartsWith("ks"u8) || rest.StartsWith("us"u8))
        {
            at += 2;
            return TextAt(argument);
        }
        foreach ((string name, int size) in (ReadOnlySpan<(string, int)>)[("i4", 4), ("I4", 4), ("i6", 16), ("I6", 16)])
        {
            if (rest.Length < 2 || rest[0] != name[0] || rest[1] != name[1])
                continue;
            at += 2;
            return MemoryHelpers.TryPeek(state, argument, (uint)size, out ReadOnlySpan<byte> address) ? new IPAddress(address).ToString() : "";
        }
        if (rest.Length > 0 && rest[0] is (byte)'x' or (byte)'K' or (byte)'B' or (byte)'s' or (byte)'S')
            at++;
        return argument.ToString("x16", CultureInfo.InvariantCulture);
    }

    private readonly string TextAt(ulong address)
    {
        var text = new StringBuilder();
        for (uint i = 0; i < MaxText && MemoryHelpers.TryPeek(state, address + i, 1, out ReadOnlySpan<byte> c) && c[0] != 0; i++)
            text.Append((char)c[0]);
        return text.ToString();
    }
}
