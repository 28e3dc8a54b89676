using Imker.Bytecode;
using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>
/// Attaches programs of the types CGROUP_…, SOCK_OPS (kernel 5.7) and LSM for cgroups (6.0): they run for what the processes of a cgroup,
/// and of those below it, do, beside what is attached there already.
/// </summary>
public static class CgroupLink
{
    /// <param name="program">Loaded for the attach type.</param>
    /// <param name="attachType">One of <c>BPF_CGROUP_…</c> or <c>BPF_LSM_CGROUP</c>.</param>
    /// <param name="cgroups">The tree, to whose root it is attached.</param>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    public static KernelLink AttachToRoot(KernelProgram program, AttachType attachType, CgroupTree cgroups)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(cgroups);
        return Attach(program, attachType, cgroups.Root, $"'{program.Name}' to the root cgroup");
    }

    /// <param name="program">Loaded for the attach type.</param>
    /// <param name="attachType">One of <c>BPF_CGROUP_…</c> or <c>BPF_LSM_CGROUP</c>.</param>
    /// <param name="directory">The cgroup's, of the unified hierarchy.</param>
    /// <exception cref="BpfException">The kernel refuses it, or that is no cgroup.</exception>
    public static KernelLink Attach(KernelProgram program, AttachType attachType, string directory)
    {
        ArgumentNullException.ThrowIfNull(program);
        string name = $"'{program.Name}' to cgroup {directory}";
        using Descriptor cgroup = PseudoFile.TryOpen(directory, out Errno error) ?? throw new BpfException($"attach {name}", "open", error);
        return Attach(program, attachType, cgroup, name);
    }

    private static KernelLink Attach(KernelProgram program, AttachType attachType, Descriptor cgroup, string name)
    {
        using DescriptorUse use = cgroup.Use();
        var attributes = new LinkCreateAttributes { Target = use.Number };
        if (LinkCreation.TryCreate(program, attachType, ref attributes, out Errno error) is { } link)
            return new KernelLink(program.Name, link);
        throw error == Errno.BadDescriptor
            ? new BpfException($"attach {name}", BpfCommand.LinkCreate.KernelName(), error, "that is no cgroup of the unified hierarchy (version 2)")
            : HookRefusal.Of($"attach {name}", BpfCommand.LinkCreate, error, program.Type, attachType);
    }
}
