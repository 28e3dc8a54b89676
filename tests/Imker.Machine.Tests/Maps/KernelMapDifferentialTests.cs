using Imker.Bytecode;
using Imker.Hosting;
using Imker.Linux;
using Imker.Objects;

namespace Imker.Machine.Tests;

/// <summary>The same operations on a map of the kernel and on one of the machine: the same results, the same errors.</summary>
public sealed class KernelMapDifferentialTests
{
    private const int Operations = 3_000;

    /// <summary>Where keys come from so few that most operations meet one that is there.</summary>
    public static TheoryData<MapType, int, int, uint, MapFlags> Shapes => new()
    {
        { MapType.Hash, 4, 8, 16, MapFlags.None },
        { MapType.Hash, 4, 8, 16, MapFlags.NoPreallocation },
        { MapType.Hash, 13, 3, 5, MapFlags.None },
        { MapType.Hash, 8, 100, 1, MapFlags.None },
        { MapType.Array, 4, 8, 16, MapFlags.None },
        { MapType.Array, 4, 5, 3, MapFlags.None },
        { MapType.PerCpuArray, 4, 12, 4, MapFlags.None },
        { MapType.PerCpuHash, 4, 12, 6, MapFlags.None },
        { MapType.LpmTrie, 8, 8, 24, MapFlags.NoPreallocation },
        { MapType.LpmTrie, 5, 4, 7, MapFlags.NoPreallocation },
        { MapType.Queue, 0, 8, 4, MapFlags.None },
        { MapType.Stack, 0, 6, 4, MapFlags.None },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_map_answers_as_the_kernel_s_does(MapType type, int keySize, int valueSize, uint maxEntries, MapFlags flags)
    {
        using KernelMap theirs = KernelMap.Create(new MapParameters(type, keySize, valueSize, maxEntries) { Name = "differential", Flags = flags });
        MachineMap ours = new BpfMachine(new MachineOptions { CpuCount = Cpus.PossibleCount }).CreateMap(
            new MapSpec { Name = "differential", Type = type, KeySize = keySize, ValueSize = valueSize, MaxEntries = maxEntries, Flags = flags });
        Assert.Equal(theirs.ValueBufferSize, ours.ValueBufferSize);
        var random = new Random(keySize * 1000 + valueSize);
        var log = new List<string>();
        for (int i = 0; i < Operations; i++)
        {
            byte[] key = Key(random, type, keySize, maxEntries), value = Value(random, theirs);
            int operation = random.Next(6);
            var mode = (UpdateMode)random.Next(4);
            string expected = Apply(theirs, operation, key, value, mode), actual = Apply(ours, operation, key, value, mode);
            log.Add($"{operation} {Convert.ToHexString(key)} {Convert.ToHexString(value)} {mode}: {expected}");
            Assert.True(expected == actual, $"operation {i}: {actual} instead of\n{string.Join('\n', log.TakeLast(20))}");
        }
    }

    [Theory]
    [InlineData(MapType.Hash)]
    [InlineData(MapType.LpmTrie)]
    [InlineData(MapType.PerCpuHash)]
    public void A_walk_comes_by_every_key_once(MapType type)
    {
        MachineMap map = new BpfMachine().CreateMap(new MapSpec
        {
            Name = "walk", Type = type, KeySize = 8, ValueSize = 8, MaxEntries = 300, Flags = type == MapType.LpmTrie ? MapFlags.NoPreallocation : MapFlags.None,
        });
        var random = new Random(5);
        HashSet<string> expected = [];
        for (int i = 0; i < 300; i++)
        {
            byte[] key = Key(random, type, 8, 1_000_000);
            map.TryUpdate(key, new byte[map.ValueBufferSize]);
            expected.Add(Convert.ToHexString(key));
        }
        List<string> walked = [];
        byte[] at = new byte[8];
        for (bool more = map.TryGetNextKey([], at); more; more = map.TryGetNextKey(at, at))
            walked.Add(Convert.ToHexString(at));
        Assert.Equal(expected.Order(), walked.Order());
    }

    private static string Apply(MapStore map, int operation, byte[] key, byte[] value, UpdateMode mode)
    {
        try
        {
            byte[] output = new byte[map.ValueBufferSize];
            switch (operation)
            {
                case 0 or 1:
                    return $"updated {map.TryUpdate(key, value, mode)}";
                case 2:
                    return map.TryLookup(key, output) ? "found " + Shown(map, output) : "absent";
                case 3:
                    return $"deleted {map.TryDelete(key)}";
                case 4:
                    bool taken = map is KernelMap kernel ? kernel.TryLookupAndDelete(key, output) : ((MachineMap)map).TryLookupAndDelete(key, output);
                    return taken ? "took " + Shown(map, output) : "nothing to take";
                default:
                    byte[] next = new byte[map.KeySize];
                    // The order of a hash is its own affair; that there is one is not.
                    bool isUnordered = map.Type is MapType.Hash or MapType.PerCpuHash;
                    return !map.TryGetNextKey(isUnordered ? [] : key, next) ? "no next" : isUnordered ? "a next" : "next " + Shown(map.Type, next);
            }
        }
        catch (BpfException e)
        {
            return $"errno {e.Error.Value}";
        }
        catch (MapOperationException e)
        {
            return $"errno {e.Error}";
        }
    }

    // What lies between the values of two CPUs is nobody's.
    private static string Shown(MapStore map, byte[] value) => map.ValueBufferSize == map.ValueSize ? Convert.ToHexString(value)
        : string.Join(' ', value.Chunk(map.AlignedValueSize).Select(chunk => Convert.ToHexString(chunk.AsSpan(0, map.ValueSize))));

    // So are the bits behind a prefix.
    private static string Shown(MapType type, byte[] key)
    {
        if (type != MapType.LpmTrie)
            return Convert.ToHexString(key);
        int length = BitConverter.ToInt32(key);
        return $"{length} " + string.Concat(Enumerable.Range(0, length).Select(bit => key[4 + bit / 8] >> (7 - bit % 8) & 1));
    }

    private static byte[] Key(Random random, MapType type, int size, uint maxEntries)
    {
        byte[] key = new byte[size];
        if (type == MapType.LpmTrie)
        {
            random.NextBytes(key.AsSpan(4));
            if (maxEntries < 1000)
            {
                for (int i = 4; i < size; i++)
                    key[i] &= 0x81;
            }
            int bits = (size - 4) * 8;
            BitConverter.TryWriteBytes(key, maxEntries < 1000 ? random.Next(bits + 2) : bits);
        }
        else if (size >= 4)
            BitConverter.TryWriteBytes(key, random.Next((int)Math.Min(maxEntries * 2, int.MaxValue)));
        return key;
    }

    private static byte[] Value(Random random, MapStore map)
    {
        byte[] value = new byte[map.ValueBufferSize];
        random.NextBytes(value);
        return value;
    }
}
