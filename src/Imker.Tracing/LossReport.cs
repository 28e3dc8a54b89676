using Imker.Linux;
using Imker.Objects;
using Imker.Rendering;
using Imker.Tracing.Records;

namespace Imker.Tracing;

/// <summary>Gathers what was lost, by probe and cause: the programs' own counters, and the kernel's of runs left out.</summary>
internal static class LossReport
{
    public static List<LostCount> Read(LoadedObject loaded)
    {
        var lost = new List<LostCount>();
        BpfObject bpfObject = loaded.Blueprint;
        if (bpfObject.LossMap is { } name)
        {
            KernelMap map = loaded.Maps[name];
            byte[] cells = new byte[map.ValueBufferSize];
            map.TryLookup([0, 0, 0, 0], cells);
            for (int i = 0; i < bpfObject.Losses.Length; i++)
            {
                if (ValueReader.Word(cells.AsSpan(8 * i)) is > 0 and var count)
                    lost.Add(new LostCount(bpfObject.Losses[i].Probe, Describe(bpfObject.Losses[i]), count));
            }
        }
        // The loader may have joined a uprobe and its uretprobe to one program.
        foreach (IGrouping<KernelProgram, ProgramSpec> specs in bpfObject.Programs.GroupBy(p => loaded.Programs[p.Name]))
        {
            if (specs.Key.GetInfo().RecursionMisses is > 0 and var misses)
                lost.Add(new LostCount(string.Join(',', specs.Select(p => p.DisplayName)), NameOf(LossCause.NotRun), misses));
        }
        return lost;
    }

    private static string Describe(LossCounter loss) =>
        loss.Detail.Length == 0 ? NameOf(loss.Cause) : $"{NameOf(loss.Cause)} ({loss.Detail})";

    private static string NameOf(LossCause cause) => cause switch
    {
        LossCause.RingFull => "ring full",
        LossCause.MapFull => "map full",
        LossCause.InsertFailed => "insert failed",
        LossCause.HelperFailed => "helper failed",
        LossCause.ScratchTaken => "scratch taken",
        LossCause.LoopBudget => "loop cut short",
        LossCause.NotRun => "not run",
        _ => throw new ArgumentOutOfRangeException(nameof(cause), cause, null),
    };
}
