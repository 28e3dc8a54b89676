using Imker.Btf;
using Imker.Bytecode;

namespace Imker.Objects;

/// <summary>
/// What a front end may ask of the machine that a program is compiled for. Every question is answered lazily and at most once;
/// a running kernel answers (<c>Imker.Linux</c>), or a saved description of one.
/// </summary>
public interface ITargetFacts
{
    TargetArchitecture Architecture { get; }

    /// <summary>The kernel's release, major and minor. For messages; features are asked for.</summary>
    Version KernelVersion { get; }

    /// <summary>CPUs that may ever be there: the copies of a per-CPU value.</summary>
    int PossibleCpus { get; }

    /// <summary>Whether the target has a feature.</summary>
    bool Has(KernelFeature feature);

    /// <summary>Whether programs of a type may call a helper.</summary>
    bool HasHelper(ProgramType type, HelperId helper);

    /// <summary>The kernel's BTF; null when it has none.</summary>
    BtfFile? KernelBtf { get; }

    /// <summary>The names of the events of a category; empty when there is no such category, null when they cannot be read (<see cref="TracepointProblem"/> says why).</summary>
    IReadOnlyList<string>? TracepointEvents(string category);

    /// <summary>All categories; null when they cannot be read.</summary>
    IReadOnlyList<string>? TracepointCategories();

    /// <summary>The layout of an event; null when there is none of that name.</summary>
    TracepointFormat? Tracepoint(string category, string name);

    /// <summary>Why tracepoints cannot be read, and what to do; null when they can.</summary>
    string? TracepointProblem { get; }

    /// <summary>
    /// The path of an executable or library as a probe names it: a path, a program found through PATH, or a library without
    /// prefix and suffix (<c>libc</c>) found as the dynamic linker would. Null when there is none.
    /// </summary>
    string? FindBinary(string name, int? processId);

    /// <summary>A function of an executable: its file offset and size; null when it has none of that name (or is no ELF file).</summary>
    UserFunction? FindFunction(string binary, string symbol);

    /// <summary>The names of all functions of an executable; empty when it is no ELF file.</summary>
    IReadOnlyList<string> Functions(string binary);

    /// <summary>The address of a kernel symbol; null when there is none or addresses are hidden.</summary>
    ulong? KernelSymbol(string name);

    /// <summary>
    /// An option of the kernel's configuration as it stands there (<c>y</c>, <c>m</c>, a number, a text in quotes), or of
    /// <c>LINUX_KERNEL_VERSION</c> the number (<c>major &lt;&lt; 16 | minor &lt;&lt; 8 | patch</c>); null where it is not set.
    /// </summary>
    string? KernelConfiguration(string name) => null;

    /// <summary>The device and inode numbers of the pid namespace that process ids are to be told in; null for the initial one.</summary>
    PidNamespace? PidNamespace { get; }
}

/// <param name="Offset">Bytes from the start of the file.</param>
/// <param name="Size">Bytes; 0 when unknown.</param>
public readonly record struct UserFunction(ulong Offset, ulong Size);

public readonly record struct PidNamespace(ulong Device, ulong Inode);

public enum TargetArchitecture
{
    X64,
    Arm64,
}
