using System.Diagnostics;
using System.Globalization;
using Imker.Bytecode;
using Imker.Hosting;
using Imker.Linux;
using Imker.Objects;

namespace Imker.Bench.Scenarios;

/// <summary>What a record of a full ring and a lookup in a map cost from C#, beside libbpf and the bare system call in C, in turn.</summary>
internal static class KernelLibrary
{
    private const int Entries = 1024, Lookups = 1_000_000, Passes = 5;

    /// <summary>Builds the peer, which needs clang and libbpf-dev.</summary>
    public static string BuildPeer(string root)
    {
        string path = Path.Combine(root, "artifacts/bench/libbpf-peer");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Spawned.Start(["/usr/bin/cc", "-O2", "-o", path, Path.Combine(root, "bench/Imker.Bench/libbpf-peer.c"), "-lbpf"]).WaitForEnd();
        return path;
    }

    public static IEnumerable<Row> Ring(Setup setup)
    {
        string path = Path.Combine(setup.Root, "tests/corpus/objects/bench-ring.bpf.o");
        using LoadedObject loaded = ObjectLoader.Load(BpfObjectReader.Read(File.ReadAllBytes(path), "bench-ring"));
        using var ring = new RingBuffer(loaded.Maps["ring"]);
        long allocated = 0;
        (double libbpf, double own) = InTurn(setup, ["ring", path], () => Drain(loaded, ring, ref allocated));
        yield return new Row("a record of 24 bytes, draining a filled ring of 64 MiB", [Nanoseconds(libbpf, "0.00"), Nanoseconds(own, "0.00")]);
        yield return new Row("bytes allocated by that", [null, allocated.ToString(CultureInfo.InvariantCulture)]);
    }

    public static IEnumerable<Row> Lookup(Setup setup)
    {
        using KernelMap store = KernelMap.Create(new MapParameters(MapType.Hash, sizeof(uint), sizeof(ulong), Entries));
        var map = new BpfMap<uint, ulong>(store);
        for (uint key = 0; key < Entries; key++)
            map[key] = key;
        (double bare, double own) = InTurn(setup, ["lookup"], () => LookUp(map));
        yield return new Row("a lookup in a hash map", [Nanoseconds(bare, "0"), $"{Nanoseconds(own, "0")} ({((own / bare) - 1).ToString("+0.0 %;-0.0 %", CultureInfo.InvariantCulture)})"]);
    }

    // The quickest of all rounds: what else the machine did is no part of it.
    private static (double Peer, double Own) InTurn(Setup setup, string[] arguments, Func<double> own)
    {
        double peerBest = double.MaxValue, ownBest = double.MaxValue;
        for (int round = 0; round < setup.Rounds; round++)
        {
            Spawned peer = Spawned.Start([setup.Peers[0].Prefix[0], .. arguments], readOutput: true);
            using (var reader = new StreamReader(peer.Output!))
                peerBest = Math.Min(peerBest, double.Parse(reader.ReadToEnd(), CultureInfo.InvariantCulture));
            peer.WaitForEnd();
            for (int pass = 0; pass < Passes; pass++)
                ownBest = Math.Min(ownBest, own());
        }
        return (peerBest, ownBest);
    }

    private static double Drain(LoadedObject loaded, RingBuffer ring, ref long allocated)
    {
        loaded.Programs["fill"].Run(new TestRun());
        ulong count = 0, sum = 0;
        long before = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        foreach (ReadOnlySpan<byte> record in ring.Read())
        {
            sum += BitConverter.ToUInt64(record);
            count++;
        }
        double time = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
        allocated += GC.GetAllocatedBytesForCurrentThread() - before;
        if (count != loaded.ReadVariable<ulong>("written") || sum != count * (count - 1) / 2)
            throw new InvalidOperationException("the ring was not drained");
        return time / count;
    }

    private static double LookUp(BpfMap<uint, ulong> map)
    {
        ulong sum = 0;
        long start = Stopwatch.GetTimestamp();
        for (uint i = 0; i < Lookups; i++)
        {
            map.TryGetValue(i & (Entries - 1), out ulong value);
            sum += value;
        }
        double time = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
        return sum > 0 ? time / Lookups : double.MaxValue;
    }

    private static string Nanoseconds(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture) + " ns";
}
