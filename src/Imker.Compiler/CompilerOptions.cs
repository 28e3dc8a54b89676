using System.Collections.Immutable;
using Imker.Compiler.Ir;
using Imker.Objects;

namespace Imker.Compiler;

public sealed record CompilerOptions
{
    public static CompilerOptions Default { get; } = new();

    /// <summary>Run the passes that make code better; without them only those run that make it possible. Default: true.</summary>
    public bool Optimize { get; init; } = true;

    /// <summary>Features that are not used even where the target has them. Default: none.</summary>
    public ImmutableHashSet<KernelFeature> DisabledFeatures { get; init; } = [];

    /// <summary>Called with the name of each pass over the IR and the module behind it. Default: none.</summary>
    public Action<string, IrModule>? AfterPass { get; init; }
}
