using System.Buffers.Binary;
using System.Globalization;

namespace Imker.Bench.Scenarios;

/// <summary>A file of a gigabyte in the page cache through a filter: to a file that goes nowhere, and counted.</summary>
internal static class CaptureFileRead
{
    private const string Filter = "tcp port 443 and host 10.0.0.1";
    private const long FileSize = 1_000_000_000;
    private const int DifferentPackets = 20_000;

    private static readonly int[] ports = [22, 53, 80, 443];

    public static IEnumerable<Row> Run(Setup setup)
    {
        foreach (int size in (int[])[64, 1400])
        {
            string path = Path.Combine(Path.GetTempPath(), $"imker-bench-{size}.pcap");
            try
            {
                long count = WriteFile(path, size);
                foreach ((string what, string[] arguments) in ((string, string[])[])[("-w /dev/null", ["-w", "/dev/null"]), ("--count", ["--count"])])
                {
                    var runs = Statistics.InTurn(setup.Peers, setup.Rounds, peer =>
                        Spawned.Start([.. peer.Prefix, "-r", path, .. arguments, Filter]).WaitForEnd() is { Status: 0 } usage ? usage : null);
                    string figure = string.Create(CultureInfo.InvariantCulture, $"1 GB of {size}-byte packets, `{what}`");
                    yield return Row.Of($"{figure}: packets a second", runs, u => count / u.Wall.TotalSeconds / 1e6, " million", "0.0");
                    yield return Row.Of($"{figure}: CPU", runs, u => u.Cpu.TotalMilliseconds, " ms");
                }
            }
            finally
            {
                File.Delete(path);
            }
        }
    }

    // The same packets again and again, of flows of which some pass; and read once, so that it is in memory.
    private static long WriteFile(string path, int size)
    {
        byte[] piece = new byte[DifferentPackets * (16 + size)];
        var random = new Random(1);
        for (int i = 0; i < DifferentPackets; i++)
            WriteRecord(piece.AsSpan(i * (16 + size), 16 + size), i, random);
        long count = 0;
        using FileStream file = File.Create(path);
        Span<byte> header = stackalloc byte[24];
        WriteAll(header, 0xa1b2c3d4, 0x00040002, 0, 0, 262144, 1);
        file.Write(header);
        for (; file.Position < FileSize; count += DifferentPackets)
            file.Write(piece);
        return count;
    }

    private static void WriteRecord(Span<byte> record, int index, Random random)
    {
        int size = record.Length - 16;
        WriteAll(record, 1_700_000_000 + (uint)index / 1000, (uint)index % 1000 * 1000, (uint)size, (uint)size);
        Span<byte> ip = record[30..];
        byte[] ethernet = [2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 8, 0];
        ethernet.CopyTo(record[16..]);
        bool isTcp = random.Next(4) > 0;
        byte[] header = [0x45, 0, (byte)((size - 14) >> 8), (byte)(size - 14), 0, 0, 0x40, 0, 64, (byte)(isTcp ? 6 : 17), 0, 0,
            10, 0, 0, (byte)random.Next(1, 9), 10, 0, (byte)random.Next(4), (byte)random.Next(1, 251)];
        header.CopyTo(ip);
        BinaryPrimitives.WriteUInt16BigEndian(ip[20..], Port(random));
        BinaryPrimitives.WriteUInt16BigEndian(ip[22..], Port(random));
        if (isTcp)
            ip[32] = 0x50;
    }

    private static ushort Port(Random random) => (ushort)(random.Next(5) is < 4 and var i ? ports[i] : random.Next(1024, 65536));

    private static void WriteAll(Span<byte> target, params ReadOnlySpan<uint> values)
    {
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(target[(i * 4)..], values[i]);
    }
}
