using CsCheck;
using Imker.Diagnostics;

namespace Imker.Bytecode.Tests;

/// <summary>Whatever bytes and texts come, they are read or refused with diagnostics, and what was read is written back as it was.</summary>
public sealed class FuzzTests
{
    [Fact]
    public void Random_bytes_are_decoded_or_refused() =>
        Gen.Select(Gen.Byte.Array[0, 256], Gen.Bool).Sample((bytes, bigEndian) => AssertDecodedOrRefused(bytes, bigEndian), iter: 5_000);

    [Fact]
    public void Mutated_code_is_decoded_or_refused() =>
        Gen.Select(InstructionGen.AnyNumeric.List[1, 20], Gen.Int[0, 10_000], Gen.Byte, Gen.Int[0, 16]).Sample(
            (instructions, place, value, cut) =>
            {
                byte[] bytes = InstructionEncoder.Encode(new Code([.. instructions]));
                bytes[place % bytes.Length] = value;
                AssertDecodedOrRefused(bytes.AsSpan(0, Math.Max(0, bytes.Length - cut)).ToArray(), bigEndian: false);
            },
            iter: 5_000);

    [Fact]
    public void Random_texts_are_assembled_or_refused() =>
        Gen.OneOf(Gen.String, Gen.Select(Gen.OneOf(
            "r1", "w2", "=", "+=", "-", "s>", "*(u32 *)", "(", ")", "[", "]", "if", "goto", "pc", "+3", "0x10", "ll", "call", "map", "#", ":",
            "\"", "?", "lock", "exit", "\n", ";", "skb", "0xffffffffffffffffff", "unknown"), Gen.OneOf("", " ")).Array[0, 30]
            .Select(parts => string.Concat(parts.Select(part => part.Item1 + part.Item2)))).Sample(AssertAssembledOrRefused, iter: 5_000);

    [Fact]
    public void Mutated_listings_are_assembled_or_refused() =>
        Gen.Select(InstructionGen.AnyNumeric.List[1, 5], Gen.Int[0, 10_000], Gen.Char, Gen.Int[0, 3]).Sample(
            (instructions, place, value, removed) =>
            {
                string text = Disassembler.Format(new Code([.. instructions]), DisassemblyOptions.Listing);
                int at = place % text.Length;
                AssertAssembledOrRefused(string.Concat(text.AsSpan(0, at), value.ToString(), text.AsSpan(Math.Min(text.Length, at + removed))));
            },
            iter: 5_000);

    [Fact]
    public void Garbage_of_megabytes_gives_a_hundred_errors_and_no_more()
    {
        string garbage = string.Concat(Enumerable.Repeat("goto x r1 = @ \"\n", 30_000));
        Assert.False(Assembler.TryParse(new SourceText("a.s", garbage), out _, out var diagnostics));
        Assert.Equal(DiagnosticBag.MaxErrors, diagnostics.Length);
    }

    private static void AssertDecodedOrRefused(byte[] bytes, bool bigEndian)
    {
        if (InstructionDecoder.TryDecode(bytes, out Code? code, out var diagnostics, bigEndian))
            Assert.Equal(bytes, InstructionEncoder.Encode(code, bigEndian));
        else
            Assert.Contains(diagnostics, diagnostic => diagnostic.Severity == Severity.Error);
    }

    private static void AssertAssembledOrRefused(string text)
    {
        if (Assembler.TryParse(new SourceText("a.s", text), out Code? code, out var diagnostics))
            Assert.Equal(code.Instructions, Assembler.Parse(Disassembler.Format(code, DisassemblyOptions.Listing)).Instructions);
        else
            Assert.Contains(diagnostics, diagnostic => diagnostic.Severity == Severity.Error);
    }
}
