using System.Buffers;
using System.Text;

namespace Imker.Diagnostics;

/// <summary>
/// The bytes of a source file as text and back, without loss. They are taken as UTF-8; a byte that is no part of it becomes the
/// surrogate U+DC00 plus the byte, which stands alone and so cannot come from UTF-8.
/// </summary>
public static class SourceEncoding
{
    private const char ByteBase = '\udc00';
    private const int FirstByte = 0x80;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xef, 0xbb, 0xbf];

    /// <summary>The text; a byte order mark at its beginning is left out.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes) =>
        DecodeAll(bytes.StartsWith(ByteOrderMark) ? bytes[ByteOrderMark.Length..] : bytes);

    /// <summary>The text of bytes that are no whole file.</summary>
    public static string DecodeAll(ReadOnlySpan<byte> bytes)
    {
        if (System.Text.Unicode.Utf8.IsValid(bytes))
            return Encoding.UTF8.GetString(bytes);
        var text = new StringBuilder(bytes.Length);
        Span<char> characters = stackalloc char[2];
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out Rune rune, out int length) == OperationStatus.Done)
            {
                text.Append(characters[..rune.EncodeToUtf16(characters)]);
            }
            else
            {
                foreach (byte b in bytes[..length])
                    text.Append((char)(ByteBase + b));
            }
            bytes = bytes[length..];
        }
        return text.ToString();
    }

    /// <summary>Whether a character that stands alone is a byte that is no part of UTF-8, and which.</summary>
    public static bool TryGetByte(char character, out byte value)
    {
        bool isByte = character is >= (char)(ByteBase + FirstByte) and <= (char)(ByteBase + byte.MaxValue);
        value = isByte ? (byte)(character - ByteBase) : (byte)0;
        return isByte;
    }

    /// <summary>The bytes that a piece of such a text was made of.</summary>
    public static byte[] Encode(ReadOnlySpan<char> text)
    {
        if (text.IndexOfAnyInRange('\ud800', '\udfff') < 0)
        {
            byte[] plain = new byte[Encoding.UTF8.GetByteCount(text)];
            Encoding.UTF8.GetBytes(text, plain);
            return plain;
        }
        var bytes = new List<byte>(text.Length * 2);
        Span<byte> encoded = stackalloc byte[4];
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out Rune rune, out int length) != OperationStatus.Done && TryGetByte(text[0], out byte raw))
                bytes.Add(raw);
            else
                bytes.AddRange(encoded[..rune.EncodeToUtf8(encoded)]);
            text = text[length..];
        }
        return [.. bytes];
    }
}
