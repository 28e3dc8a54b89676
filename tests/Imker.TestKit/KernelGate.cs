using Imker.Linux;
using Imker.Objects;
using Xunit;

namespace Imker.TestKit;

/// <summary>
/// Says at the start of a test what it needs of the kernel. On a kernel that <c>known-kernels.tsv</c> describes the table alone decides:
/// where it says that the kernel has it, the test runs and has to pass, whatever a probe says. On others the kernel is asked.
/// </summary>
public static class KernelGate
{
    public static void Require(KernelFeature feature)
    {
        ArgumentNullException.ThrowIfNull(feature);
        Machine.RequireRoot();
        if (!(KnownKernels.Has(KnownKernels.Running, feature.Name) ?? FeatureProbes.Ask(feature) == FeatureState.Present))
            Assert.Skip($"this kernel has no {feature}");
    }

    /// <param name="name">A row of <c>known-kernels.tsv</c>: a <see cref="KernelFeature"/>'s name, or a hook that has no such object.</param>
    /// <exception cref="ArgumentException">There is no such row.</exception>
    public static void Require(string name)
    {
        if (KernelFeature.All.FirstOrDefault(f => f.Name == name) is { } feature)
        {
            Require(feature);
            return;
        }
        Machine.RequireRoot();
        if (KnownKernels.Has(KnownKernels.Running, name) == false)
            Assert.Skip($"this kernel has no {name}");
    }

    /// <summary>For what is expected of some kernels and their machines alone.</summary>
    /// <param name="names">Columns of <c>known-kernels.tsv</c>.</param>
    public static void RequireOneOf(params string[] names)
    {
        if (!names.Contains(KnownKernels.Running))
            Assert.Skip($"this kernel is none of {string.Join(", ", names)}");
    }
}
