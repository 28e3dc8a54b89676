using Imker.Objects;

namespace Imker.Linux;

/// <summary>Makes one attachment of the uprobes of one program that differ in nothing but their targets.</summary>
internal static class UprobeGrouping
{
    internal static List<PlannedAttachment> Apply(IReadOnlyList<PlannedAttachment> attachments)
    {
        var result = new List<PlannedAttachment>();
        var places = new Dictionary<(string, string, bool, int?), int>();
        foreach (PlannedAttachment planned in attachments)
        {
            if (planned.Whole is not UprobeAttach uprobe)
                result.Add(planned);
            else if (places.TryAdd((uprobe.Program, uprobe.Binary, uprobe.IsReturn, uprobe.ProcessId), result.Count))
                result.Add(planned);
            else
                Extend(result, places[(uprobe.Program, uprobe.Binary, uprobe.IsReturn, uprobe.ProcessId)], uprobe, planned);
        }
        return result;
    }

    private static void Extend(List<PlannedAttachment> result, int place, UprobeAttach added, PlannedAttachment planned)
    {
        var whole = (UprobeAttach)result[place].Whole;
        result[place] = new PlannedAttachment(
            whole with { Targets = whole.Targets.AddRange(added.Targets), DisplayName = $"{whole.DisplayName},{added.DisplayName}" },
            result[place].Parts.AddRange(planned.Parts));
    }
}
