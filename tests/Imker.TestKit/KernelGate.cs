using Imker.Objects;
using Xunit;

namespace Imker.TestKit;

/// <summary>
/// Says at the start of a test what it needs of the kernel. A test is skipped only where the running kernel is known not to have it;
/// where it is known to have it, or where nothing is known, the test runs and has to pass.
/// </summary>
public static class KernelGate
{
    public static void Require(KernelFeature feature)
    {
        ArgumentNullException.ThrowIfNull(feature);
        Require(feature.Name);
    }

    /// <param name="name">A row of <c>known-kernels.tsv</c>: a <see cref="KernelFeature"/>'s name, or one of those that have no object.</param>
    /// <exception cref="ArgumentException">There is no such row.</exception>
    public static void Require(string name)
    {
        Machine.RequireRoot();
        if (KnownKernels.Has(KnownKernels.Running, name) == false)
            Assert.Skip($"{KnownKernels.Running} has no {name}");
    }
}
