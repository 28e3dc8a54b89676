using Imker.Objects;

namespace Imker.Linux;

/// <summary>The running kernel lacks, or refuses, what is needed.</summary>
public sealed class FeatureNotSupportedException : Exception
{
    internal FeatureNotSupportedException(string doing, KernelFeature feature, FeatureState state)
        : base($"cannot {doing}: {Explain(feature, state)}") => Feature = feature;

    /// <summary>What is missing.</summary>
    public KernelFeature Feature { get; }

    private static string Explain(KernelFeature feature, FeatureState state) => state == FeatureState.Refused
        ? $"this kernel refuses {feature.Description} to this process"
        : $"this kernel has no {feature.Description}; Linux {feature.Since} brought that";
}
