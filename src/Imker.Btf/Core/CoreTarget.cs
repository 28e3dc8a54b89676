using System.Collections.Immutable;

namespace Imker.Btf;

/// <summary>
/// The types that a program is adapted to: those of a kernel, and of its modules where the kernel itself has none of the name. Safe for
/// use by several threads.
/// </summary>
public sealed class CoreTarget
{
    private readonly Lazy<ImmutableArray<BtfFile>> modules;

    /// <param name="kernel">A kernel's BTF, or any other to adapt to.</param>
    /// <param name="modules">Asked for when a type is not among the kernel's: split BTF that builds on <paramref name="kernel"/>.</param>
    public CoreTarget(BtfFile kernel, Func<IEnumerable<BtfFile>>? modules = null)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        Kernel = kernel;
        this.modules = new Lazy<ImmutableArray<BtfFile>>(() => [.. modules?.Invoke() ?? []]);
    }

    public BtfFile Kernel { get; }

    /// <summary>The types that a type of the program may stand for: of its kind, of its name without flavour.</summary>
    internal ImmutableArray<BtfType> CandidatesFor(BtfType local)
    {
        ImmutableArray<BtfType> found = [.. Kernel.FindCore(local)];
        return found.IsEmpty ? [.. modules.Value.SelectMany(module => module.FindCore(local))] : found;
    }
}
