using Imker.Bytecode;
using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>Attaches TRACING programs that walk through objects of the kernel (<c>iter/task</c>, kernel 5.8).</summary>
public static unsafe class IteratorLink
{
    /// <param name="program">Of the type TRACING, typed by an iterator.</param>
    /// <param name="name">What a person calls the attach point.</param>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    public static KernelLink Attach(KernelProgram program, string name) => Create(program, name, null);

    /// <summary>Walks through a map's elements (<c>iter/bpf_map_elem</c>), or the sockets that a map holds.</summary>
    /// <param name="program">Typed by an iterator of maps' contents.</param>
    /// <param name="name">What a person calls the attach point.</param>
    /// <param name="map">Whose elements.</param>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    public static KernelLink Attach(KernelProgram program, string name, KernelMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        using DescriptorUse use = map.Descriptor.Use();
        return Create(program, name, new IteratorTarget { First = use.Number });
    }

    /// <summary>Walks through a cgroup and those below it (<c>iter/cgroup</c>, 6.1).</summary>
    /// <param name="program">Typed by the iterator of cgroups.</param>
    /// <param name="name">What a person calls the attach point.</param>
    /// <param name="directory">The topmost cgroup's.</param>
    /// <exception cref="BpfException">The kernel refuses it, or that is no cgroup.</exception>
    public static KernelLink AttachToCgroup(KernelProgram program, string name, string directory)
    {
        const int descendantsFirstParent = 2;
        using Descriptor cgroup = PseudoFile.TryOpen(directory, out Errno error) ?? throw new BpfException($"attach {name}", "open", error);
        using DescriptorUse use = cgroup.Use();
        return Create(program, name, new IteratorTarget { First = descendantsFirstParent, Second = use.Number });
    }

    /// <summary>Walks through one process: itself, its files or its memory (<c>iter/task…</c>, 6.1).</summary>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    public static KernelLink AttachToProcess(KernelProgram program, string name, int processId) =>
        Create(program, name, new IteratorTarget { Second = processId });

    private static KernelLink Create(KernelProgram program, string name, IteratorTarget? target)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(name);
        IteratorTarget told = target ?? default;
        var attributes = new LinkCreateAttributes();
        if (target is not null)
            (attributes.IteratorInfo, attributes.IteratorInfoSize) = ((ulong)&told, (uint)sizeof(IteratorTarget));
        return LinkCreation.Create(program, AttachType.TraceIter, ref attributes, name);
    }
}
