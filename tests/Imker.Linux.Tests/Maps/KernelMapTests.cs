using Imker.Bytecode;
using Imker.Hosting;
using Imker.Objects;
using Imker.TestKit;

namespace Imker.Linux.Tests.Maps;

public sealed class KernelMapTests
{
    [Fact]
    public void What_is_put_in_comes_out_until_it_is_deleted()
    {
        using KernelMap map = NewHash(4);
        Assert.False(map.TryLookup(Key(7), new byte[8]));
        map.Update(Key(7), Value(700));
        Assert.Equal(700UL, Lookup(map, 7));
        Assert.True(map.TryDelete(Key(7)));
        Assert.False(map.TryDelete(Key(7)));
        Assert.False(map.TryLookup(Key(7), new byte[8]));
    }

    [Fact]
    public void An_update_with_a_condition_says_whether_it_happened()
    {
        using KernelMap map = NewHash(4);
        Assert.False(map.TryUpdate(Key(1), Value(1), UpdateMode.OnlyIfPresent));
        Assert.True(map.TryUpdate(Key(1), Value(2), UpdateMode.OnlyIfAbsent));
        Assert.False(map.TryUpdate(Key(1), Value(3), UpdateMode.OnlyIfAbsent));
        Assert.True(map.TryUpdate(Key(1), Value(4), UpdateMode.OnlyIfPresent));
        Assert.Equal(4UL, Lookup(map, 1));
    }

    [Fact]
    public void A_full_map_says_so()
    {
        using KernelMap map = NewHash(1);
        map.Update(Key(1), Value(1));
        BpfException e = Assert.Throws<BpfException>(() => map.Update(Key(2), Value(2)));
        Assert.Equal(Errno.TooBig, e.Error);
        Assert.Equal(
            "cannot update map 'numbers': argument list too long (BPF_MAP_UPDATE_ELEM: E2BIG); it is full with 1 entries", e.Message);
    }

    [Fact]
    public void Looking_up_and_deleting_is_one_step()
    {
        KernelGate.Require(KernelFeature.HashLookupAndDelete);
        using KernelMap map = NewHash(4);
        map.Update(Key(3), Value(33));
        byte[] value = new byte[8];
        Assert.True(map.TryLookupAndDelete(Key(3), value));
        Assert.Equal(33UL, BitConverter.ToUInt64(value));
        Assert.False(map.TryLookupAndDelete(Key(3), value));
    }

    [Fact]
    public void Walking_by_keys_visits_every_key_once()
    {
        using KernelMap map = NewHash(100);
        for (uint i = 0; i < 100; i++)
            map.Update(Key(i), Value(i));
        var seen = new HashSet<uint>();
        byte[] key = new byte[4];
        for (bool more = map.TryGetNextKey([], key); more; more = map.TryGetNextKey(key, key))
            Assert.True(seen.Add(BitConverter.ToUInt32(key)));
        Assert.Equal(100, seen.Count);
    }

    [Fact]
    public void A_map_with_values_for_each_CPU_has_room_for_all_possible_CPUs()
    {
        using KernelMap map = KernelMap.Create(new MapParameters(MapType.PerCpuArray, 4, 12, 1) { Name = "percpu" });
        Assert.Equal(16 * Cpus.PossibleCount, map.ValueBufferSize);
        byte[] written = new byte[map.ValueBufferSize], read = new byte[map.ValueBufferSize];
        for (int cpu = 0; cpu < Cpus.PossibleCount; cpu++)
            written.AsSpan(cpu * map.AlignedValueSize, 12).Fill((byte)(cpu + 1));
        map.Update(Key(0), written);
        Assert.True(map.TryLookup(Key(0), read));
        Assert.Equal(written, read);
    }

    [Fact]
    public void A_frozen_map_refuses_to_be_written()
    {
        using KernelMap map = Assemble.NewArray();
        map.Update(Key(0), Value(5));
        map.Freeze();
        Assert.Equal(Errno.NotPermitted, Assert.Throws<BpfException>(() => map.Update(Key(0), Value(6))).Error);
        Assert.Equal(5UL, Lookup(map, 0));
    }

    [Fact]
    public void A_mapped_array_and_its_elements_are_the_same_memory()
    {
        using KernelMap map = Assemble.NewArray(entries: 3, valueSize: 8, MapFlags.MemoryMappable);
        using MappedMemory memory = map.MapValues(writable: true);
        BitConverter.TryWriteBytes(memory.WritableBytes[8..], 99UL);
        Assert.Equal(99UL, Lookup(map, 1));
        map.Update(Key(2), Value(77));
        Assert.Equal(77UL, BitConverter.ToUInt64(memory.Bytes[16..]));
    }

    [Fact]
    public void An_array_not_made_for_it_cannot_be_mapped()
    {
        using KernelMap map = Assemble.NewArray();
        BpfException e = Assert.Throws<BpfException>(() => map.MapValues(writable: false));
        Assert.EndsWith("only arrays made with BPF_F_MMAPABLE can be", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_map_of_maps_takes_maps_of_the_inner_shape()
    {
        using KernelMap first = Assemble.NewArray(), second = Assemble.NewArray(), other = Assemble.NewArray(entries: 1, valueSize: 4);
        using KernelMap outer = KernelMap.Create(
            new MapParameters(MapType.HashOfMaps, 4, 4, 4) { Name = "outer", InnerMap = first });
        outer.Update(Key(9), second);
        Assert.Equal(Errno.Invalid, Assert.Throws<BpfException>(() => outer.Update(Key(10), other)).Error);
        byte[] id = new byte[4];
        Assert.True(outer.TryLookup(Key(9), id));
        Assert.Equal(second.GetInfo().Id, BitConverter.ToUInt32(id));
    }

    [Fact]
    public void The_kernel_knows_the_map_as_it_was_asked_for()
    {
        using KernelMap map = KernelMap.Create(
            new MapParameters(MapType.Hash, 4, 8, 10) { Name = "a name-too long for it", Flags = MapFlags.NoPreallocation });
        MapInfo info = map.GetInfo();
        Assert.Equal("a_name_too_long", info.Name);
        Assert.Equal((MapType.Hash, 4, 8, 10u), (info.Type, info.KeySize, info.ValueSize, info.MaxEntries));
        Assert.True(info.Flags.HasFlag(MapFlags.NoPreallocation));
    }

    [Fact]
    public void An_impossible_map_is_refused_with_its_shape_in_the_message()
    {
        BpfException e = Assert.Throws<BpfException>(
            () => KernelMap.Create(new MapParameters(MapType.Hash, 0, 8, 10) { Name = "nokey" }));
        Assert.Equal(
            "cannot create map 'nokey' (Hash, 0 to 8 bytes, 10 entries): invalid argument (BPF_MAP_CREATE: EINVAL)", e.Message);
    }

    [Fact]
    public void Wrong_lengths_are_the_caller_s_bug()
    {
        using KernelMap map = NewHash(4);
        Assert.Throws<ArgumentOutOfRangeException>(() => map.TryLookup(new byte[3], new byte[8]));
        Assert.Throws<ArgumentOutOfRangeException>(() => map.TryLookup(new byte[4], new byte[7]));
        Assert.Throws<ArgumentOutOfRangeException>(() => map.Update(new byte[4], new byte[9]));
    }

    [Fact]
    public void Reading_and_writing_allocate_nothing()
    {
        using KernelMap map = NewHash(4);
        byte[] key = Key(1), value = Value(1);
        for (int i = 0; i < 100; i++)
            UseOnce();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            UseOnce();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void UseOnce()
        {
            map.Update(key, value);
            map.TryLookup(key, value);
            map.TryDelete(key);
            map.TryLookup(key, value);
        }
    }

    [Fact]
    public void A_closed_map_says_that_it_is_closed()
    {
        KernelMap map = NewHash(4);
        map.Dispose();
        Assert.Throws<ObjectDisposedException>(() => map.TryDelete(Key(1)));
    }

    internal static KernelMap NewHash(uint entries) =>
        KernelMap.Create(new MapParameters(MapType.Hash, sizeof(uint), sizeof(ulong), entries) { Name = "numbers" });

    internal static byte[] Key(uint key) => BitConverter.GetBytes(key);

    internal static byte[] Value(ulong value) => BitConverter.GetBytes(value);

    private static ulong Lookup(KernelMap map, uint key)
    {
        byte[] value = new byte[8];
        Assert.True(map.TryLookup(Key(key), value));
        return BitConverter.ToUInt64(value);
    }
}
