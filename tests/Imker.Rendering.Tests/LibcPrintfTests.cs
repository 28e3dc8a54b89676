using System.Runtime.InteropServices;
using System.Text;
using CsCheck;

namespace Imker.Rendering.Tests;

/// <summary>The conversions against the C library of this machine.</summary>
public class LibcPrintfTests
{
    private static readonly Gen<string> Flags = Gen.Char["-+ #0"].Array[0, 4].Select(flags => new string(flags));
    private static readonly Gen<string> Width = Gen.Frequency((1, Gen.Const("")), (2, Gen.Int[1, 40].Select(n => n.ToString())));
    private static readonly Gen<string> Precision = Gen.Frequency(
        (2, Gen.Const("")), (1, Gen.Const(".")), (2, Gen.Int[0, 40].Select(n => $".{n}")));

    private static readonly Gen<string> Length = Gen.Int[0, 6].Select(i => new[] { "hh", "h", "l", "ll", "j", "z", "t" }[i]);
    private static readonly Gen<string> Alignment = Gen.Bool.Select(left => left ? "-" : "");

    private static readonly Gen<long> Number = Gen.OneOf(
        Gen.Long, Gen.Int.Select(n => (long)n), Gen.Const(0L), Gen.Long[-9, 9], Gen.Const(long.MinValue), Gen.Const(long.MaxValue));

    [Fact]
    public void Integers_are_written_as_C_writes_them() =>
        Gen.Select(Flags, Width, Precision, Length, Gen.Char["diuoxX"], Number)
            .Sample((flags, width, precision, length, letter, number) =>
            {
                string start = "%" + flags + width + precision;
                Assert.Equal(Libc(start + length + letter, number), Ours(start + length + letter, OutputValue.Signed(number)));
            }, iter: 20_000);

    [Fact]
    public void Integers_without_a_length_are_taken_at_64_bits() =>
        Gen.Select(Flags, Width, Precision, Gen.Char["diuoxX"], Number).Sample((flags, width, precision, letter, number) =>
        {
            string start = "%" + flags + width + precision;
            Assert.Equal(Libc($"{start}ll{letter}", number), Ours(start + letter, OutputValue.Signed(number)));
        });

    [Fact]
    public void Text_is_padded_and_cut_as_C_does_it() =>
        Gen.Select(Alignment, Width, Precision, Gen.Char[' ', '~'].Array[0, 30].Select(c => new string(c)))
            .Sample((flags, width, precision, text) =>
            {
                string format = "%" + flags + width + precision + "s";
                Assert.Equal(Libc(format, text), Ours(format, OutputValue.Text(text)));
            });

    [Fact]
    public void Characters_and_pointers_are_written_as_C_writes_them() =>
        Gen.Select(Alignment, Width, Gen.Int[' ', '~'], Gen.Long[1, long.MaxValue]).Sample((flags, width, character, pointer) =>
        {
            Assert.Equal(Libc($"%{flags}{width}c", character), Ours($"%{flags}{width}c", OutputValue.Signed(character)));
            Assert.Equal(Libc($"%{flags}{width}p", pointer), Ours($"%{flags}{width}p", OutputValue.Signed(pointer)));
        });

    [Fact]
    public void No_format_crashes_or_is_written_without_its_literals() =>
        Gen.Char["%-+ #0123456789.*hljztdiuoxXcpsrn\n\u00e9"].Array[0, 20].Select(c => new string(c)).Sample(text =>
        {
            if (!FormatString.TryParse(text, out FormatString? format, out FormatStringError error))
            {
                Assert.InRange(error.Offset + error.Length, 1, Encoding.UTF8.GetByteCount(text));
                return;
            }
            int literals = 0;
            for (int i = 0; i <= format!.Conversions.Length; i++)
                literals += format.Literal(i).Length;
            using var output = new Utf8Buffer();
            format.Write(output, [], TextEscaping.Line);
            Assert.Equal(literals, output.Length);
        }, iter: 20_000);

    private static string Ours(string text, OutputValue value)
    {
        Assert.True(FormatString.TryParse(text, out FormatString? format, out FormatStringError error), error.Message);
        using var output = new Utf8Buffer();
        format!.Write(output, [value], TextEscaping.Line);
        return output.ToString();
    }

    private static string Libc(string format, long value)
    {
        byte[] buffer = new byte[256];
        int length = Print(buffer, (nuint)buffer.Length, format, value);
        return Encoding.Latin1.GetString(buffer, 0, length);
    }

    private static string Libc(string format, string value)
    {
        byte[] buffer = new byte[256];
        int length = Print(buffer, (nuint)buffer.Length, format, value);
        return Encoding.Latin1.GetString(buffer, 0, length);
    }

    // A variadic call without floating-point arguments passes them as a fixed one does on Linux for x86-64 and arm64.
    [DllImport("libc", EntryPoint = "snprintf")]
    private static extern int Print([Out] byte[] buffer, nuint size, string format, long value);

    [DllImport("libc", EntryPoint = "snprintf")]
    private static extern int Print([Out] byte[] buffer, nuint size, string format, string value);
}
