using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

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

/// <summary>The members of a kernel enumeration, in the order of their values.</summary>
public sealed class KernelConstantTable<T>
    where T : struct, Enum
{
    private readonly Dictionary<T, KernelConstant<T>> byValue;
    private readonly Dictionary<string, KernelConstant<T>> byName = [];

    internal KernelConstantTable(ImmutableArray<KernelConstant<T>> all)
    {
        All = all;
        byValue = all.ToDictionary(constant => constant.Value);
        foreach (KernelConstant<T> constant in all)
        {
            byName[constant.Name] = constant;
            byName[constant.ShortName] = constant;
        }
    }

    public ImmutableArray<KernelConstant<T>> All { get; }

    /// <summary>By value; false for a value that only newer kernels know.</summary>
    public bool TryGet(T value, [NotNullWhen(true)] out KernelConstant<T>? constant) => byValue.TryGetValue(value, out constant);

    /// <summary>By the kernel's constant or its short name.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out KernelConstant<T>? constant) => byName.TryGetValue(name, out constant);

    /// <summary>The short name; the number for a value that only newer kernels know.</summary>
    public string NameOf(T value) => TryGet(value, out KernelConstant<T>? constant) ? constant.ShortName : value.ToString("D");
}

/// <summary>The kernel's enumerations with the names and versions of their members.</summary>
public static partial class KernelConstants
{
    internal static string ShortNameOf(string name)
    {
        // The shortest prefix is the attach types', so it comes last.
        foreach (string prefix in (ReadOnlySpan<string>)["BPF_PROG_TYPE_", "BPF_MAP_TYPE_", "BPF_LINK_TYPE_", "BPF_"])
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal))
                return name[prefix.Length..].ToLowerInvariant();
        }
        return name;
    }
}
