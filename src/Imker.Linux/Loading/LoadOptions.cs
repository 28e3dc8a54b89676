using System.Collections.Immutable;
using Imker.Btf;

namespace Imker.Linux;

/// <summary>How an object is loaded.</summary>
public sealed record LoadOptions
{
    public static LoadOptions Default { get; } = new();

    /// <summary>The types that CO-RE adapts the object to; null, the default, for those of the running kernel and its modules.</summary>
    public CoreTarget? Types { get; init; }

    /// <summary>Where maps are pinned that are to be found by their names (<see cref="Objects.MapPinning.ByName"/>): a directory of bpffs.</summary>
    public string PinDirectory { get; init; } = "/sys/fs/bpf";

    /// <summary>Names of programs to load that are not loaded by themselves (<see cref="Objects.ProgramSpec.IsAutoLoaded"/>).</summary>
    public ImmutableArray<string> Programs { get; init; } = [];

    /// <summary>
    /// A loaded program whose functions extensions (<c>freplace/answer</c>) replace, and that <c>fentry/…</c> and <c>fexit/…</c> watch where
    /// it has the function they name; null for none.
    /// </summary>
    public KernelProgram? AttachedProgram { get; init; }
}
