using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Imker.Bytecode;

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
