using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Imker.Capture;

/// <summary>The bits of a packed file, lowest first (RFC 1951, section 3.1.1).</summary>
internal sealed class DeflateBits(CaptureInput input)
{
    private const int Most = 56;

    private ulong bits;
    private int count;

    internal CaptureInput Input => input;

    /// <summary>The next bits, as many as were asked for with <see cref="Need"/>, and perhaps more; 0 behind the end of the file.</summary>
    internal ulong Peek => bits;

    /// <summary>Sees to so many bits in <see cref="Peek"/> (at most 48), unless the file ends before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Need(int wanted)
    {
        if (count < wanted)
            Load();
    }

    /// <exception cref="CaptureFileException">The file has ended before these bits.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Drop(int taken)
    {
        if (taken > count)
            throw Cut();
        bits >>= taken;
        count -= taken;
    }

    /// <param name="width">At most 32.</param>
    internal uint Take(int width)
    {
        Need(width);
        uint value = (uint)(bits & ((1UL << width) - 1));
        Drop(width);
        return value;
    }

    internal void SkipToByte() => Drop(count & 7);

    /// <summary>At a byte's boundary: copies bytes; fewer than there is room for when the window has no more.</summary>
    internal int CopyBytes(Span<byte> target)
    {
        int copied = 0;
        for (; count >= 8 && copied < target.Length; copied++)
            target[copied] = (byte)Take(8);
        if (copied == target.Length)
            return copied;
        if (!input.TryHave(1))
            throw Cut();
        int more = Math.Min(target.Length - copied, input.Window.Length);
        input.Window[..more].CopyTo(target[copied..]);
        input.Consume(more);
        return copied + more;
    }

    /// <summary>At a byte's boundary: whether the file goes on.</summary>
    internal bool HasMore => count > 0 || input.TryHave(1);

    internal CaptureFileException Damaged(string what) =>
        CaptureFileException.Reading(CaptureDiagnosticId.Malformed, input.Name, input.Offset - count / 8, $"its gzip data is damaged: {what}");

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Load()
    {
        if (input.TryHave(sizeof(ulong)))
        {
            int bytes = (Most - count) >> 3;
            bits |= (MemoryMarshal.Read<ulong>(input.Window) & ((1UL << (bytes * 8)) - 1)) << count;
            count += bytes * 8;
            input.Consume(bytes);
            return;
        }
        while (count < Most && input.TryHave(1))
        {
            bits |= (ulong)input.Window[0] << count;
            count += 8;
            input.Consume(1);
        }
    }

    private CaptureFileException Cut() =>
        CaptureFileException.Reading(CaptureDiagnosticId.Truncated, input.Name, input.Offset, "the file ends within its gzip data");
}
