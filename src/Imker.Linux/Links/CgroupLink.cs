using Imker.Bytecode;
using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>Attaches programs of the types CGROUP_… (kernel 5.7): they run for what the processes of a cgroup, and of those below it, do.</summary>
public static class CgroupLink
{
    /// <param name="program">Loaded for the attach type.</param>
    /// <param name="attachType">One of <c>BPF_CGROUP_…</c>.</param>
    /// <param name="cgroups">The tree; the program is attached to its root, beside what is attached there already.</param>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    public static KernelLink AttachToRoot(KernelProgram program, AttachType attachType, CgroupTree cgroups)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(cgroups);
        using DescriptorUse use = cgroups.Root.Use();
        var attributes = new LinkCreateAttributes { Target = use.Number };
        Descriptor link = LinkCreation.TryCreate(program, attachType, ref attributes, out Errno error)
            ?? throw BpfException.ForPrivileged($"attach '{program.Name}' to the root cgroup", BpfCommand.LinkCreate.KernelName(), error, Capability.Bpf, Capability.NetAdmin);
        return new KernelLink(program.Name, link);
    }
}
