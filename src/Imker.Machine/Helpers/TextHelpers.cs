using System.Buffers.Text;
using System.Runtime.CompilerServices;

namespace Imker.Machine;

/// <summary>The helpers that print, compare and parse text.</summary>
internal static unsafe class TextHelpers
{
    private const int MaxFormat = 4096, MaxArguments = 12;

    public static ulong Print(ulong format, ulong size, ulong a, ulong b, ulong c, ExecutionState* state)
    {
        Span<ulong> arguments = [a, b, c];
        return Processor.Of(state).TryRead(format, size, out ReadOnlySpan<byte> text) ? PrintLine(text, arguments, state) : 0;
    }

    public static ulong PrintMany(ulong format, ulong size, ulong data, ulong dataSize, ulong r5, ExecutionState* state) =>
        Processor.Of(state).TryRead(format, size, out ReadOnlySpan<byte> text)
            ? TryArguments(data, dataSize, state, out ReadOnlySpan<ulong> arguments) ? PrintLine(text, arguments, state) : MapHelpers.Result(-Errno.Invalid)
            : 0;

    /// <summary><c>bpf_snprintf</c>: writes as much as fits and a zero; returns the whole length with the zero.</summary>
    public static ulong Format(ulong destination, ulong size, ulong format, ulong data, ulong dataSize, ExecutionState* state)
    {
        Processor processor = Processor.Of(state);
        if (!processor.TryWrite(destination, size, out Span<byte> memory))
            return 0;
        if (!TryArguments(data, dataSize, state, out ReadOnlySpan<ulong> arguments) || !TryText(format, state, out ReadOnlySpan<byte> text))
            return MapHelpers.Result(-Errno.Invalid);
        var output = new FormattedText(state);
        int error = output.Append(text, arguments);
        if (error != 0)
            return MapHelpers.Result(error);
        if (memory.Length > 0)
        {
            int length = Math.Min(output.Written.Length, memory.Length - 1);
            output.Written[..length].CopyTo(memory);
            memory[length] = 0;
        }
        return (ulong)output.Written.Length + 1;
    }

    public static ulong Compare(ulong first, ulong size, ulong second, ulong r4, ulong r5, ExecutionState* state)
    {
        if (!Processor.Of(state).TryRead(first, size, out ReadOnlySpan<byte> text) || !TryText(second, state, out ReadOnlySpan<byte> other))
            return 0;
        for (int i = 0; i < text.Length; i++)
        {
            int a = text[i], b = i < other.Length ? other[i] : 0;
            if (a != b)
                return MapHelpers.Result(a < b ? -1 : 1);
            if (a == 0)
                break;
        }
        return 0;
    }

    public static ulong ParseSigned(ulong text, ulong size, ulong flags, ulong result, ulong r5, ExecutionState* state) =>
        Parse(text, size, flags, result, isSigned: true, state);

    public static ulong ParseUnsigned(ulong text, ulong size, ulong flags, ulong result, ulong r5, ExecutionState* state) =>
        Parse(text, size, flags, result, isSigned: false, state);

    // Blanks, then a sign where there may be one, a prefix and digits (__bpf_strtoull): the bytes used, or an error.
    private static ulong Parse(ulong address, ulong size, ulong flags, ulong result, bool isSigned, ExecutionState* state)
    {
        Processor processor = Processor.Of(state);
        if (!processor.TryRead(address, size, out ReadOnlySpan<byte> text) || !processor.TryWrite(result, sizeof(long), out Span<byte> memory))
            return 0;
        ulong numberBase = flags;
        if (text.IsEmpty || numberBase is not (0 or 8 or 10 or 16))
            return MapHelpers.Result(-Errno.Invalid);
        int at = 0;
        while (at < text.Length && text[at] is (byte)' ' or >= 9 and <= 13)
            at++;
        bool isNegative = isSigned && at < text.Length && text[at] == '-';
        if (isNegative)
            at++;
        int digits = ParseDigits(text[at..], ref numberBase, out ulong value, out bool overflows);
        if (digits == 0)
            return MapHelpers.Result(-Errno.Invalid);
        if (overflows || isSigned && value > (isNegative ? 1UL << 63 : long.MaxValue))
            return MapHelpers.Result(-Errno.OutOfRange);
        Unsafe.WriteUnaligned(ref memory[0], isNegative ? 0 - value : value);
        return (ulong)(at + digits);
    }

    private static int ParseDigits(ReadOnlySpan<byte> text, ref ulong numberBase, out ulong value, out bool overflows)
    {
        int at = 0;
        bool hasPrefix = text.Length > 2 && text[0] == '0' && (text[1] | 0x20) == 'x' && DigitOf(text[2]) < 16;
        if (numberBase == 0)
            numberBase = hasPrefix ? 16 : text.Length > 0 && text[0] == '0' ? 8u : 10;
        if (numberBase == 16 && hasPrefix)
            at = 2;
        UInt128 sum = 0;
        overflows = false;
        for (; at < text.Length && DigitOf(text[at]) is var digit && digit < numberBase; at++)
        {
            sum = sum * numberBase + digit;
            overflows |= sum > ulong.MaxValue;
            sum = overflows ? 0 : sum;
        }
        value = (ulong)sum;
        return at;
    }

    private static uint DigitOf(byte c) => c switch
    {
        >= (byte)'0' and <= (byte)'9' => (uint)(c - '0'),
        >= (byte)'a' and <= (byte)'f' => (uint)(c - 'a' + 10),
        >= (byte)'A' and <= (byte)'F' => (uint)(c - 'A' + 10),
        _ => uint.MaxValue,
    };

    private static ulong PrintLine(ReadOnlySpan<byte> format, ReadOnlySpan<ulong> arguments, ExecutionState* state)
    {
        int end = format.IndexOf((byte)0);
        if (end < 0)
            return MapHelpers.Result(-Errno.Invalid);
        var output = new FormattedText(state);
        int error = output.Append(format[..end], arguments);
        if (error != 0)
            return MapHelpers.Result(error);
        Processor processor = Processor.Of(state);
        try
        {
            processor.Program.Machine.Options.Print?.Invoke(System.Text.Encoding.UTF8.GetString(output.Written).TrimEnd('\n'));
        }
        catch (Exception e)
        {
            processor.HelperException = e;
            state->Fault = FaultKind.HelperFailed;
        }
        return (ulong)output.Written.Length;
    }

    private static bool TryArguments(ulong data, ulong size, ExecutionState* state, out ReadOnlySpan<ulong> arguments)
    {
        arguments = default;
        if (size % sizeof(ulong) != 0 || size > MaxArguments * sizeof(ulong) || !Processor.Of(state).TryRead(data, size, out ReadOnlySpan<byte> bytes))
            return false;
        arguments = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, ulong>(bytes);
        return true;
    }

    // Up to its zero, which is not part of it.
    private static bool TryText(ulong address, ExecutionState* state, out ReadOnlySpan<byte> text)
    {
        for (uint length = 0; length < MaxFormat && MemoryHelpers.TryPeek(state, address, length + 1, out ReadOnlySpan<byte> read); length++)
        {
            if (read[^1] != 0)
                continue;
            text = read[..^1];
            return true;
        }
        RegionLookup.Refuse(state, FaultKind.BadArgument, address, 0);
        text = default;
        return false;
    }
}
