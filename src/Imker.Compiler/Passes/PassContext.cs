using System.Collections.Immutable;
using Imker.Compiler.Ir;
using Imker.Objects;

namespace Imker.Compiler.Passes;

/// <summary>What passes may know and change besides the function that they work on.</summary>
/// <param name="Module">The module that the function belongs to: scratch maps and loss counters are added to it.</param>
/// <param name="Target">What the program is compiled for.</param>
public sealed record PassContext(IrModule Module, ITargetFacts Target)
{
    private FrameBudget? frames;

    /// <summary>Features that are not used even where the target has them. Default: none.</summary>
    public ImmutableHashSet<KernelFeature> DisabledFeatures { get; init; } = [];

    /// <summary>Who calls whom, found once: no pass after the first that asks adds calls.</summary>
    internal FrameBudget Frames => frames ??= new FrameBudget(Module);

    public bool Has(KernelFeature feature) => !DisabledFeatures.Contains(feature) && Target.Has(feature);
}
