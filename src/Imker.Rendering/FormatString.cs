using System.Text;

namespace Imker.Rendering;

/// <summary>Why a format string cannot be used.</summary>
/// <param name="Offset">The byte where the conversion at fault begins.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Message">What is wrong and what to do.</param>
public readonly record struct FormatStringError(int Offset, int Length, string Message);

/// <summary>
/// A printf format, parsed once: literal text and conversions in turn, one more literal than conversions. The event path
/// writes them itself, argument by argument, from where the arguments lie:
/// <code>
/// for (int i = 0; i &lt; format.Conversions.Length; i++)
/// {
///     output.Write(format.Literal(i));
///     format.Conversions[i].WriteInteger(output, …);
/// }
/// output.Write(format.Literal(format.Conversions.Length));
/// </code>
/// </summary>
public sealed partial class FormatString
{
    private readonly byte[][] literals;
    private readonly Conversion[] conversions;
    private readonly string[] spellings;

    private FormatString(byte[][] literals, Conversion[] conversions, string[] spellings)
    {
        this.literals = literals;
        this.conversions = conversions;
        this.spellings = spellings;
    }

    public ReadOnlySpan<Conversion> Conversions => conversions;

    /// <summary>The text before the conversion of this index, or after the last one; <c>%%</c> is a percent sign in it.</summary>
    public ReadOnlySpan<byte> Literal(int index) => literals[index];

    /// <summary>A conversion as it is written: <c>%-16s</c>.</summary>
    public string Spelling(int index) => spellings[index];

    /// <inheritdoc cref="TryParse(ReadOnlySpan{byte}, out FormatString?, out FormatStringError)"/>
    public static bool TryParse(string text, out FormatString? format, out FormatStringError error) =>
        TryParse(Encoding.UTF8.GetBytes(text), out format, out error);

    /// <summary>
    /// Parses a format. As in bpftrace, a percent sign that begins no conversion is text (<c>50%\n</c>); what C knows but
    /// cannot be here (<c>*</c>, <c>%n</c>, floating point) is an error.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out FormatString? format, out FormatStringError error) =>
        new Parser(utf8).TryParse(out format, out error);

    /// <summary>Writes the whole with these arguments. One too many is left out, a missing one is written as nothing.</summary>
    public void Write(Utf8Buffer output, ReadOnlySpan<OutputValue> arguments, TextEscaping escaping)
    {
        for (int i = 0; i < conversions.Length; i++)
        {
            output.Write(literals[i]);
            if (i < arguments.Length)
                conversions[i].WriteValue(output, arguments[i], escaping);
        }
        output.Write(literals[^1]);
    }
}
