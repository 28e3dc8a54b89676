using CsCheck;
using System.Collections.Immutable;
using Imker.Diagnostics;

namespace Imker.Btf.Tests;

public sealed class BtfFuzzTests
{
    private const int MemoryPerByte = 300;
    private static readonly byte[][] Inputs = [Fixtures.Bytes("types.el.btf"), Fixtures.Bytes("types.eb.btf")];
    private static readonly byte[][] ExtInputs = [Fixtures.Bytes("types.el.btf.ext"), Fixtures.Bytes("types.eb.btf.ext")];

    private static readonly Gen<(int At, uint Value, int Width)[]> GenChanges = Gen.Select(Gen.Int, GenValue, Gen.Int[1, 4]).Array[1, 6];

    // What breaks readers: ends of ranges, and what is just beyond; type ids and string offsets are small.
    private static Gen<uint> GenValue => Gen.OneOf(OneOf(0u, 1u, 0x7fu, 0xffffu, 0x7fff_ffffu, uint.MaxValue, uint.MaxValue - 7), Gen.UInt, Gen.UInt[0, 90]);

    [Fact]
    public void Mutated_types_are_read_whole_or_give_a_diagnostic() =>
        Gen.Select(OneOf(Inputs), GenChanges, Gen.Int[0, 20]).Select(Mutate).Sample(ReadAll, iter: 4_000);

    [Fact]
    public void Random_words_behind_the_header_are_read_whole_or_give_a_diagnostic() =>
        GenWords.Sample(ReadAll, iter: 4_000);

    [Fact]
    public void Mutated_records_are_read_whole_or_give_a_diagnostic() =>
        Gen.Select(OneOf(ExtInputs), GenChanges, Gen.Int[0, 20]).Select(Mutate).Sample(bytes =>
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            BtfExt.TryRead("fuzzed", bytes, Fixtures.Types, out _, out _);
            return GC.GetAllocatedBytesForCurrentThread() - before < 20_000 + bytes.Length * MemoryPerByte;
        }, iter: 4_000);

    [Fact]
    public void A_hundred_thousand_types_of_one_name_are_indexed_at_once()
    {
        var builder = new BtfBuilder();
        uint number = builder.AddInt("int", 4);
        for (uint size = 0; size < 100_000; size++)
            builder.AddStruct("same", size + 4, new BtfMemberSpec("m", number, 0));
        BtfFile file = builder.Build("same");
        Assert.Equal(100_000, file.FindAll(BtfKind.Struct, "same").Count());
        Assert.Equal(3u, file.Find(BtfKind.Struct, "same").Id + 1);
    }

    [Fact]
    public void Anonymous_structs_nested_in_each_other_a_thousand_times_are_searched_in_time()
    {
        var builder = new BtfBuilder();
        uint inner = builder.AddStruct("", 4, new BtfMemberSpec("found", builder.AddInt("int", 4), 0));
        for (int depth = 0; depth < 30; depth++)
            inner = builder.AddStruct("", 8, new BtfMemberSpec("", inner, 0), new BtfMemberSpec("", inner, 32));
        BtfFile file = builder.Build("nested");
        Assert.True(file.TryFindMember(file[inner], "found", out _));
        Assert.False(file.TryFindMember(file[inner], "missing", out _));
        Assert.Equal(["found"], file.MemberNamesOf(file[inner]));
        Assert.Throws<DiagnosticException>(() => BtfCPrinter.Definition(file[inner]));
    }

    // A header that fits, words that are types now and then, and a few strings.
    private static Gen<byte[]> GenWords => Gen.OneOf(
        Gen.UInt[0, 12], Gen.Select(Gen.UInt[0, 20], Gen.UInt[0, 3]).Select((kind, count) => kind << 24 | count), Gen.UInt).Array[0, 60].Select(words =>
        {
            byte[] bytes = new byte[24 + 4 * words.Length + 8];
            uint size = 4 * (uint)words.Length;
            uint[] header = [0x0001_eb9f, 24, 0, size, size, 8];
            Buffer.BlockCopy((uint[])[.. header, .. words], 0, bytes, 0, 24 + (int)size);
            "\0ab\0cde\0"u8.CopyTo(bytes.AsSpan(24 + (int)size));
            return bytes;
        });

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static byte[] Mutate(byte[] original, (int At, uint Value, int Width)[] changes, int cut)
    {
        byte[] bytes = [.. original];
        foreach ((int at, uint value, int width) in changes)
        {
            // Words mostly, and at any byte now and then.
            int place = (int)((uint)at % (uint)(bytes.Length - 4)) & (at % 4 == 0 ? ~0 : ~3);
            BitConverter.GetBytes(value).AsSpan(0, width).CopyTo(bytes.AsSpan(place));
        }
        return cut < 19 ? bytes : bytes[..(int)((uint)changes[0].At % (uint)bytes.Length)];
    }

    private static bool ReadAll(byte[] bytes)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        if (!BtfFile.TryRead("fuzzed", bytes, null, out BtfFile? file, out ImmutableArray<Diagnostic> diagnostics))
            return diagnostics.Length == 1;
        int listed = BtfListing.Format(file).Length;
        foreach (BtfType type in file.OwnTypes)
        {
            file.TryGetSize(type, out _);
            file.TryFindMember(type, "port", out _);
            file.TryFindField(type, "flags[1].high", out _, out _);
            // A name that is no UTF-8 cannot be asked for.
            if (type.Name.Length > 0 && !type.Name.Contains('\ufffd'))
                Assert.Contains(type, file.FindAll(type.Kind, type.Name));
        }
        file.TryFindEnumerator("GREEN", out _);
        return GC.GetAllocatedBytesForCurrentThread() - before < 1_000_000 + (bytes.Length + 10 * listed) * MemoryPerByte && PrintAll(file);
    }

    // Types without a name are written wherever they are used: the text of a small broken file may be large, but not without limit.
    private static bool PrintAll(BtfFile file)
    {
        const long enough = 100_000_000;
        foreach (BtfType type in file.OwnTypes)
        {
            if (AllocatedBy(() => BtfCPrinter.Definition(type)) > enough)
                return false;
        }
        return AllocatedBy(() => HeaderOf(file)) < enough;
    }

    private static long AllocatedBy(Func<string> print)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            print();
        }
        catch (DiagnosticException)
        {
        }
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static string HeaderOf(BtfFile file)
    {
        var text = new StringWriter();
        BtfCPrinter.WriteHeader(file, text);
        return text.ToString();
    }
}
