using Imker.Bytecode;
using Imker.Objects;

namespace Imker.Linux.Tests.Features;

public sealed class FeatureProbesTests
{
    // Linux 6.18 as this project's development machine builds it: without CONFIG_KPROBES and CONFIG_FPROBE.
    private static readonly KernelFeature[] absentThere = [KernelFeature.KprobeMulti];

    [Fact]
    public void Every_feature_has_a_probe()
    {
        foreach (KernelFeature feature in KernelFeature.All)
            Assert.True(Enum.IsDefined(FeatureProbes.Ask(feature)));
    }

    [Fact]
    public void A_6_18_kernel_has_all_features_but_those_it_was_built_without()
    {
        Assert.SkipUnless(Environment.OSVersion.Version is { Major: 6, Minor: 18 }, "another kernel");
        foreach (KernelFeature feature in KernelFeature.All)
        {
            FeatureState expected = absentThere.Contains(feature) ? FeatureState.Absent : FeatureState.Present;
            Assert.True(expected == FeatureProbes.Ask(feature), $"{feature} is {FeatureProbes.Ask(feature)}");
        }
    }

    [Theory]
    [InlineData(ProgramType.Kprobe, HelperId.GetAttachCookie, FeatureState.Present)]
    [InlineData(ProgramType.Kprobe, HelperId.ProbeReadUserStr, FeatureState.Present)]
    [InlineData(ProgramType.SocketFilter, HelperId.ProbeReadUserStr, FeatureState.Present)]
    [InlineData(ProgramType.Kprobe, HelperId.XdpAdjustHead, FeatureState.Absent)]
    [InlineData(ProgramType.Xdp, HelperId.GetAttachCookie, FeatureState.Absent)]
    public void A_helper_is_there_for_some_program_types(ProgramType type, HelperId helper, FeatureState expected) =>
        Assert.Equal(expected, FeatureProbes.AskHelper(type, helper));

    [Fact]
    public void A_helper_of_no_number_is_absent() =>
        Assert.Equal(FeatureState.Absent, FeatureProbes.AskHelper(ProgramType.Kprobe, (HelperId)100_000));
}
