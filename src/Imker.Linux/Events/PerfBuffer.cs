using Imker.Bytecode;
using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>The reading end of a perf buffer (<c>BPF_MAP_TYPE_PERF_EVENT_ARRAY</c>): a ring for each CPU that is online.</summary>
public sealed class PerfBuffer : IDisposable
{
    /// <summary>Bytes of each CPU's ring unless others are asked for; what a process may lock without CAP_IPC_LOCK suffices for it.</summary>
    public const int DefaultCapacity = 64 << 10;

    private const ulong ConfigBpfOutput = 10, SampleRaw = 1 << 10;
    private const uint RecordLost = 2, RecordSample = 9;
    private const int LostCountOffset = 16, SampleSizeOffset = 8, SampleOffset = 12;

    private readonly List<(int Cpu, PerfRing Ring)> rings;

    private PerfBuffer(KernelMap map, List<(int Cpu, PerfRing Ring)> rings)
    {
        Map = map;
        this.rings = rings;
    }

    /// <summary>What a reader does with a record, which is valid during the call. It may end with up to seven bytes of padding.</summary>
    public delegate void RecordHandler(int cpu, ReadOnlySpan<byte> record);

    public KernelMap Map { get; }

    /// <summary>Records that found no room since this was opened.</summary>
    public ulong Lost { get; private set; }

    internal IEnumerable<Descriptor> Descriptors => rings.Select(r => r.Ring.Event);

    /// <param name="map">Of the type PERF_EVENT_ARRAY; it must stay open. Its entries are taken.</param>
    /// <param name="capacity">Bytes of each CPU's ring: a power of two and of pages.</param>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    public static PerfBuffer Open(KernelMap map, int capacity = DefaultCapacity)
    {
        ArgumentNullException.ThrowIfNull(map);
        if (map.Type != MapType.PerfEventArray)
            throw new ArgumentException($"map '{map.Name}' is no perf buffer but {map.Type}", nameof(map));
        var rings = new List<(int, PerfRing)>();
        var result = new PerfBuffer(map, rings);
        try
        {
            foreach (int cpu in Cpus.ReadOnline())
                rings.Add((cpu, OpenRing(map, cpu, capacity)));
            return result;
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    /// <summary>Hands over what is there, CPU by CPU.</summary>
    public void Read(RecordHandler read)
    {
        ArgumentNullException.ThrowIfNull(read);
        foreach ((int cpu, PerfRing ring) in rings)
        {
            ring.Read(record =>
            {
                uint type = BitConverter.ToUInt32(record);
                if (type == RecordLost && record.Length >= LostCountOffset + sizeof(ulong))
                    Lost += BitConverter.ToUInt64(record[LostCountOffset..]);
                else if (type == RecordSample && record.Length >= SampleOffset)
                    read(cpu, record.Slice(SampleOffset, Math.Min(BitConverter.ToInt32(record[SampleSizeOffset..]), record.Length - SampleOffset)));
            });
        }
    }

    public void Dispose()
    {
        foreach ((_, PerfRing ring) in rings)
            ring.Dispose();
    }

    private static PerfRing OpenRing(KernelMap map, int cpu, int capacity)
    {
        var attributes = new PerfEventAttributes
        {
            Type = PerfEventAttributes.TypeSoftware,
            Size = PerfEventAttributes.Length,
            Config = ConfigBpfOutput,
            SampleType = SampleRaw,
            SamplePeriodOrFrequency = 1,
            WakeupEventsOrWatermark = 1,
        };
        string doing = $"open the perf buffer of map '{map.Name}' on CPU {cpu}";
        PerfRing ring = PerfRing.TryOpen(attributes, cpu, capacity)
            ?? throw BpfException.ForPrivileged(doing, "perf_event_open", Libc.LastError, Capability.Perfmon);
        try
        {
            map.Update(BitConverter.GetBytes(cpu), ring.Event);
            ring.Enable(doing);
            return ring;
        }
        catch
        {
            ring.Dispose();
            throw;
        }
    }
}
