using Imker.Linux;
using Imker.Objects;
using Imker.TestKit;

namespace Imker.EndToEnd.Tests;

public sealed class KnownKernelTests
{
    [Fact]
    public void Every_feature_has_a_row_in_the_table_of_known_kernels() =>
        Assert.Empty(KernelFeature.All.Select(f => f.Name).Except(KnownKernels.Names));

    [Fact]
    public void The_running_kernel_answers_what_the_table_says()
    {
        Machine.RequireRoot();
        Assert.SkipWhen(KnownKernels.Running is null, "this kernel is not in the table");
        Assert.Empty(
            from feature in KernelFeature.All
            let answer = FeatureProbes.Ask(feature)
            where answer == FeatureState.Present != KnownKernels.Has(KnownKernels.Running, feature.Name)
            select $"{feature}: {answer}");
    }
}
