using Imker.Objects;
using Imker.TestKit;

namespace Imker.EndToEnd.Tests;

public sealed class KnownKernelTests
{
    [Fact]
    public void Every_feature_has_a_row_in_the_table_of_known_kernels() =>
        Assert.Empty(KernelFeature.All.Select(f => f.Name).Except(KnownKernels.Names));
}
