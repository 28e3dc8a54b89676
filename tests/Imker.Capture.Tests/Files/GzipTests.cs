using System.IO.Compression;
using CsCheck;

namespace Imker.Capture.Tests.Files;

public sealed class GzipTests
{
    private static readonly byte[] pcap = new CaptureBytes(false).PcapHeader()
        .Record(1, 1, CaptureBytes.Packet(60, 1)).Record(2, 2, new byte[500]).Record(3, 3, CaptureBytes.Packet(100, 3)).ToArray();

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Fastest)]
    [InlineData(CompressionLevel.Optimal)]
    [InlineData(CompressionLevel.SmallestSize)]
    public void Whatever_is_packed_unpacks_to_the_same(CompressionLevel level) =>
        Gen.Select(Gen.Int[0, 400_000], Gen.Int[1, 256], Gen.Int[0, 1000]).Sample((length, values, seed) =>
        {
            byte[] bytes = new byte[length];
            var random = new Random(seed);
            for (int i = 0; i < length;)
            {
                if (i > 40_000 && random.Next(3) == 0)
                {
                    int count = Math.Min(length - i, random.Next(1000)), from = i - random.Next(1, 33_000);
                    for (int k = 0; k < count; k++, i++)
                        bytes[i] = bytes[from + k];
                }
                else
                {
                    // Rare values get long codes.
                    bytes[i++] = (byte)Math.Min(random.Next(values), random.Next(values * 4));
                }
            }
            using var unpacked = new MemoryStream();
            using (var gzip = new GzipUnpacker(new CaptureInput(new MemoryStream(Pack(bytes, level)), "test")))
                gzip.CopyTo(unpacked);
            Assert.True(unpacked.ToArray().AsSpan().SequenceEqual(bytes));
        }, iter: 40);

    [Fact]
    public void A_packed_file_is_read_as_what_it_unpacks_to()
    {
        byte[] packed = Pack(pcap, CompressionLevel.Optimal);
        List<ReadPacket> expected = ReadPacket.All(pcap).Packets;
        Assert.Equal(expected, ReadPacket.All(packed).Packets);
        byte[] parts = [.. Pack(pcap[..100], CompressionLevel.Fastest), .. Pack(pcap[100..], CompressionLevel.Optimal), 0, 0, 0];
        Assert.Equal(expected, ReadPacket.All(parts).Packets);
        Assert.Null(ReadPacket.All(parts).Error);
    }

    [Theory]
    [InlineData(new byte[] { 0 })]
    [InlineData(new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 })]
    [InlineData(new byte[] { (byte)'p', (byte)'a', (byte)'d' })]
    [InlineData(new byte[] { 0xff, 0xff })]
    [InlineData(new byte[] { 0x1f, 0, 0, 0 })]
    public void What_follows_the_packed_data_and_is_none_is_ignored(byte[] garbage)
    {
        (List<ReadPacket> packets, CaptureFileException? error) = ReadPacket.All([.. Pack(pcap, CompressionLevel.Optimal), .. garbage]);
        Assert.Equal(ReadPacket.All(pcap).Packets, packets);
        Assert.Null(error);
    }

    [Fact]
    public void Nothing_is_lost_before_a_cut_nor_made_up_behind_it()
    {
        byte[] bytes = new byte[100_000];
        new Random(7).NextBytes(bytes.AsSpan(0, 60_000));
        byte[] whole = Pack(bytes[..70_000], CompressionLevel.Optimal), packed = [.. whole, .. Pack(bytes[70_000..], CompressionLevel.Optimal)];
        for (int length = 100; length < packed.Length; length += length > whole.Length - 200 ? 1 : 997)
        {
            using var gzip = new GzipUnpacker(new CaptureInput(new MemoryStream(packed, 0, length), "test"));
            using var unpacked = new MemoryStream();
            if (length == whole.Length)
                gzip.CopyTo(unpacked);
            else
                Assert.Equal(CaptureDiagnosticId.Truncated, Assert.Throws<CaptureFileException>(() => gzip.CopyTo(unpacked)).Id);
            byte[] reference = Reference(packed, length);
            Assert.True(unpacked.ToArray().AsSpan().SequenceEqual(reference), $"{length} of {packed.Length}: {unpacked.Length} bytes, not {reference.Length}");
            Assert.True(bytes.AsSpan().StartsWith(reference));
        }
    }

    [Fact]
    public void A_packed_file_that_was_cut_or_damaged_is_told_from_one_that_ends()
    {
        byte[] packed = Pack(pcap, CompressionLevel.Optimal);
        List<ReadPacket> expected = ReadPacket.All(pcap).Packets;
        for (int length = 2; length < packed.Length; length++)
        {
            (List<ReadPacket> packets, CaptureFileException? error) = ReadPacket.All(packed[..length]);
            Assert.Equal(expected.Take(packets.Count), packets);
            Assert.Equal(("cannot read test.pcap: the file ends within its gzip data", CaptureDiagnosticId.Truncated), (error?.Message.Split(" (at")[0], error?.Id));
        }
        for (int i = 10; i < packed.Length; i++)
        {
            byte[] damaged = [.. packed];
            damaged[i] ^= 1;
            // Zeros may as well be copied from two bytes before as from one.
            (List<ReadPacket> packets, CaptureFileException? error) = ReadPacket.All(damaged);
            Assert.True(error is not null || packets.SequenceEqual(expected), $"byte {i} of {packed.Length}");
        }
    }

    [Fact]
    public void Random_damage_never_does_more_than_end_the_reading() =>
        Gen.Select(Gen.Enum<CompressionLevel>(), Gen.Int[10, 600].Select(Gen.Byte).Array[1, 12]).Sample((level, damages) =>
        {
            byte[] file = Pack(pcap, level);
            foreach ((int place, byte value) in damages)
                file[place % file.Length] = value;
            ReadPacket.All(file);
        }, iter: 20_000);

    // What the framework's decoder gives by itself. Where its switch is on, it gives that before it tells.
    private static byte[] Reference(byte[] packed, int length)
    {
        using var gzip = new GZipStream(new MemoryStream(packed, 0, length), CompressionMode.Decompress);
        byte[] unpacked = new byte[200_000];
        int count = 0;
        try
        {
            for (int read; (read = gzip.Read(unpacked, count, 1000)) > 0;)
                count += read;
        }
        catch (InvalidDataException)
        {
        }
        return unpacked[..count];
    }

    private static byte[] Pack(byte[] bytes, CompressionLevel level)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, level))
            gzip.Write(bytes);
        return packed.ToArray();
    }
}
