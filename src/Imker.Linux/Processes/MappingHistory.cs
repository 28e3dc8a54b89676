using System.Text;

namespace Imker.Linux;

/// <summary>What processes have mapped, from records in about the order in which they came about: each processor has its own.</summary>
internal sealed class MappingHistory
{
    private const int MostProcesses = 4096, MostMappings = 4096;

    private readonly Dictionary<int, Process> processes = [];
    private readonly Queue<int> order = new();

    public void Apply(in MappingRecord record)
    {
        switch (record.Change)
        {
            case MappingChange.Mapped:
                Map(GetOrAdd(record.ProcessId), record);
                break;
            case MappingChange.Executed:
                // Another processor's records may have come first.
                Process executed = GetOrAdd(record.ProcessId);
                ulong time = record.Time;
                (executed.HasBegunHere, executed.ParentId) = (true, 0);
                executed.Mappings.RemoveAll(m => m.Time < time);
                break;
            case MappingChange.Forked:
                Fork(record);
                break;
        }
    }

    /// <summary>
    /// The code of a process in the format of <c>/proc/PID/maps</c>; null for one that had begun before, of which only a part is known.
    /// </summary>
    /// <param name="processId">The process.</param>
    /// <param name="parentId">The process that it began as a copy of, and whose mappings are not in this text; 0 for none.</param>
    public byte[]? MapsOf(int processId, out int parentId)
    {
        parentId = 0;
        if (!processes.TryGetValue(processId, out Process? process) || !process.HasBegunHere)
            return null;
        parentId = process.ParentId;
        using var text = new MemoryStream();
        foreach (Mapping m in process.Mappings)
        {
            text.Write(Encoding.ASCII.GetBytes(
                $"{m.Start:x}-{m.End:x} r-xp {m.FileOffset:x8} {m.File.Major:x2}:{m.File.Minor:x2} {m.File.Inode} "));
            foreach (byte b in m.Path)
                text.Write(b == '\n' ? "\\012"u8 : [b]);
            text.Write("\n"u8);
        }
        return text.ToArray();
    }

    private static void Map(Process process, in MappingRecord record)
    {
        if (record.Length == 0 || record.Address + record.Length < record.Address || process.Mappings.Count == MostMappings)
            return;
        var mapping = new Mapping(
            record.Address, record.Address + record.Length, record.FileOffset, record.File, record.Path.ToArray(), record.Time);
        process.Mappings.RemoveAll(m => m.Start < mapping.End && m.End > mapping.Start);
        process.Mappings.Add(mapping);
    }

    private void Fork(in MappingRecord record)
    {
        Process child = GetOrAdd(record.ProcessId);
        ulong time = record.Time;
        child.Mappings.RemoveAll(m => m.Time < time);
        child.HasBegunHere = true;
        child.ParentId = record.ParentId;
        if (processes.TryGetValue(record.ParentId, out Process? parent) && parent.HasBegunHere)
        {
            child.Mappings.InsertRange(0, parent.Mappings);
            child.ParentId = parent.ParentId;
        }
    }

    private Process GetOrAdd(int processId)
    {
        if (processes.TryGetValue(processId, out Process? known))
            return known;
        if (order.Count == MostProcesses)
            processes.Remove(order.Dequeue());
        order.Enqueue(processId);
        var process = new Process();
        processes.Add(processId, process);
        return process;
    }

    private sealed class Process
    {
        public bool HasBegunHere { get; set; }

        public int ParentId { get; set; }

        public List<Mapping> Mappings { get; } = [];
    }

    private readonly record struct Mapping(ulong Start, ulong End, ulong FileOffset, FileKey File, byte[] Path, ulong Time);
}
