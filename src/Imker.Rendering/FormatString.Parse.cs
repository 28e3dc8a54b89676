using System.Text;

namespace Imker.Rendering;

public sealed partial class FormatString
{
    /// <summary>A width or precision over this is an error: it can only be a mistake.</summary>
    public const int MaxWidth = 65536;

    private ref struct Parser(ReadOnlySpan<byte> text)
    {
        private readonly ReadOnlySpan<byte> text = text;
        private readonly List<byte[]> literals = [];
        private readonly List<Conversion> conversions = [];
        private readonly List<string> spellings = [];
        private readonly List<byte> literal = [];
        private int position;

        public bool TryParse(out FormatString? format, out FormatStringError error)
        {
            while (position < text.Length)
            {
                if (text[position] != '%')
                    literal.Add(text[position++]);
                else if (!TryParsePercent(out error))
                {
                    format = null;
                    return false;
                }
            }
            EndLiteral();
            format = new FormatString([.. literals], [.. conversions], [.. spellings]);
            error = default;
            return true;
        }

        private bool TryParsePercent(out FormatStringError error)
        {
            int start = position++;
            if (Take('%'))
            {
                literal.Add((byte)'%');
                error = default;
                return true;
            }
            ConversionFlags flags = TakeFlags();
            bool star = Take('*');
            int width = star ? 0 : TakeNumber();
            int precision = -1;
            if (Take('.'))
            {
                star |= Take('*');
                precision = TakeNumber();
            }
            int bits = TakeLength();
            if (position == text.Length || TakeKind() is not { } kind)
                return EndUnknown(start, out error);
            if (star)
                return Fail(start, "a width or precision '*' is not supported; write the number", out error);
            if (width > MaxWidth || precision > MaxWidth)
                return Fail(start, $"a width or precision over {MaxWidth} is not supported", out error);
            EndLiteral();
            conversions.Add(new Conversion(kind, flags, width, precision, bits));
            spellings.Add(Encoding.ASCII.GetString(text[start..position]));
            error = default;
            return true;
        }

        // Not a conversion: C's others are refused, all else was text after all.
        private bool EndUnknown(int start, out FormatStringError error)
        {
            if (position < text.Length && "aAeEfFgGn"u8.Contains(text[position]))
            {
                char letter = (char)text[position++];
                string reason = letter == 'n' ? "there is nothing to store in" : "there are no floating-point values";
                return Fail(start, $"the conversion '%{letter}' is not supported: {reason}", out error);
            }
            position = start + 1;
            literal.Add((byte)'%');
            error = default;
            return true;
        }

        private readonly bool Fail(int start, string message, out FormatStringError error)
        {
            error = new FormatStringError(start, position - start, message);
            return false;
        }

        private void EndLiteral()
        {
            literals.Add([.. literal]);
            literal.Clear();
        }

        private ConversionFlags TakeFlags()
        {
            ConversionFlags flags = ConversionFlags.None;
            while (true)
            {
                if (Take('-'))
                    flags |= ConversionFlags.Left;
                else if (Take('+'))
                    flags |= ConversionFlags.Plus;
                else if (Take(' '))
                    flags |= ConversionFlags.Space;
                else if (Take('#'))
                    flags |= ConversionFlags.Alternate;
                else if (Take('0'))
                    flags |= ConversionFlags.Zero;
                else
                    return flags;
            }
        }

        private int TakeNumber()
        {
            int number = 0;
            for (; position < text.Length && char.IsAsciiDigit((char)text[position]); position++)
                number = Math.Min(number * 10 + (text[position] - '0'), MaxWidth + 1);
            return number;
        }

        private int TakeLength()
        {
            if (Take('h'))
                return Take('h') ? 8 : 16;
            if (Take('l'))
                Take('l');
            else if (!Take('j') && !Take('z'))
                Take('t');
            return 64;
        }

        private ConversionKind? TakeKind()
        {
            ConversionKind? kind = (char)text[position] switch
            {
                'd' or 'i' => ConversionKind.Signed,
                'u' => ConversionKind.Unsigned,
                'o' => ConversionKind.Octal,
                'x' => ConversionKind.Hex,
                'X' => ConversionKind.UpperHex,
                'c' => ConversionKind.Character,
                'p' => ConversionKind.Pointer,
                's' => ConversionKind.Text,
                'r' => ConversionKind.Buffer,
                _ => null,
            };
            if (kind is null)
                return null;
            position++;
            if (kind != ConversionKind.Buffer)
                return kind;
            return Take('x') ? ConversionKind.BufferEscapedHex : Take('h') ? ConversionKind.BufferSpacedHex : kind;
        }

        private bool Take(char expected)
        {
            if (position == text.Length || text[position] != expected)
                return false;
            position++;
            return true;
        }
    }
}
