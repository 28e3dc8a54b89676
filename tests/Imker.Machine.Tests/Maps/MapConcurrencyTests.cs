using System.Collections.Concurrent;
using Imker.Bytecode;
using Imker.Hosting;
using Imker.Objects;
using static Imker.Bytecode.Register;

namespace Imker.Machine.Tests;

/// <summary>Every map under several threads: nothing is lost, nothing is torn, nothing is found under the wrong key.</summary>
public sealed class MapConcurrencyTests
{
    private const int Threads = 4, Rounds = 20_000;

    [Theory]
    [InlineData(MapType.Hash)]
    [InlineData(MapType.LruHash)]
    [InlineData(MapType.LpmTrie)]
    public void A_reader_finds_a_key_s_own_value_or_none_while_others_write(MapType type)
    {
        MachineMap map = Create(type, keySize: 8, valueSize: 16, maxEntries: 32);
        InParallel(thread =>
        {
            var random = new Random(thread);
            for (int i = 0; i < Rounds; i++)
            {
                byte[] key = KeyOf(type, random.Next(48)), value = new byte[16];
                switch (random.Next(4))
                {
                    case 0:
                        key.CopyTo(value, 0);
                        key.CopyTo(value, 8);
                        TryWithRoom(() => map.TryUpdate(key, value));
                        break;
                    case 1:
                        map.TryDelete(key);
                        break;
                    default:
                        if (map.TryLookup(key, value))
                            Assert.Equal((Convert.ToHexString(key), Convert.ToHexString(key)), (Convert.ToHexString(value.AsSpan(0, 8)), Convert.ToHexString(value.AsSpan(8))));
                        break;
                }
            }
        });
    }

    [Fact]
    public void Programs_that_count_atomically_in_an_array_lose_nothing()
    {
        (MachineProgram program, MachineMap map) = Counter(MapType.Array, atomically: true);
        InParallel(_ => { for (int i = 0; i < Rounds; i++) Run.Of(program); });
        Assert.Equal((ulong)Threads * Rounds, Sum(map));
    }

    [Fact]
    public void Programs_that_count_in_their_cpu_s_value_lose_nothing()
    {
        (MachineProgram program, MachineMap map) = Counter(MapType.PerCpuArray, atomically: false);
        InParallel(_ => { for (int i = 0; i < Rounds; i++) Run.Of(program); });
        Assert.Equal((ulong)Threads * Rounds, Sum(map));
    }

    [Fact]
    public void Programs_that_count_in_their_cpu_s_value_of_a_hash_lose_nothing()
    {
        (MachineProgram program, MachineMap map) = Counter(MapType.PerCpuHash, atomically: false);
        map.TryUpdate(new byte[4], new byte[map.ValueBufferSize]);
        InParallel(_ => { for (int i = 0; i < Rounds; i++) Run.Of(program); });
        Assert.Equal((ulong)Threads * Rounds, Sum(map));
    }

    [Theory]
    [InlineData(MapType.Queue)]
    [InlineData(MapType.Stack)]
    public void What_is_pushed_is_popped_once(MapType type)
    {
        MachineMap map = Create(type, keySize: 0, valueSize: 8, maxEntries: 64);
        var popped = new ConcurrentBag<long>();
        InParallel(thread =>
        {
            byte[] value = new byte[8];
            for (int i = 0; i < Rounds; i++)
            {
                if (thread % 2 == 0)
                    while (!TryWithRoom(() => map.TryUpdate([], BitConverter.GetBytes((long)thread * Rounds + i)))) Thread.Yield();
                else
                {
                    while (!map.TryLookupAndDelete([], value)) Thread.Yield();
                    popped.Add(BitConverter.ToInt64(value));
                }
            }
        });
        Assert.Equal(Enumerable.Range(0, Threads / 2).SelectMany(t => Enumerable.Range(0, Rounds).Select(i => (long)t * 2 * Rounds + i)).Order(), popped.Order());
    }

    [Fact]
    public void A_bloom_filter_finds_all_that_every_thread_pushed()
    {
        MachineMap map = Create(MapType.BloomFilter, keySize: 0, valueSize: 8, maxEntries: Threads * Rounds);
        InParallel(thread => { for (int i = 0; i < Rounds; i++) map.TryUpdate([], BitConverter.GetBytes((long)thread * Rounds + i)); });
        for (long i = 0; i < Threads * Rounds; i++)
            Assert.True(map.TryLookup([], BitConverter.GetBytes(i)));
        Assert.InRange(Enumerable.Range(1, 1000).Count(i => map.TryLookup([], BitConverter.GetBytes(-(long)i))), 0, 100);
    }

    [Fact]
    public async Task A_ring_keeps_each_producer_s_records_whole_and_in_order()
    {
        var machine = new BpfMachine(new MachineOptions { Mode = ExecutionMode.Interpreted });
        using MachineInstance loaded = machine.Load(RingObject());
        MachineMap ring = loaded.Maps["ring"];
        long[] last = new long[Threads];
        int received = 0;
        void Receive() => ring.ReadRecords(record =>
        {
            long number = BitConverter.ToInt64(record);
            int thread = (int)(number >> 32);
            Assert.Equal(number, BitConverter.ToInt64(record[8..]));
            Assert.True((int)number > last[thread], $"record {(int)number} of thread {thread} came behind {last[thread]}");
            last[thread] = (int)number;
            received++;
        });
        Task sending = Task.Run(() => InParallel(thread =>
        {
            for (int i = 1; i <= Rounds; i++)
            {
                while ((long)Run.Of(loaded.Programs["send"], BitConverter.GetBytes((long)thread << 32 | (uint)i)) != 0)
                    Thread.Yield();
            }
        }));
        while (!sending.IsCompleted || ring.WaitForRecords(TimeSpan.Zero))
            Receive();
        await sending;
        Receive();
        Assert.Equal(Threads * Rounds, received);
    }

    [Fact]
    public void Programs_and_inner_maps_are_replaced_under_runs_that_use_them()
    {
        var machine = new BpfMachine(new MachineOptions { Mode = ExecutionMode.Interpreted });
        var shape = new MapSpec { Name = "inner", Type = MapType.Array, KeySize = 4, ValueSize = 8, MaxEntries = 1 };
        using MachineInstance loaded = machine.Load(new BpfObject
        {
            Name = "test",
            Maps = [new MapSpec { Name = "outer", Type = MapType.ArrayOfMaps, KeySize = 4, ValueSize = 4, MaxEntries = 1, InnerMap = shape }],
            Programs = [Spec("read",
                Instruction.StoreConstant(MemorySize.Word, R10, -4, 0),
                Instruction.LoadMap(R1, new MapReference("outer")), Instruction.Mov(R2, R10), Instruction.Alu(AluOperation.Add, R2, -4),
                Instruction.CallHelper(HelperId.MapLookupElem),
                Instruction.Mov(R1, R0), Instruction.Mov(R2, R10), Instruction.Alu(AluOperation.Add, R2, -4),
                Instruction.CallHelper(HelperId.MapLookupElem),
                Instruction.Load(MemorySize.DoubleWord, R0, R0, 0), Instruction.Exit)],
        });
        void Replace(long value)
        {
            MachineMap inner = machine.CreateMap(shape);
            inner.TryUpdate(new byte[4], BitConverter.GetBytes(value));
            loaded.Maps["outer"].SetMap(new byte[4], inner);
        }
        Replace(1000);
        InParallel(thread =>
        {
            for (int i = 0; i < 2000; i++)
            {
                if (thread == 0)
                    Replace(1000 + i);
                else
                    Assert.InRange(Run.Of(loaded.Programs["read"]), 1000UL, 3000UL);
                if (thread == 0 && i % 200 == 0)
                    GC.Collect();
            }
        });
    }

    private static (MachineProgram Program, MachineMap Map) Counter(MapType type, bool atomically)
    {
        var machine = new BpfMachine(new MachineOptions { Mode = ExecutionMode.Interpreted, CpuCount = 3 });
        Instruction[] count = atomically
            ? [Instruction.Mov(R1, 1), Instruction.Atomic(AtomicOperation.Add, MemorySize.DoubleWord, R0, 0, R1)]
            : [Instruction.Load(MemorySize.DoubleWord, R1, R0, 0), Instruction.Alu(AluOperation.Add, R1, 1), Instruction.Store(MemorySize.DoubleWord, R0, 0, R1)];
        MachineInstance loaded = machine.Load(new BpfObject
        {
            Name = "test",
            Maps = [new MapSpec { Name = "counts", Type = type, KeySize = 4, ValueSize = 8, MaxEntries = 1 }],
            Programs = [Spec("count",
            [
                Instruction.StoreConstant(MemorySize.Word, R10, -4, 0),
                Instruction.LoadMap(R1, new MapReference("counts")), Instruction.Mov(R2, R10), Instruction.Alu(AluOperation.Add, R2, -4),
                Instruction.CallHelper(HelperId.MapLookupElem), .. count, Instruction.Mov(R0, 0), Instruction.Exit,
            ])],
        });
        return (loaded.Programs["count"], loaded.Maps["counts"]);
    }

    private static BpfObject RingObject() => new()
    {
        Name = "test",
        Maps = [new MapSpec { Name = "ring", Type = MapType.RingBuffer, MaxEntries = 4096 }],
        Programs = [Spec("send",
            Instruction.Load(MemorySize.DoubleWord, R6, R1, 0),
            Instruction.LoadMap(R1, new MapReference("ring")), Instruction.Mov(R2, 16), Instruction.Mov(R3, 0),
            Instruction.CallHelper(HelperId.RingbufReserve),
            Instruction.JumpIf(JumpCondition.NotEqual, R0, 0, 2), Instruction.Mov(R0, 1), Instruction.Exit,
            Instruction.Store(MemorySize.DoubleWord, R0, 0, R6), Instruction.Store(MemorySize.DoubleWord, R0, 8, R6),
            Instruction.Mov(R1, R0), Instruction.Mov(R2, 0), Instruction.CallHelper(HelperId.RingbufSubmit),
            Instruction.Mov(R0, 0), Instruction.Exit)],
    };

    private static ProgramSpec Spec(string name, params Instruction[] instructions) => new()
    {
        Name = name, Type = ProgramType.Unspecified, Entry = new FunctionSpec { Name = name, Instructions = [.. instructions] },
    };

    private static MachineMap Create(MapType type, int keySize, int valueSize, uint maxEntries) => new BpfMachine().CreateMap(new MapSpec
    {
        Name = "test", Type = type, KeySize = keySize, ValueSize = valueSize, MaxEntries = maxEntries,
        Flags = type == MapType.LpmTrie ? MapFlags.NoPreallocation : MapFlags.None,
    });

    private static byte[] KeyOf(MapType type, int number) =>
        BitConverter.GetBytes(type == MapType.LpmTrie ? (long)number << 32 | 32 : number * 0x1_0000_0001L);

    private static bool TryWithRoom(Func<bool> update)
    {
        try
        {
            return update();
        }
        catch (MapOperationException)
        {
            return false;
        }
    }

    private static ulong Sum(MachineMap map)
    {
        byte[] value = new byte[map.ValueBufferSize];
        Assert.True(map.TryLookup(new byte[4], value));
        return value.Chunk(8).Aggregate(0UL, (sum, one) => sum + BitConverter.ToUInt64(one));
    }

    private static void InParallel(Action<int> body)
    {
        Thread[] threads = new Thread[Threads];
        var failures = new ConcurrentQueue<Exception>();
        for (int i = 0; i < Threads; i++)
        {
            int thread = i;
            threads[i] = new Thread(() =>
            {
                try
                {
                    body(thread);
                }
                catch (Exception e)
                {
                    failures.Enqueue(e);
                }
            });
            threads[i].Start();
        }
        Array.ForEach(threads, thread => thread.Join());
        if (!failures.IsEmpty)
            throw new AggregateException(failures);
    }
}
