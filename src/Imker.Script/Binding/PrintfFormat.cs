using System.Collections.Immutable;

namespace Imker.Script.Binding;

/// <summary>What a conversion of a format string takes.</summary>
internal enum FormatArgument
{
    Number,
    Text,
    Bytes,
    Pointer,
}

/// <param name="Text">The conversion as written: <c>%-16s</c>.</param>
/// <param name="Argument">What it takes.</param>
internal readonly record struct Conversion(string Text, FormatArgument Argument);

/// <summary>The conversions of a format string of printf(3), with those that the language adds: <c>%r %rx %rh</c> and <c>%gr</c>.</summary>
internal static class PrintfFormat
{
    /// <param name="format">The format string.</param>
    /// <param name="conversions">In their order, without <c>%%</c>.</param>
    /// <param name="problem">What is wrong, when the result is false.</param>
    public static bool TryParse(string format, out ImmutableArray<Conversion> conversions, out string? problem)
    {
        var found = ImmutableArray.CreateBuilder<Conversion>();
        (conversions, problem) = ([], null);
        for (int i = format.IndexOf('%'); i >= 0; i = format.IndexOf('%', i))
        {
            int start = i++;
            i = Skip(format, i, "-+ #0");
            i = Skip(format, i, "0123456789");
            if (i < format.Length && format[i] == '.')
                i = Skip(format, i + 1, "0123456789");
            i = Skip(format, i, "hlqjzt");
            if (i == format.Length)
            {
                problem = $"'{format[start..]}' is not finished; a percent sign is written '%%'";
                return false;
            }
            if (format[i] == '%' && i == start + 1)
            {
                i++;
                continue;
            }
            int length = LengthOf(format.AsSpan(i), out FormatArgument argument);
            if (length == 0)
            {
                problem = format[i] == '*' ? "a width must be written as a number, not as '*'" : $"there is no conversion '{format[start..(i + 1)]}'";
                return false;
            }
            i += length;
            found.Add(new Conversion(format[start..i], argument));
        }
        conversions = found.DrainToImmutable();
        return true;
    }

    private static int LengthOf(ReadOnlySpan<char> text, out FormatArgument argument)
    {
        argument = FormatArgument.Number;
        switch (text)
        {
            case ['d' or 'i' or 'u' or 'x' or 'X' or 'o' or 'c', ..]:
                return 1;
            case ['p', ..]:
                argument = FormatArgument.Pointer;
                return 1;
            case ['s', ..]:
                argument = FormatArgument.Text;
                return 1;
            case ['r', 'x' or 'h', ..]:
                argument = FormatArgument.Bytes;
                return 2;
            case ['r', ..]:
                argument = FormatArgument.Bytes;
                return 1;
            case ['g', 'r', ..]:
                return 2;
            default:
                return 0;
        }
    }

    private static int Skip(string text, int position, string characters)
    {
        while (position < text.Length && characters.Contains(text[position]))
            position++;
        return position;
    }
}
