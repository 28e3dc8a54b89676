using Imker.Bytecode;
using Imker.Linux;
using Imker.Rendering;

namespace Imker.Inspect;

/// <summary>
/// How much each program runs, between one look and the next. Measuring costs each run of a program some ten nanoseconds, so the
/// kernel does it only while this is held.
/// </summary>
public sealed class ProgramTop : IDisposable
{
    private static readonly RecordColumn[] columns =
    [
        new("ID", "id", IsRight: true),
        new("TYPE", "type"),
        new("NAME", "name"),
        new("EVENTS/S", "events_per_second", IsRight: true),
        new("AVG_NS", "average_ns", IsRight: true),
        new("CPU%", "cpu_permille", IsRight: true, Show: value => $"{value.Bits / 10}.{value.Bits % 10}"),
        new("MISSED", "recursion_misses", IsRight: true),
        new("PIDS", "pids", Show: HolderText.Of),
    ];

    private readonly RunStatistics statistics;
    private readonly Dictionary<uint, ProgramInfo> last = [];
    private long lastTime;

    /// <exception cref="BpfException">The kernel refuses it; it takes CAP_SYS_ADMIN.</exception>
    public ProgramTop()
    {
        statistics = RunStatistics.Enable();
        Look();
    }

    /// <summary>Writes what has happened since the last call, the programs that took most time first.</summary>
    public void Write(RecordOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        Dictionary<uint, ProgramInfo> before = new(last);
        long start = lastTime;
        Look();
        double seconds = Math.Max(TimeSpan.FromTicks((lastTime - start) / 100).TotalSeconds, 0.001);
        var inventory = new KernelInventory(showsPins: false);
        List<OutputValue> records = [.. last.Values
            .Select(now => (Now: now, Before: before.GetValueOrDefault(now.Id)))
            .Select(pair => (pair.Now, Runs: pair.Now.RunCount - (pair.Before?.RunCount ?? 0), Time: pair.Now.RunTime - (pair.Before?.RunTime ?? TimeSpan.Zero),
                Missed: pair.Now.RecursionMisses - (pair.Before?.RecursionMisses ?? 0)))
            .OrderByDescending(row => row.Time).ThenByDescending(row => row.Runs).ThenBy(row => row.Now.Id)
            .Select(row => Record(row.Now, row.Runs, row.Time, row.Missed, seconds, inventory))];
        if (records.Count == 0 && !output.IsJson)
            output.WriteLine("no program is loaded");
        output.WriteList(columns, records);
        output.Flush();
    }

    public void Dispose() => statistics.Dispose();

    private static OutputValue Record(ProgramInfo info, ulong runs, TimeSpan time, ulong missed, double seconds, KernelInventory inventory)
    {
        double nanoseconds = time.TotalMicroseconds * 1000;
        var record = new RecordBuilder().Add("id", info.Id).Add("type", KernelConstants.ProgramTypes.NameOf(info.Type)).Add("name", info.Name)
            .Add("events_per_second", (ulong)Math.Round(runs / seconds)).Add("average_ns", runs == 0 ? 0 : (ulong)Math.Round(nanoseconds / runs))
            .Add("cpu_permille", (ulong)Math.Round(nanoseconds / seconds / 1_000_000)).AddIf(missed > 0, "recursion_misses", missed);
        inventory.AddHolders(record, KernelObjectKind.Program, info.Id);
        return record.Build();
    }

    private void Look()
    {
        last.Clear();
        lastTime = (long)Clocks.BootNanoseconds;
        foreach (KernelProgram program in ObjectSelector.Programs(null))
        {
            using (program)
            {
                ProgramInfo info = program.GetInfo();
                last[info.Id] = info;
            }
        }
    }
}
