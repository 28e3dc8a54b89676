using CsCheck;
using Imker.Btf;
using Imker.Bytecode;
using Imker.Diagnostics;
using Imker.Elf;
using Imker.TestKit;

namespace Imker.Objects.Tests.Files;

/// <summary>Whatever bytes come, the reader gives an object or findings, soon, and with memory in proportion to the file.</summary>
public sealed class FuzzTests
{
    private const int MemoryPerByte = 1_000;
    private static readonly byte[] plain = File.ReadAllBytes(Golden.PathOf("clang.bpf.o"));
    private static readonly byte[][] clang = [.. Directory.GetFiles(Corpus.PathOf("objects"), "*.bpf.o").Order().Select(File.ReadAllBytes)];
    private static readonly CoreTarget target = Core.CoreTypesFile.Read("target-a");
    private static readonly byte[][] inputs = [.. Enumerable.Range(0, 12).Select(seed => BpfObjectWriter.Write(RandomObject.Make(seed))), plain, plain, plain, .. clang];

    // What breaks readers: ends of ranges, small numbers, other places of the same file.
    private static readonly Gen<uint> value = Gen.OneOf(
        Gen.Int[0, 6].Select(i => new[] { 0u, 1u, 0x7fu, 0xffffu, 0x7fff_ffffu, uint.MaxValue, uint.MaxValue - 7 }[i]), Gen.UInt, Gen.UInt[0, 90], Gen.UInt[0, 5000]);

    private static readonly Gen<(uint At, uint Value, int Width)[]> changes = Gen.Select(Gen.UInt, value, Gen.Int[1, 4]).Array[1, 6];

    [Fact]
    public void Mutated_objects_are_read_or_refused() =>
        Gen.Select(Gen.Int[0, inputs.Length - 1].Select(i => inputs[i]), changes, Gen.Int[0, 20]).Select(Mutate).Sample(ReadsOrRefuses, iter: 5_000);

    // Half of all changes go to the headers, the tables and the model, which are a small part of the file.
    [Fact]
    public void Objects_with_mutated_tables_are_read_or_refused() =>
        Gen.Select(Gen.Int[0, inputs.Length - 1].Select(i => inputs[i]), changes).Select((bytes, edits) =>
            Mutate(bytes, [.. edits.Select(e => (e.At % 2 == 0 ? (uint)bytes.Length - 1 - e.At % 3000 : e.At % 64, e.Value, e.Width))], 0))
            .Sample(ReadsOrRefuses, iter: 5_000);

    [Fact]
    public void Objects_cut_at_each_length_are_refused_or_read()
    {
        foreach (byte[] bytes in clang)
        {
            for (int length = 0; length < bytes.Length; length += bytes.Length > 2500 ? 11 : 1)
                Assert.True(ReadsOrRefuses(bytes[..length]));
        }
    }

    [Fact]
    public void Objects_with_a_flipped_byte_are_read_or_refused()
    {
        foreach (byte[] bytes in clang)
        {
            byte[] flipped = [.. bytes];
            for (int at = 0; at < bytes.Length; at += 7)
            {
                flipped[at] ^= (byte)(1 << at % 8);
                Assert.True(ReadsOrRefuses(flipped));
                flipped[at] = bytes[at];
            }
        }
    }

    [Fact]
    public void Random_bytes_are_refused() =>
        Gen.Byte.Array[0, 300].Select(bytes => (byte[])[.. "\x7f"u8, .. "ELF"u8, 2, 1, 1, .. bytes]).Sample(ReadsOrRefuses, iter: 2_000);

    [Fact]
    public void A_model_of_random_json_is_read_or_refused() =>
        Gen.Select(Gen.Int[0, 11], Gen.Int[1, 40], Gen.Int).Sample((seed, count, place) => ReadsOrRefuses(WithSwappedWords(inputs[seed], count, place)), iter: 2_000);

    [Fact]
    public void A_small_file_whose_functions_overlap_is_refused()
    {
        var elf = new ElfWriter(ElfMachine.Bpf);
        byte[] code = InstructionEncoder.Encode(new Code([.. Enumerable.Repeat(Instruction.Exit, 8_000)]));
        int section = elf.AddSection("xdp", ElfSectionType.ProgBits, ElfSectionFlags.Allocate | ElfSectionFlags.Execute, code, 8);
        for (int i = 0; i < 5_000; i++)
            elf.AddSymbol($"program{i}", section, 0, (ulong)code.Length, ElfSymbolType.Function);
        var diagnostics = new DiagnosticBag();
        Assert.False(BpfObjectReader.TryRead(elf.ToArray(), "overlapping", out _, diagnostics));
        Assert.StartsWith("cannot read overlapping: its parts overlap", Assert.Single(diagnostics).Message, StringComparison.Ordinal);
    }

    private static byte[] Mutate(byte[] original, (uint At, uint Value, int Width)[] edits, int cut)
    {
        byte[] bytes = [.. original];
        foreach ((uint at, uint value, int width) in edits)
        {
            int place = (int)(at % (uint)(bytes.Length - 4)) & (at % 4 == 0 ? ~0 : ~3);
            BitConverter.GetBytes(value).AsSpan(0, width).CopyTo(bytes.AsSpan(place));
        }
        return cut < 19 ? bytes : bytes[..(int)(edits[0].At % (uint)bytes.Length)];
    }

    // The model's words of equal length change places: it stays JSON and says something else.
    private static byte[] WithSwappedWords(byte[] original, int count, int seed)
    {
        byte[] bytes = [.. original];
        var random = new Random(seed);
        int start = bytes.AsSpan().IndexOf("{\"version\""u8), end = start + bytes.AsSpan(start).IndexOf((byte)0);
        for (int i = 0; i < count; i++)
        {
            int length = random.Next(1, 6), a = random.Next(start, end - length), b = random.Next(start, end - length);
            byte[] word = bytes[a..(a + length)];
            if (word.Any(c => "{}[],:\"".Contains((char)c, StringComparison.Ordinal)))
                continue;
            bytes.AsSpan(b, length).CopyTo(bytes.AsSpan(a));
            word.CopyTo(bytes.AsSpan(b));
        }
        return bytes;
    }

    private static bool ReadsOrRefuses(byte[] bytes)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        var diagnostics = new DiagnosticBag();
        bool isRead = BpfObjectReader.TryRead(bytes, "fuzzed", out BpfObject? read, diagnostics);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1_000_000 + (long)bytes.Length * MemoryPerByte);
        if (isRead)
        {
            BpfObjectWriter.Write(read!);
            CoreRelocator.TryAdapt(read!, target, out _, new DiagnosticBag());
        }
        return isRead != diagnostics.HasErrors;
    }
}
