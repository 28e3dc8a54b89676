namespace Imker.Bytecode;

/// <summary>A member of a kernel enumeration.</summary>
/// <param name="Value">The member.</param>
/// <param name="Name">The kernel's constant, such as <c>BPF_MAP_TYPE_HASH</c>.</param>
/// <param name="Since">The kernel that brought it; 0.0 for the value that stands for none.</param>
public sealed record KernelConstant<T>(T Value, string Name, Version Since)
    where T : struct, Enum
{
    /// <summary>As bpftool spells it: the constant without its prefix, in lower case, such as <c>hash</c>.</summary>
    public string ShortName { get; } = KernelConstants.ShortNameOf(Name);
}
