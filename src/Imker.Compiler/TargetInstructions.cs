using Imker.Diagnostics;
using Imker.Objects;

namespace Imker.Compiler;

/// <summary>What of the instruction set may be used. The target is asked only when it matters.</summary>
internal sealed class TargetInstructions(ITargetFacts facts, CompilerOptions options)
{
    /// <summary>Signed division, sign-extending moves and loads, byte swaps, long jumps.</summary>
    public bool HasVersion4 => Has(KernelFeature.InstructionSetV4);

    /// <summary>Comparisons of the low halves.</summary>
    public bool HasJump32 => Has(KernelFeature.Jump32);

    /// <summary>Refuses what cannot be said in the target's instructions.</summary>
    /// <exception cref="DiagnosticException">The target does not have the feature.</exception>
    public void Require(KernelFeature feature, string function, SourceSpan span)
    {
        if (Has(feature))
            return;
        throw new DiagnosticException(
        [
            new Diagnostic(
                Severity.Error, CompilerDiagnosticId.MissingFeature, span,
                $"cannot compile '{function}': it needs {feature.Description}, which the target kernel does not have")
                .WithHint($"Linux {feature.Since} brought it"),
        ]);
    }

    private bool Has(KernelFeature feature) => !options.DisabledFeatures.Contains(feature) && facts.Has(feature);
}
