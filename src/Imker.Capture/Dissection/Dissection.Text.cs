using Imker.Rendering;

namespace Imker.Capture.Dissection;

/// <content>What is said: the text of tcpdump.</content>
internal ref partial struct Dissection
{
    private const byte FirstPrintable = 0x20, LastPrintable = 0x7e;

    public readonly void Say(ReadOnlySpan<byte> text)
    {
        if (!isSilent)
            output.Write(text);
    }

    public readonly void Say(ReadOnlySpan<byte> text, long value)
    {
        if (isSilent)
            return;
        output.Write(text);
        output.WriteDecimal(value);
    }

    public readonly void Say(ReadOnlySpan<byte> text, long value, ReadOnlySpan<byte> after)
    {
        if (isSilent)
            return;
        output.Write(text);
        output.WriteDecimal(value);
        output.Write(after);
    }

    public readonly void Decimal(long value)
    {
        if (!isSilent)
            output.WriteDecimal(value);
    }

    public readonly void Decimal(ulong value)
    {
        if (!isSilent)
            output.WriteDecimal(value);
    }

    /// <summary>Where the text stands, for <see cref="Rewind"/>.</summary>
    public readonly int Mark() => output.Length;

    /// <summary>Takes back what was said since <see cref="Mark"/>.</summary>
    public readonly void Rewind(int mark)
    {
        if (!isSilent)
            output.Truncate(mark);
    }

    /// <summary>With leading zeros.</summary>
    public readonly void Decimal(long value, int digits)
    {
        if (isSilent)
            return;
        int start = output.Length;
        output.WriteDecimal(value);
        ZeroPad(start, digits);
    }

    /// <summary>Lower-case digits without a prefix, at least <paramref name="digits"/> of them.</summary>
    public readonly void Hex(ulong value, int digits = 1)
    {
        if (isSilent)
            return;
        int start = output.Length;
        output.WriteHex(value);
        ZeroPad(start, digits);
    }

    public readonly void Say(ReadOnlySpan<byte> text, ulong value, int hexDigits)
    {
        Say(text);
        Hex(value, hexDigits);
    }

    /// <summary>Bytes as pairs of digits.</summary>
    public readonly void HexBytes(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> separator = default)
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            if (i > 0)
                Say(separator);
            Hex(bytes[i], 2);
        }
    }

    /// <summary>A number with one or two digits behind the point, rounded as <c>printf</c> rounds.</summary>
    public readonly void Fixed(double value, int places)
    {
        if (isSilent)
            return;
        value.TryFormat(output.GetSpan(32), out int written, places == 1 ? "F1" : "F2", System.Globalization.CultureInfo.InvariantCulture);
        output.Advance(written);
    }

    /// <summary>The name, or where there is none the text before the number and the number.</summary>
    public readonly void NameOr(ReadOnlySpan<byte> name, ReadOnlySpan<byte> otherwise, long value, ReadOnlySpan<byte> after = default)
    {
        if (name.IsEmpty)
            Say(otherwise, value, after);
        else
            Say(name);
    }

    public readonly void NameOrHex(ReadOnlySpan<byte> name, ReadOnlySpan<byte> otherwise, ulong value, int digits, ReadOnlySpan<byte> after = default)
    {
        if (!name.IsEmpty)
        {
            Say(name);
            return;
        }
        Say(otherwise);
        Hex(value, digits);
        Say(after);
    }

    public readonly void NameOr(ReadOnlySpan<byte> name, ReadOnlySpan<byte> otherwise) => Say(name.IsEmpty ? otherwise : name);

    /// <summary>The names of all bits that are set, in the table's order.</summary>
    public readonly void Flags(FlagNames names, uint value, ReadOnlySpan<byte> separator, ReadOnlySpan<byte> none)
    {
        if (!isSilent)
            names.Write(output, value, separator, none);
    }

    /// <summary>Foreign text: high bytes as <c>M-x</c>, controls as <c>^X</c>.</summary>
    public readonly void Text(ReadOnlySpan<byte> foreign)
    {
        if (isSilent)
            return;
        foreach (byte value in foreign)
            WriteForeign(value);
    }

    /// <summary>Foreign text from the packet; false where its end was not captured.</summary>
    public readonly bool TextUntilEnd(int at, int length)
    {
        int there = Math.Clamp(End - at, 0, Math.Max(0, length));
        if (there > 0)
            Text(Packet.Slice(at, there));
        return there >= length;
    }

    /// <summary>Foreign text from the packet; what is missing stops.</summary>
    public void TextOrStop(int at, int length)
    {
        if (!TextUntilEnd(at, length))
            Stop();
    }

    /// <summary>Foreign text up to a zero byte.</summary>
    public void PaddedTextOrStop(int at, int length)
    {
        for (int i = 0; i < length && !IsStopped; i++)
        {
            byte value = U8(at + i);
            if (value == 0)
                return;
            if (!isSilent)
                WriteForeign(value);
        }
    }

    /// <summary>Seconds as <c>1w2d3h4m5s</c>.</summary>
    public readonly void Duration(uint seconds)
    {
        if (seconds == 0)
            Say("0s"u8);
        SayUnit(ref seconds, 31536000, "y"u8);
        SayUnit(ref seconds, 604800, "w"u8);
        SayUnit(ref seconds, 86400, "d"u8);
        SayUnit(ref seconds, 3600, "h"u8);
        SayUnit(ref seconds, 60, "m"u8);
        SayUnit(ref seconds, 1, "s"u8);
    }

    private readonly void SayUnit(ref uint seconds, uint unit, ReadOnlySpan<byte> name)
    {
        if (seconds < unit)
            return;
        Say(default, seconds / unit, name);
        seconds %= unit;
    }

    /// <summary><c> [|proto]</c>.</summary>
    public readonly void SayTruncated()
    {
        Say(" [|"u8);
        Say(Protocol);
        Say("]"u8);
        NoteTruncated();
    }

    public readonly void SayInvalid()
    {
        Say(" (invalid)"u8);
        Note("invalid"u8, true);
    }

    /// <summary>Bytes that no printer knows, below the line; not where <c>-X</c> shows them anyhow.</summary>
    public void Unknown(int at, int length)
    {
        if (Context.HidesUnknown)
            return;
        UnknownAlways(at, length);
        Require(at, length);
    }

    /// <summary>As <see cref="Unknown"/>, with <c>-X</c> too.</summary>
    public readonly void UnknownAlways(int at, int length)
    {
        if (!isSilent)
            HexWriter.WriteWithAscii(output, "\n\t"u8, Bounded(at, length));
    }

    /// <summary>Bytes of a part that no printer knows, in hexadecimal, each line behind <paramref name="indent"/>.</summary>
    public readonly void UnknownPart(int at, ReadOnlySpan<byte> indent, int length)
    {
        if (!isSilent && at <= End)
            HexWriter.Write(output, indent, Bounded(at, length));
    }

    private readonly ReadOnlySpan<byte> Bounded(int at, int length) =>
        at >= End || length <= 0 ? default : Packet[at..Math.Min(End, at + length)];

    private readonly void WriteForeign(byte value)
    {
        if (value >= 0x80)
        {
            output.Write("M-"u8);
            value &= 0x7f;
        }
        if (value is < FirstPrintable or > LastPrintable)
        {
            output.Write((byte)'^');
            value ^= 0x40;
        }
        output.Write(value);
    }

    private readonly void ZeroPad(int start, int digits)
    {
        int missing = digits - (output.Length - start);
        if (missing <= 0)
            return;
        Span<byte> moved = stackalloc byte[24];
        int length = output.Length - start;
        output.Written[start..].CopyTo(moved);
        output.Truncate(start);
        output.Fill((byte)'0', missing);
        output.Write(moved[..length]);
    }
}
