using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>
/// What processes map while this is held, told by the kernel as it happens: so that the addresses of a process that has ended
/// meanwhile still have names. Asks for CAP_PERFMON.
/// </summary>
public sealed class MappingLog : IDisposable
{
    private const int Capacity = 128 << 10;
    private const ulong ConfigDummy = 9;
    private const ulong SampleTime = 1 << 2;
    private const ulong FlagMmap = 1 << 8, FlagComm = 1 << 9, FlagTask = 1 << 13, FlagWatermark = 1 << 14, FlagSampleIdAll = 1 << 18,
        FlagMmap2 = 1 << 23, FlagCommExec = 1 << 24;

    private readonly IReadOnlyList<PerfRing> rings;
    private readonly MappingHistory history = new();

    private MappingLog(IReadOnlyList<PerfRing> rings) => this.rings = rings;

    /// <summary>Readable when some ring is half full.</summary>
    internal IEnumerable<Descriptor> Descriptors => rings.Select(r => r.Event);

    /// <summary>Null where the kernel refuses it.</summary>
    public static MappingLog? TryOpen()
    {
        var attributes = new PerfEventAttributes
        {
            Type = PerfEventAttributes.TypeSoftware,
            Size = PerfEventAttributes.Length,
            Config = ConfigDummy,
            SampleType = SampleTime,
            Flags = FlagMmap | FlagMmap2 | FlagComm | FlagCommExec | FlagTask | FlagWatermark | FlagSampleIdAll,
            WakeupEventsOrWatermark = Capacity / 2,
        };
        var rings = new List<PerfRing>();
        foreach (int cpu in Cpus.ReadOnline())
        {
            if (PerfRing.TryOpen(attributes, cpu, Capacity) is { } ring)
                rings.Add(ring);
        }
        return rings.Count > 0 ? new MappingLog(rings) : null;
    }

    /// <summary>Takes in what was told since.</summary>
    public void Drain()
    {
        foreach (PerfRing ring in rings)
            ring.Read(record => history.Apply(MappingRecord.Parse(record)));
    }

    /// <summary>The code of a process in the format of <c>/proc/PID/maps</c>, whether or not it has ended; null when nothing is known.</summary>
    public byte[]? ReadMaps(int processId)
    {
        if (ProcessFiles.ReadMaps(processId) is { Length: > 0 } text)
            return text;
        Drain();
        if (history.MapsOf(processId, out int parentId) is not { } own)
            return null;
        return parentId != 0 && ProcessFiles.ReadMaps(parentId) is { } inherited ? [.. inherited, .. own] : own;
    }

    public void Dispose()
    {
        foreach (PerfRing ring in rings)
            ring.Dispose();
    }
}
