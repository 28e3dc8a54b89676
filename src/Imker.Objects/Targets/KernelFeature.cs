namespace Imker.Objects;

/// <summary>
/// Something that some kernels can do: a name for messages, the release that brought it, and an identity that a host's probe
/// and the tests hang on. Whether a kernel has it is asked of the kernel, never concluded from its version.
/// </summary>
public sealed class KernelFeature
{
    private static readonly List<KernelFeature> all = [];

    private KernelFeature(string name, string description, int major, int minor)
    {
        Name = name;
        Description = description;
        Since = new Version(major, minor);
        all.Add(this);
    }

    /// <summary>Stable, lower case with underscores: <c>uprobe_multi</c>.</summary>
    public string Name { get; }

    /// <summary>What it is, to be put into a sentence.</summary>
    public string Description { get; }

    /// <summary>The release that brought it.</summary>
    public Version Since { get; }

    public static KernelFeature RingBuffer { get; } = new("ring_buffer", "BPF ring buffers", 5, 8);
    public static KernelFeature Jump32 { get; } = new("jmp32", "32-bit jumps", 5, 1);
    public static KernelFeature BoundedLoops { get; } = new("bounded_loops", "bounded loops", 5, 3);
    public static KernelFeature MapBatch { get; } = new("map_batch", "batch operations on maps", 5, 6);
    public static KernelFeature MemoryCgroupAccounting { get; } = new("memcg_accounting", "map memory charged to the memory cgroup", 5, 11);
    public static KernelFeature CurrentTaskBtf { get; } = new("current_task_btf", "typed pointers to the current task", 5, 11);
    public static KernelFeature FetchingAtomics { get; } = new("fetching_atomics", "atomic operations that return the old value", 5, 12);
    public static KernelFeature ForEachMapElement { get; } = new("for_each_map_elem", "bpf_for_each_map_elem", 5, 13);
    public static KernelFeature HashLookupAndDelete { get; } = new("hash_lookup_and_delete", "lookup-and-delete on hash maps", 5, 14);
    public static KernelFeature PerfLink { get; } = new("perf_link", "BPF links for perf events", 5, 15);
    public static KernelFeature AttachCookie { get; } = new("attach_cookie", "attach cookies", 5, 15);
    public static KernelFeature Loop { get; } = new("bpf_loop", "bpf_loop", 5, 17);
    public static KernelFeature KprobeMulti { get; } = new("kprobe_multi", "kprobes by the thousand (kprobe_multi)", 5, 18);
    public static KernelFeature DynamicPointers { get; } = new("dynptr", "dynamic pointers", 5, 19);
    public static KernelFeature PerCpuLookup { get; } = new("percpu_lookup", "bpf_map_lookup_percpu_elem", 5, 19);
    public static KernelFeature OpenCodedIterators { get; } = new("open_coded_iterators", "open-coded iterators", 6, 4);
    public static KernelFeature UprobeMulti { get; } = new("uprobe_multi", "many uprobes on one link (uprobe_multi)", 6, 6);
    public static KernelFeature InstructionSetV4 { get; } = new("isa_v4", "version 4 of the instruction set", 6, 6);
    public static KernelFeature MayGoto { get; } = new("may_goto", "may_goto", 6, 9);
    public static KernelFeature UprobeSession { get; } = new("uprobe_session", "uprobe sessions", 6, 13);
    public static KernelFeature LoadAcquire { get; } = new("load_acquire", "load-acquire and store-release", 6, 15);
    public static KernelFeature LargeMapKeys { get; } = new("large_map_keys", "map keys over 512 bytes", 5, 11);
    public static KernelFeature BtfVariables { get; } = new("btf_variables", "variables and data sections in type information", 5, 2);
    public static KernelFeature BtfGlobalFunctions { get; } = new("btf_global_functions", "global functions in type information", 5, 6);
    public static KernelFeature BtfFloats { get; } = new("btf_floats", "floats in type information", 5, 13);
    public static KernelFeature BtfDeclarationTags { get; } = new("btf_declaration_tags", "declaration tags in type information", 5, 16);
    public static KernelFeature BtfTypeTags { get; } = new("btf_type_tags", "type tags in type information", 5, 17);
    public static KernelFeature BtfEnum64 { get; } = new("btf_enum64", "enums of 64 bits in type information", 6, 0);
    public static KernelFeature MappedKernelBtf { get; } = new("mapped_btf", "memory mapping of the kernel's BTF", 6, 16);

    /// <summary>All features, in the order of this file.</summary>
    public static IReadOnlyList<KernelFeature> All => all;

    public override string ToString() => Name;
}
