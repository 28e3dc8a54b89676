using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Imker.Rendering;

/// <summary>
/// Text under construction, as UTF-8 bytes in pooled memory. It grows as needed and keeps what it has when cleared, so that a
/// buffer which is reused for record after record stops allocating.
/// </summary>
public sealed class Utf8Buffer : IBufferWriter<byte>, IDisposable
{
    private const int LongestNumber = 20;

    private byte[] bytes;

    public Utf8Buffer(int capacity = 256)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        bytes = ArrayPool<byte>.Shared.Rent(capacity);
    }

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    /// <summary>Forgets what was written after <paramref name="length"/> bytes.</summary>
    public void Truncate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Length);
        Length = length;
    }

    public void Write(byte value)
    {
        if (Length == bytes.Length)
            Grow(1);
        bytes[Length++] = value;
    }

    public void Write(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > bytes.Length - Length)
            Grow(utf8.Length);
        utf8.CopyTo(bytes.AsSpan(Length));
        Length += utf8.Length;
    }

    public void Write(ReadOnlySpan<char> text) =>
        Length += Encoding.UTF8.GetBytes(text, GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length)));

    public void WriteDecimal(long value)
    {
        Utf8Formatter.TryFormat(value, GetSpan(LongestNumber), out int written);
        Length += written;
    }

    public void WriteDecimal(ulong value)
    {
        Utf8Formatter.TryFormat(value, GetSpan(LongestNumber), out int written);
        Length += written;
    }

    /// <summary>Lower-case hexadecimal digits without a prefix.</summary>
    public void WriteHex(ulong value)
    {
        Utf8Formatter.TryFormat(value, GetSpan(LongestNumber), out int written, 'x');
        Length += written;
    }

    public void Fill(byte value, int count)
    {
        if (count <= 0)
            return;
        GetSpan(count)[..count].Fill(value);
        Length += count;
    }

    /// <summary>
    /// Pads what was written from <paramref name="start"/> on with spaces to <paramref name="width"/> bytes, behind it when
    /// <paramref name="left"/> is set, else before it.
    /// </summary>
    public void Pad(int start, int width, bool left)
    {
        int written = Length - start;
        int missing = width - written;
        if (missing <= 0)
            return;
        Fill((byte)' ', missing);
        if (left)
            return;
        Span<byte> field = bytes.AsSpan(start, width);
        field[..written].CopyTo(field[missing..]);
        field[..missing].Fill((byte)' ');
    }

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, bytes.Length - Length);
        Length += count;
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        if (bytes.Length - Length < Math.Max(1, sizeHint))
            Grow(Math.Max(1, sizeHint));
        return bytes.AsSpan(Length);
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        _ = GetSpan(sizeHint);
        return bytes.AsMemory(Length);
    }

    public void Dispose()
    {
        byte[] returned = bytes;
        bytes = [];
        Length = 0;
        if (returned.Length > 0)
            ArrayPool<byte>.Shared.Return(returned);
    }

    public override string ToString() => Encoding.UTF8.GetString(Written);

    private void Grow(int needed)
    {
        int wanted = checked(Length + needed);
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(wanted, (int)Math.Min(2L * bytes.Length, Array.MaxLength)));
        Written.CopyTo(larger);
        if (bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(bytes);
        bytes = larger;
    }
}
