namespace Imker.Objects;

/// <summary>A variable that is set from the target's configuration before anything is loaded (<c>__kconfig</c>); it lies in the map <c>.kconfig</c>.</summary>
/// <param name="Name"><c>CONFIG_HZ</c>, <c>LINUX_KERNEL_VERSION</c>, <c>LINUX_HAS_BPF_COOKIE</c>, …</param>
/// <param name="Offset">Bytes from the start of the map.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Kind">How the option's value becomes bytes.</param>
public sealed record KernelVariable(string Name, int Offset, int Size, KernelVariableKind Kind)
{
    /// <summary>Whether an integer has a sign.</summary>
    public bool IsSigned { get; init; }

    /// <summary>Zero where the target does not know it; else that is an error.</summary>
    public bool IsWeak { get; init; }
}

/// <summary>What a <see cref="KernelVariable"/> is declared as.</summary>
public enum KernelVariableKind
{
    /// <summary><c>bool</c>: whether the option is <c>y</c>.</summary>
    Boolean,

    /// <summary><c>enum libbpf_tristate</c>: 0 for n, 1 for y, 2 for m.</summary>
    Tristate,

    /// <summary><c>char</c>: the letter <c>y</c>, <c>m</c> or <c>n</c>, or a number.</summary>
    Character,

    Integer,

    /// <summary><c>char[]</c>, ended by a zero.</summary>
    Text,
}
