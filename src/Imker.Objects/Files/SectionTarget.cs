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

    /// <summary><c>path:symbol</c> or <c>path:symbol+offset</c></summary>
    Uprobe,

    /// <summary>As <see cref="Uprobe"/>, at the function's return.</summary>
    Uretprobe,

    /// <summary>What the program is typed by: <see cref="ProgramSpec.AttachTarget"/>.</summary>
    KernelType,
}
