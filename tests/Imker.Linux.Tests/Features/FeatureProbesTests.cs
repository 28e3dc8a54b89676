using Imker.Bytecode;
using Imker.Objects;
using Imker.TestKit;

namespace Imker.Linux.Tests.Features;

public sealed class FeatureProbesTests
{
    [Fact]
    public void Every_feature_has_a_probe()
    {
        foreach (KernelFeature feature in KernelFeature.All)
            Assert.True(Enum.IsDefined(FeatureProbes.Ask(feature)));
    }

    [Fact]
    public void A_known_kernel_answers_as_it_is_known()
    {
        Assert.SkipWhen(KnownKernels.Running is null, "an unknown kernel");
        foreach (KernelFeature feature in KernelFeature.All)
        {
            FeatureState expected = KnownKernels.Has(KnownKernels.Running, feature.Name)!.Value ? FeatureState.Present : FeatureState.Absent;
            Assert.True(expected == FeatureProbes.Ask(feature), $"{feature} is {FeatureProbes.Ask(feature)}");
        }
    }

    [Theory]
    [InlineData(ProgramType.Kprobe, HelperId.GetAttachCookie, FeatureState.Present)]
    [InlineData(ProgramType.Kprobe, HelperId.ProbeReadUserStr, FeatureState.Present)]
    [InlineData(ProgramType.SocketFilter, HelperId.ProbeReadUserStr, FeatureState.Present)]
    [InlineData(ProgramType.Kprobe, HelperId.XdpAdjustHead, FeatureState.Absent)]
    [InlineData(ProgramType.Xdp, HelperId.GetAttachCookie, FeatureState.Absent)]
    public void A_helper_is_there_for_some_program_types(ProgramType type, HelperId helper, FeatureState expected)
    {
        if (helper == HelperId.GetAttachCookie)
            KernelGate.Require(KernelFeature.AttachCookie);
        Assert.Equal(expected, FeatureProbes.AskHelper(type, helper));
    }

    [Fact]
    public void A_helper_of_no_number_is_absent() =>
        Assert.Equal(FeatureState.Absent, FeatureProbes.AskHelper(ProgramType.Kprobe, (HelperId)100_000));
}
