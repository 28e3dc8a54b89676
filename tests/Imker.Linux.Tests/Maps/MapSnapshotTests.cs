using Imker.Bytecode;

namespace Imker.Linux.Tests.Maps;

public sealed class MapSnapshotTests
{
    [Theory]
    [InlineData(MapType.Hash)]
    [InlineData(MapType.LruHash)]
    [InlineData(MapType.Array)]
    [InlineData(MapType.PerCpuHash)]
    [InlineData(MapType.PerCpuArray)]
    [InlineData(MapType.HashOfMaps)]
    public void A_snapshot_holds_every_entry_with_its_value(MapType type)
    {
        const uint Count = 1000;
        using KernelMap inner = Assemble.NewArray();
        using KernelMap map = KernelMap.Create(
            new MapParameters(type, 4, type == MapType.HashOfMaps ? 4 : 8, type == MapType.LruHash ? 4 * Count : Count)
            {
                Name = "many", InnerMap = type == MapType.HashOfMaps ? inner : null,
            });
        byte[] value = new byte[map.ValueBufferSize];
        for (uint i = 0; i < Count; i++)
        {
            for (int offset = 0; type != MapType.HashOfMaps && offset < value.Length; offset += 8)
                BitConverter.TryWriteBytes(value.AsSpan(offset), i * 3UL);
            if (type == MapType.HashOfMaps)
                map.Update(KernelMapTests.Key(i), inner);
            else
                map.Update(KernelMapTests.Key(i), value);
        }
        MapSnapshot snapshot = map.TakeSnapshot();
        Assert.Equal(Count, (uint)snapshot.Count);
        uint innerId = inner.GetInfo().Id;
        var keys = new HashSet<uint>();
        for (int i = 0; i < snapshot.Count; i++)
        {
            uint key = BitConverter.ToUInt32(snapshot.Key(i));
            keys.Add(key);
            if (type == MapType.HashOfMaps)
                Assert.Equal(innerId, BitConverter.ToUInt32(snapshot.Value(i)));
            else
                Assert.Equal(key * 3UL, BitConverter.ToUInt64(snapshot.Value(i)[^8..]));
        }
        Assert.Equal(Count, (uint)keys.Count);
    }

    [Fact]
    public void Taking_all_leaves_an_empty_map()
    {
        using KernelMap map = KernelMapTests.NewHash(5000);
        for (uint i = 0; i < 5000; i++)
            map.Update(KernelMapTests.Key(i), KernelMapTests.Value(i));
        Assert.Equal(5000, map.TakeAll().Count);
        Assert.Equal(0, map.TakeSnapshot().Count);
    }

    [Fact]
    public void A_snapshot_of_an_empty_map_is_empty()
    {
        using KernelMap map = KernelMapTests.NewHash(1);
        Assert.Equal(0, map.TakeSnapshot().Count);
    }
}
