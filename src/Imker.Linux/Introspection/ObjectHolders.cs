using System.Collections.Immutable;
using System.Globalization;

namespace Imker.Linux;

/// <summary>Which processes hold which objects of the kernel by a descriptor, as <c>/proc</c> shows at one time.</summary>
public sealed class ObjectHolders
{
    private readonly Dictionary<(KernelObjectKind Kind, uint Id), List<ObjectHolder>> holders = [];

    private ObjectHolders()
    {
    }

    /// <summary>Looks at every other process that this one may look at.</summary>
    public static ObjectHolders Find()
    {
        var result = new ObjectHolders();
        foreach (string name in PseudoDirectory.SubdirectoriesOf("/proc"))
        {
            if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int process) && process != Environment.ProcessId)
                result.Add(process);
        }
        foreach (List<ObjectHolder> list in result.holders.Values)
            list.Sort((left, right) => left.ProcessId.CompareTo(right.ProcessId));
        return result;
    }

    /// <summary>Ascending by process.</summary>
    public ImmutableArray<ObjectHolder> Of(KernelObjectKind kind, uint id) => holders.TryGetValue((kind, id), out List<ObjectHolder>? found) ? [.. found] : [];

    private void Add(int process)
    {
        string? command = null;
        foreach (string descriptor in DescriptorsOf(process))
        {
            if (PseudoFile.TryReadLink(descriptor) is not { } name || ObjectPins.KindOf(name) is not { } kind)
                continue;
            string facts = PseudoFile.TryReadText(descriptor.Replace("/fd/", "/fdinfo/", StringComparison.Ordinal)) ?? "";
            if (DescriptorFacts.Number(facts, IdName(kind)) is not { } id)
                continue;
            command ??= PseudoFile.TryReadText($"/proc/{process}/comm")?.TrimEnd('\n') ?? "";
            if (!holders.TryGetValue((kind, (uint)id), out List<ObjectHolder>? list))
                holders.Add((kind, (uint)id), list = []);
            if (list.Count == 0 || list[^1].ProcessId != process)
                list.Add(new ObjectHolder(process, command));
        }
    }

    private static string[] DescriptorsOf(int process)
    {
        try
        {
            return Directory.GetFiles($"/proc/{process}/fd");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It ended, or belongs to somebody else.
            return [];
        }
    }

    private static string IdName(KernelObjectKind kind) => kind switch
    {
        KernelObjectKind.Program => "prog_id",
        KernelObjectKind.Map => "map_id",
        KernelObjectKind.Link => "link_id",
        _ => "btf_id",
    };
}

/// <param name="ProcessId">In our PID namespace.</param>
/// <param name="Command">The main thread's name, as the process chose it.</param>
public readonly record struct ObjectHolder(int ProcessId, string Command);
