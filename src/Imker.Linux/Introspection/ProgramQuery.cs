using Imker.Bytecode;
using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>BPF_PROG_QUERY: which programs are attached to something that has no number, such as a cgroup or a network namespace.</summary>
public static unsafe class ProgramQuery
{
    private const int MostPrograms = 64;
    private const uint QueryEffective = 1;

    /// <summary>The programs of a cgroup.</summary>
    /// <param name="directory">The cgroup's directory.</param>
    /// <param name="isEffective">Also those of the cgroups above that run for it.</param>
    /// <exception cref="BpfException">The kernel refuses it, or the directory is none of a cgroup.</exception>
    public static QueriedPrograms OfCgroup(string directory, AttachType type, bool isEffective)
    {
        using Descriptor target = Open($"ask about cgroup {directory}", directory);
        return Query($"ask about cgroup {directory}", target, 0, type, isEffective ? QueryEffective : 0);
    }

    /// <summary>The programs of a network namespace.</summary>
    /// <param name="path">Such as <c>/proc/self/ns/net</c>.</param>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    public static QueriedPrograms OfNetworkNamespace(string path, AttachType type)
    {
        using Descriptor target = Open($"ask about network namespace {path}", path);
        return Query($"ask about network namespace {path}", target, 0, type, 0);
    }

    /// <summary>The programs of an interface, by tcx and netkit (6.6).</summary>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    public static QueriedPrograms OfInterface(uint index, AttachType type) => Query($"ask about interface {index}", null, index, type, 0);

    private static Descriptor Open(string doing, string path) =>
        PseudoFile.TryOpen(path, out Errno error) ?? throw new BpfException(doing, "open", error);

    private static QueriedPrograms Query(string doing, Descriptor? target, uint index, AttachType type, uint flags)
    {
        using DescriptorUse use = new(target);
        uint[] ids = new uint[MostPrograms], links = new uint[MostPrograms];
        fixed (uint* pointer = ids, linkPointer = links)
        {
            var attributes = new ProgramQueryAttributes
            {
                Target = target is null ? (int)index : use.Number,
                AttachType = (uint)type,
                QueryFlags = flags,
                ProgramIds = (ulong)pointer,
                Count = MostPrograms,
                LinkIds = target is null ? (ulong)linkPointer : 0,
            };
            if (BpfSyscall.Call(BpfCommand.ProgramQuery, ref attributes, out Errno error) >= 0)
                return new QueriedPrograms([.. ids.AsSpan(0, (int)attributes.Count)], attributes.AttachFlags);
            // Kernels answer so where a type is unknown or an interface has none.
            return error == Errno.Invalid || error == Errno.NoEntry || error == Errno.NotSupported
                ? QueriedPrograms.None
                : throw BpfException.ForPrivileged(doing, BpfCommand.ProgramQuery.KernelName(), error, Capability.NetAdmin);
        }
    }
}
