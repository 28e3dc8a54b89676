using System.Runtime.CompilerServices;

namespace Imker.Bytecode;

/// <summary>
/// What an instruction means before numbers are known: a place in the same code, a map, a function, a kernel symbol. Layout resolves
/// labels; whoever loads or links the code resolves the rest.
/// </summary>
public abstract record Reference
{
    private protected Reference()
    {
    }
}

/// <summary>A place in one code stream, bound by <see cref="CodeBuilder.Bind"/>. Two labels are equal only if they are the same object.</summary>
/// <param name="Name">Shown in listings; need not be unique.</param>
public sealed record Label(string? Name = null) : Reference
{
    public bool Equals(Label? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);

    public override string ToString() => Name ?? "<label>";
}

/// <summary>A map, or a place in the value of an array map of one element, where global data lives.</summary>
/// <param name="Name">The map's name in its object.</param>
/// <param name="Offset">Bytes into the value; meant only with <paramref name="ValueAddress"/>.</param>
/// <param name="ValueAddress">The address in the value (<c>BPF_PSEUDO_MAP_VALUE</c>) instead of the map (<c>BPF_PSEUDO_MAP_FD</c>).</param>
public sealed record MapReference(string Name, long Offset = 0, bool ValueAddress = false) : Reference;

/// <summary>A function of the same program: called, or its address taken as a callback (<c>BPF_PSEUDO_FUNC</c>).</summary>
public sealed record FunctionReference(string Name) : Reference;

/// <summary>A kernel function called by its BTF id.</summary>
/// <param name="Name">As BTF names it.</param>
/// <param name="Module">The module it lives in, null when that is unknown or it is the kernel itself.</param>
/// <param name="IsWeak">Where the kernel lacks it, the call is poisoned instead of refused.</param>
public sealed record KfuncReference(string Name, string? Module = null, bool IsWeak = false) : Reference;

/// <summary>The address of a kernel symbol.</summary>
/// <param name="Name">As BTF or <c>/proc/kallsyms</c> names it.</param>
/// <param name="IsTyped">Found in BTF (<c>BPF_PSEUDO_BTF_ID</c>), so that the verifier knows its type; else a number from kallsyms.</param>
/// <param name="IsWeak">Where the kernel lacks it, the address is zero.</param>
public sealed record KernelSymbolReference(string Name, bool IsTyped = true, bool IsWeak = false) : Reference;
