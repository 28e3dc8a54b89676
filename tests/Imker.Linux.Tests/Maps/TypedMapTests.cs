using System.Net;
using Imker.Bytecode;
using Imker.Hosting;
using Imker.Linux.Tests.Hooks;
using Imker.Linux.Tests.Links;
using Imker.Objects;
using Imker.TestKit;

namespace Imker.Linux.Tests.Maps;

/// <summary>Each kind of map through its view.</summary>
[Collection(KernelEvents.OneAtATime)]
public sealed class TypedMapTests
{
    public TypedMapTests() => Machine.RequireRoot();

    [Fact]
    public void Entries_are_set_read_and_removed_in_batches_without_allocation()
    {
        using KernelMap store = KernelMap.Create(new MapParameters(MapType.Hash, 4, 8, 1000));
        var map = new BpfMap<uint, ulong>(store);
        uint[] keys = [.. Enumerable.Range(0, 500).Select(i => (uint)i)];
        ulong[] values = [.. keys.Select(key => key * 10UL)];
        Assert.Equal(500, map.SetBatch(keys, values));
        Assert.Equal(0, map.SetBatch(keys, values, UpdateMode.OnlyIfAbsent));
        var cursor = new MapCursor();
        uint[] readKeys = new uint[64];
        ulong[] readValues = new ulong[64];
        (int count, ulong sum) = ReadAll();
        Assert.Equal((500, values.Aggregate(0UL, (a, b) => a + b)), (count, sum));
        long before = GC.GetAllocatedBytesForCurrentThread();
        ReadAll();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(499, map.RemoveBatch([.. keys[..200], 9999, .. keys[201..]]));
        Assert.True(map.TryTake(200, out ulong last));
        Assert.Equal(2000UL, last);
        Assert.Equal((0, 0UL), ReadAll());

        (int, ulong) ReadAll()
        {
            cursor.Reset();
            int read, all = 0;
            ulong total = 0;
            while ((read = map.ReadBatch(cursor, readKeys, readValues)) > 0 || !cursor.IsAtEnd)
            {
                for (int i = 0; i < read; i++)
                    total += readValues[i];
                all += read;
            }
            return (all, total);
        }
    }

    [Fact]
    public void Batches_of_a_map_that_the_kernel_has_none_for_go_key_by_key()
    {
        using KernelMap store = KernelMap.Create(new MapParameters(MapType.LpmTrie, 8, 4, 16) { Flags = MapFlags.NoPreallocation });
        var map = new BpfMap<Ipv4Prefix, uint>(store);
        Assert.Equal(2, map.SetBatch([new(IPNetwork.Parse("10.0.0.0/8")), new(IPNetwork.Parse("10.1.0.0/16"))], [1, 2]));
        var keys = new Ipv4Prefix[8];
        uint[] values = new uint[8];
        var cursor = new MapCursor();
        int count = map.ReadBatch(cursor, keys, values);
        Assert.Equal(["10.0.0.0/8 1", "10.1.0.0/16 2"], Enumerable.Range(0, count).Select(i => $"{keys[i]} {values[i]}").Order());
        Assert.Equal(2, map.RemoveBatch(keys.AsSpan(0, count)));
    }

    [Fact]
    public void The_longest_prefix_is_found()
    {
        using KernelMap four = KernelMap.Create(new MapParameters(MapType.LpmTrie, 8, 4, 16) { Flags = MapFlags.NoPreallocation });
        var map = new BpfMap<Ipv4Prefix, uint>(four) { [new(IPNetwork.Parse("10.0.0.0/8"))] = 8, [new(IPNetwork.Parse("10.1.0.0/16"))] = 16 };
        Assert.Equal((8u, 16u), (map[new(IPAddress.Parse("10.9.9.9"))], map[new(IPAddress.Parse("10.1.9.9"))]));
        Assert.False(map.TryGetValue(new(IPAddress.Parse("11.0.0.1")), out _));
        using KernelMap six = KernelMap.Create(new MapParameters(MapType.LpmTrie, 20, 4, 16) { Flags = MapFlags.NoPreallocation });
        var other = new BpfMap<Ipv6Prefix, uint>(six) { [new(IPNetwork.Parse("2001:db8::/32"))] = 32 };
        Assert.Equal(32u, other[new(IPAddress.Parse("2001:db8::1"))]);
        Assert.Throws<ArgumentException>(() => new Ipv4Prefix(IPAddress.IPv6Loopback));
        Assert.Throws<ArgumentException>(() => new Ipv6Prefix(IPAddress.Loopback));
    }

    [Fact]
    public void Each_processor_has_a_value_also_of_an_odd_size()
    {
        using KernelMap store = KernelMap.Create(new MapParameters(MapType.PerCpuHash, 4, 4, 16));
        var map = new PerCpuMap<uint, uint>(store);
        Assert.Equal(Cpus.PossibleCount, map.CpuCount);
        uint[] values = [.. Enumerable.Range(0, map.CpuCount).Select(cpu => 100u + (uint)cpu)], read = new uint[map.CpuCount];
        Assert.True(map.TrySetValues(5, values, UpdateMode.OnlyIfAbsent));
        Assert.False(map.TrySetValues(5, values, UpdateMode.OnlyIfAbsent));
        Assert.True(map.TryGetValues(5, read));
        Assert.Equal(values, read);
        Assert.True(map.TryGetNextKey(null, out uint first));
        Assert.Equal(5u, first);
        Assert.False(map.TryGetNextKey(5, out _));
        Assert.True(map.Remove(5));
        Assert.False(map.TryGetValues(5, read));
    }

    [Fact]
    public void Queues_and_stacks_have_their_orders()
    {
        using KernelMap queueStore = KernelMap.Create(new MapParameters(MapType.Queue, 0, 4, 2)), stackStore = KernelMap.Create(new MapParameters(MapType.Stack, 0, 4, 2));
        BpfQueue<uint> queue = new(queueStore), stack = new(stackStore);
        foreach (BpfQueue<uint> each in (BpfQueue<uint>[])[queue, stack])
        {
            Assert.False(each.TryPop(out _));
            Assert.True(each.TryPush(1) && each.TryPush(2));
            Assert.False(each.TryPush(3));
        }
        Assert.True(queue.TryPeek(out uint next) && next == 1);
        Assert.True(queue.TryPop(out next) && next == 1);
        Assert.True(stack.TryPop(out next) && next == 2);
        queue.Push(4);
        queue.Push(5);
        Assert.True(queue.TryPop(out next) && next == 4);
        Assert.Throws<ArgumentException>(() => new BpfQueue<ulong>(queueStore));
    }

    [Fact]
    public void A_bloom_filter_knows_what_was_added()
    {
        KernelGate.Require("bloom_filter");
        using KernelMap store = KernelMap.Create(new MapParameters(MapType.BloomFilter, 0, 8, 1000));
        var filter = new BpfBloomFilter<ulong>(store);
        filter.Add(42);
        Assert.True(filter.MayContain(42));
        Assert.Contains(Enumerable.Range(1000, 50), value => !filter.MayContain((ulong)value));
    }

    [Fact]
    public void An_LRU_map_makes_room()
    {
        using KernelMap store = KernelMap.Create(new MapParameters(MapType.LruHash, 4, 8, 64));
        var map = new BpfMap<uint, ulong>(store);
        for (uint key = 0; key < 1000; key++)
            map[key] = key;
        int count = 0;
        foreach ((uint _, ulong _) in map)
            count++;
        Assert.InRange(count, 1, 64);
    }

    [Fact]
    public void A_map_of_maps_is_filled_and_read()
    {
        using LoadedObject loaded = HookTest.Load("map-inner-lookup");
        using KernelMap inner = KernelMap.Create(new MapParameters(MapType.Array, 4, 8, 1));
        loaded.Maps["outer"].Update(BitConverter.GetBytes(7), inner);
        new BpfMap<uint, ulong>(inner)[0] = 41;
        Assert.Equal(42u, loaded.Programs["add"].Run(new TestRun { Data = new byte[64] }).ReturnValue);
        using KernelMap opened = loaded.Maps["outer"].TryOpenInner(BitConverter.GetBytes(7))!;
        Assert.Equal((42UL, inner.GetInfo().Id), (new BpfMap<uint, ulong>(opened)[0], opened.GetInfo().Id));
        Assert.Null(loaded.Maps["outer"].TryOpenInner(BitConverter.GetBytes(8)));
    }

    [Fact]
    public void Histograms_add_the_processors_up()
    {
        using LoadedObject loaded = HookTest.Load("map-histogram");
        foreach (int length in (int[])[64, 64, 90, 1000])
            loaded.Programs["measure"].Run(new TestRun { Data = new byte[length + 14] });
        BpfHistogram log2 = BpfHistogram.Log2(loaded.Maps["sizes"]), linear = BpfHistogram.Linear(loaded.Maps["lengths"], from: 50, step: 10);
        ulong[] counts = new ulong[log2.BucketCount];
        log2.Read(counts);
        Assert.Equal([(64L, 3UL), (512L, 1UL)], counts.Index().Where(bucket => bucket.Item > 0).Select(bucket => (log2.LowestOf(bucket.Index)!.Value, bucket.Item)));
        ulong[] steps = new ulong[linear.BucketCount];
        linear.Read(steps);
        Assert.Equal([0UL, 0, 0, 2, 0, 2], steps);
        Assert.Equal((null, 50L, 90L), (linear.LowestOf(0), linear.LowestOf(1), linear.LowestOf(5)));
        log2.Clear();
        log2.Read(counts);
        Assert.DoesNotContain(counts, count => count > 0);
    }

    [Fact]
    public void A_stack_is_read_by_its_number()
    {
        using LoadedObject loaded = HookTest.Load("map-stack-trace");
        loaded.AttachAll();
        Getppid.CallTimes(1);
        loaded.Detach();
        Assert.Equal(1UL, loaded.Hits());
        ulong[] addresses = new ulong[127];
        Assert.True(loaded.Maps["stacks"].TryReadStack((uint)loaded.ReadVariable<long>("stack"), addresses, out int count));
        Assert.True(count > 0 && addresses[..count].All(address => address != 0));
    }

    [Fact]
    public void What_programs_keep_with_a_task_is_read_by_its_process()
    {
        KernelGate.Require(KernelFeature.CurrentTaskBtf);
        using LoadedObject loaded = HookTest.Load("map-task-storage");
        KernelMap calls = loaded.Maps["calls"];
        using System.Runtime.InteropServices.SafeHandle own = KernelMap.OpenOwner(Environment.ProcessId);
        Assert.False(calls.TryGetStored(own, out ulong _));
        calls.SetStored(own, 7UL);
        Assert.True(calls.TryGetStored(own, out ulong kept));
        Assert.Equal(7UL, kept);
        loaded.AttachAll();
        Getppid.CallTimes(3);
        loaded.Detach();
        Assert.Equal(3UL, loaded.Hits());
        Assert.True(calls.RemoveStored(own));
        Assert.False(calls.RemoveStored(own));
    }

    [Fact]
    public void What_programs_keep_with_a_socket_is_read_by_its_descriptor()
    {
        using var cgroup = new CgroupMembership();
        using LoadedObject loaded = HookTest.Load("map-socket-storage");
        loaded.AttachAll(new HookTargets { Cgroup = cgroup.Directory });
        (System.Net.Sockets.Socket client, System.Net.Sockets.Socket server) = HookTest.Connect();
        using (client)
        using (server)
        {
            client.Send([1]);
            Assert.True(loaded.Maps["sent"].TryGetStored(client.SafeHandle, out ulong packets));
            Assert.InRange(packets, 1UL, 100UL);
        }
        loaded.Detach();
    }

    [Fact]
    public void Records_of_user_space_are_drained_by_a_program()
    {
        KernelGate.Require("user_ring_buffer");
        using LoadedObject loaded = HookTest.Load("map-user-ring");
        using var ring = new UserRingBuffer(loaded.Maps["commands"]);
        Assert.True(ring.TryWrite(BitConverter.GetBytes(40UL)));
        Assert.True(ring.TryReserve(8, out Span<byte> dropped));
        BitConverter.TryWriteBytes(dropped, 1000UL);
        Assert.Throws<InvalidOperationException>(() => ring.TryReserve(8, out _));
        ring.Discard();
        Assert.True(ring.TryReserve(8, out Span<byte> record));
        BitConverter.TryWriteBytes(record, 2UL);
        ring.Submit();
        Assert.Throws<InvalidOperationException>(ring.Submit);
        Assert.Equal(2u, loaded.Programs["drain"].Run(new TestRun()).ReturnValue);
        Assert.Equal((42UL, 0), (loaded.ReadVariable<ulong>("sum"), ring.PendingBytes));
        int written = 0;
        while (ring.TryWrite(new byte[100]))
            written++;
        Assert.InRange(written, 30, 40);
        ring.Dispose();
        Assert.Throws<ObjectDisposedException>(() => ring.TryWrite([1]));
    }

    [Fact]
    public void The_pages_of_an_arena_lie_at_its_address_and_keep_what_is_written()
    {
        KernelGate.Require(KernelFeature.MayGoto);
        const ulong place = 1UL << 44;
        using KernelMap arena = KernelMap.Create(new MapParameters(MapType.Arena, 0, 0, 4) { Flags = MapFlags.MemoryMappable, Extra = place });
        using (MappedMemory pages = arena.MapArena())
        {
            Assert.Equal(place, (ulong)pages.Address);
            pages.Values<ulong>()[1000] = 42;
        }
        using MappedMemory again = arena.MapArena();
        Assert.Equal(42UL, again.Values<ulong>()[1000]);
    }

    [Fact]
    public void The_values_of_an_array_are_memory()
    {
        using KernelMap store = KernelMap.Create(new MapParameters(MapType.Array, 4, 8, 16) { Flags = MapFlags.MemoryMappable });
        using MappedMemory memory = store.MapValues(writable: true);
        memory.Values<ulong>()[3] = 33;
        Assert.Equal(33UL, new BpfMap<uint, ulong>(store)[3]);
    }

    [Fact]
    public async Task Records_of_a_ring_come_as_an_asynchronous_stream()
    {
        using LoadedObject loaded = ObjectLoader.Load(HookTest.Read("rings"));
        using var ring = new RingBuffer(loaded.Maps["ring"]);
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var records = new List<ulong>();
        Task sending = Task.Run(async () =>
        {
            for (int i = 0; i < 5; i++)
            {
                await Task.Delay(5);
                loaded.Programs["send"].Run(new TestRun { Data = new byte[64] });
            }
        });
        await foreach (ulong record in ring.ReadAllAsync<ulong>(end.Token))
        {
            records.Add(record);
            if (records.Count == 5)
                break;
        }
        await sending;
        Assert.Equal([42UL, 42, 42, 42, 42], records);
        end.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (ulong _ in ring.ReadAllAsync<ulong>(end.Token))
            {
            }
        });
    }

    [Fact]
    public void Handles_may_be_disposed_twice_and_refuse_use_after_that()
    {
        KernelMap map = KernelMap.Create(new MapParameters(MapType.Hash, 4, 8, 4));
        map.Dispose();
        map.Dispose();
        Assert.Throws<ObjectDisposedException>(() => map.TryLookup(new byte[4], new byte[8]));
        Assert.Throws<ObjectDisposedException>(() => map.ReadBatch(new MapCursor(), new byte[4], new byte[8]));
        LoadedObject loaded = HookTest.Load("hook-tc");
        loaded.Dispose();
        loaded.Dispose();
        Assert.Throws<ObjectDisposedException>(() => loaded.Programs["see"].GetInfo());
        Assert.Throws<ObjectDisposedException>(() => loaded.ReadVariable<ulong>("hits"));
    }

    [Fact]
    public void A_map_that_is_disposed_under_another_thread_ends_its_calls_cleanly()
    {
        for (int round = 0; round < 20; round++)
        {
            KernelMap map = KernelMap.Create(new MapParameters(MapType.Array, 4, 8, 4));
            using var started = new ManualResetEventSlim();
            Exception? seen = null;
            var reader = new Thread(() =>
            {
                byte[] key = new byte[4], value = new byte[8];
                started.Set();
                try
                {
                    while (true)
                        map.TryLookup(key, value);
                }
                catch (ObjectDisposedException e)
                {
                    seen = e;
                }
            });
            reader.Start();
            started.Wait();
            map.Dispose();
            reader.Join();
            Assert.NotNull(seen);
        }
    }
}
