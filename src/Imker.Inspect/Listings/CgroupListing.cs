using Imker.Bytecode;
using Imker.Linux;
using Imker.Rendering;

namespace Imker.Inspect;

/// <summary>Programs of cgroups, with the keys of <c>bpftool cgroup</c>.</summary>
public static class CgroupListing
{
    private const uint AllowOverride = 1, AllowMultiple = 2;

    private static readonly RecordColumn[] columns =
    [
        new("CGROUP", "cgroup"), new("ID", "id", IsRight: true), new("ATTACH_TYPE", "attach_type"), new("FLAGS", "attach_flags"), new("NAME", "name"),
    ];

    private static readonly AttachType[] types =
        [.. KernelConstants.AttachTypes.All.Where(t => t.Name.StartsWith("BPF_CGROUP_", StringComparison.Ordinal) || t.Value == AttachType.LsmCgroup).Select(t => t.Value)];

    /// <summary>One cgroup's.</summary>
    /// <param name="directory">Its directory in the unified hierarchy.</param>
    /// <param name="isEffective">Also those of the cgroups above that run for it.</param>
    /// <exception cref="BpfException">The kernel refuses it, or the directory is none of a cgroup.</exception>
    public static void Write(RecordOutput output, string directory, bool isEffective)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.WriteList(columns, [.. ProgramsOf(directory, isEffective).Select(record => record.Build())]);
    }

    /// <summary>Those of a cgroup and of all below it that have any.</summary>
    /// <param name="root">Null for the root of the unified hierarchy.</param>
    /// <exception cref="InspectException">The unified hierarchy is not mounted.</exception>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    public static void WriteTree(RecordOutput output, string? root, bool isEffective)
    {
        ArgumentNullException.ThrowIfNull(output);
        string start = root ?? CgroupTree.FindMountPoint()
            ?? throw new InspectException("the unified hierarchy of cgroups is not mounted here: 'mount -t cgroup2 none /sys/fs/cgroup'");
        List<OutputValue> records = [];
        foreach (string directory in Tree(start))
        {
            List<RecordBuilder> programs = [.. ProgramsOf(directory, isEffective)];
            if (programs.Count == 0)
                continue;
            if (output.IsJson)
                records.Add(new RecordBuilder().Add("cgroup", directory).AddList("programs", programs.Select(p => p.Build())).Build());
            else
                records.AddRange(programs.Select(p => p.Add("cgroup", directory).Build()));
        }
        output.WriteList(columns, records);
    }

    private static IEnumerable<RecordBuilder> ProgramsOf(string directory, bool isEffective)
    {
        foreach (AttachType type in types)
        {
            QueriedPrograms queried = ProgramQuery.OfCgroup(directory, type, isEffective);
            foreach (uint id in queried.ProgramIds)
            {
                using KernelProgram? program = KernelProgram.TryOpen(id);
                yield return new RecordBuilder().Add("id", id).Add("attach_type", KernelConstants.AttachTypes.NameOf(type))
                    .Add("attach_flags", FlagsOf(queried.AttachFlags)).Add("name", program?.Name ?? "");
            }
        }
    }

    private static string FlagsOf(uint flags) => flags switch
    {
        0 => "",
        AllowOverride => "override",
        AllowMultiple => "multi",
        _ => $"0x{flags:x}",
    };

    private static IEnumerable<string> Tree(string directory)
    {
        yield return directory;
        string[] below;
        try
        {
            below = Directory.GetDirectories(directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            yield break;
        }
        foreach (string child in below.Order(StringComparer.Ordinal).SelectMany(Tree))
            yield return child;
    }
}
