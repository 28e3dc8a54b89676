using CsCheck;
using Imker.Diagnostics;

namespace Imker.Elf.Tests;

public sealed class ElfFuzzTests
{
    private const int MemoryPerByte = 300;

    private static readonly Gen<byte[]> GenMutated =
        Gen.Select(OneOf(Fixtures.All), Gen.Select(Gen.Int, GenValue, Gen.Int[1, 8]).Array[1, 6], Gen.Int[0, 10]).Select(Mutate);

    // What breaks readers: ends of ranges, and what is just beyond.
    private static Gen<ulong> GenValue => Gen.OneOf(
        OneOf(0ul, 1ul, 0x7ful, 0xfful, 0x7ffful, 0xfffful, 0x7fff_fffful, 0xffff_fffful, ulong.MaxValue, ulong.MaxValue - 7, (ulong)long.MaxValue), Gen.ULong, Gen.ULong[0, 5000]);

    [Fact]
    public void A_mutated_file_gives_an_answer_or_a_diagnostic() => GenMutated.Sample(ReadAll, iter: 4_000);

    [Fact]
    public void Random_bytes_behind_the_magic_give_an_answer_or_a_diagnostic() =>
        Gen.Select(Gen.Byte[1, 2], Gen.Byte[1, 2], Gen.Byte.Array[0, 600])
            .Select((kind, order, rest) => (byte[])[0x7f, (byte)'E', (byte)'L', (byte)'F', kind, order, .. rest])
            .Sample(ReadAll, iter: 4_000);

    [Fact]
    public void Random_bytes_are_no_ELF_file() => Gen.Byte.Array[0, 200].Sample(bytes =>
        !ElfFile.TryRead(ElfSource.FromMemory("random", bytes), out _, out var diagnostics) && diagnostics.Length == 1, iter: 5_000);

    [Fact]
    public void Symbols_that_share_one_long_name_take_no_time_by_the_square_of_their_number()
    {
        var writer = new ElfWriter(ElfMachine.X86_64);
        int text = writer.AddSection(".text", ElfSectionType.ProgBits, ElfSectionFlags.Execute, new byte[8]);
        string name = new('x', 60_000);
        for (int i = 0; i < 5_000; i++)
            writer.AddSymbol(name, text, (ulong)i, 1, ElfSymbolType.Function);
        ElfFile file = ElfFile.Read("long", writer.ToArray());
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(5_000, file.FindFunctions("x*").Count());
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 5_000 * 400);
    }

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static byte[] Mutate(string fixture, (int At, ulong Value, int Width)[] changes, int cut)
    {
        byte[] bytes = Fixtures.Bytes(fixture);
        Span<byte> value = stackalloc byte[8];
        foreach ((int at, ulong number, int width) in changes)
        {
            BitConverter.TryWriteBytes(value, number);
            // Half of the changes go to the headers, where they do most.
            int range = at % 2 == 0 ? 1024 : bytes.Length;
            int place = (int)((uint)at / 2 % (uint)(Math.Min(range, bytes.Length) - width));
            value[..width].CopyTo(bytes.AsSpan(place));
        }
        return cut < 9 ? bytes : bytes[..(int)((uint)changes[0].At % (uint)bytes.Length)];
    }

    private static bool ReadAll(byte[] bytes)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        if (!ElfFile.TryRead(ElfSource.FromMemory("fuzzed", bytes), out ElfFile? file, out _))
            return true;
        Try(() => file.Sections.Sum(s => file.ReadSection(s).Length));
        Try(() => file.TryFindFunction("calls_all", out _));
        Try(() => file.TryFindSymbol("nothing", out _));
        Try(() => file.DynamicSymbols.Count(s => s.IsFunction));
        Try(() => file.Symbols.Count(s => s.Name.Length > 0));
        Try(() => file.FindFunctions("*one").Count());
        Try(() => file.SymbolTable.TryFind(0x14b0, out _, out _));
        Try(() => file.Notes.Count());
        Try(() => file.BuildId.Length);
        Try(() => file.TryGetDebugLink(out _, out _));
        Try(() => file.IsPositionIndependentExecutable);
        Try(() => file.Sections.Where(s => s.Type is ElfSectionType.Relocations or ElfSectionType.RelocationsWithAddend).Sum(s => file.ReadRelocations(s).Length));
        return GC.GetAllocatedBytesForCurrentThread() - before < 100_000 + bytes.Length * MemoryPerByte;
    }

    private static void Try<T>(Func<T> read)
    {
        try
        {
            read();
        }
        catch (DiagnosticException)
        {
        }
    }
}
