namespace Imker.Objects;

/// <summary>What stands behind the slash of a section's name.</summary>
internal enum SectionTarget
{
    /// <summary>Nothing: the program is loaded, and attached by whoever knows where.</summary>
    None,

    /// <summary><c>category/event</c></summary>
    Tracepoint,

    /// <summary><c>event</c></summary>
    RawTracepoint,

    /// <summary><c>symbol</c> or <c>symbol+offset</c></summary>
    Kprobe,

    /// <summary><c>symbol</c>, at the function's return.</summary>
    Kretprobe,

    /// <summary>A pattern of functions' names.</summary>
    KprobeMulti,

    /// <summary>As <see cref="KprobeMulti"/>, at the functions' returns.</summary>
    KretprobeMulti,

    /// <summary>A system call's name.</summary>
    Ksyscall,

    /// <summary>As <see cref="Ksyscall"/>, at its return.</summary>
    Kretsyscall,

    /// <summary><c>path:symbol</c>, <c>path:symbol+offset</c>, of multi probes also a pattern of names.</summary>
    Uprobe,

    /// <summary>As <see cref="Uprobe"/>, at the function's return.</summary>
    Uretprobe,

    /// <summary><c>path:provider:name</c></summary>
    Usdt,

    /// <summary>What the program is typed by: <see cref="ProgramSpec.AttachTarget"/>.</summary>
    KernelType,

    /// <summary>Anything, for people: the maps of <c>.struct_ops</c> tell what the program is.</summary>
    StructOps,
}
