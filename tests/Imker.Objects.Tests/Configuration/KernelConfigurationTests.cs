using Imker.Bytecode;
using Imker.Diagnostics;
using Imker.Objects.Tests.Targets;

namespace Imker.Objects.Tests.Configuration;

/// <summary>Variables of <c>.kconfig</c>, set from the answers of a small machine.</summary>
public sealed class KernelConfigurationTests
{
    [Theory]
    [InlineData("CONFIG_HZ", 4, KernelVariableKind.Integer, "FA000000")]
    [InlineData("CONFIG_HZ", 1, KernelVariableKind.Character, "FA")]
    [InlineData("CONFIG_BPF_SYSCALL", 1, KernelVariableKind.Boolean, "01")]
    [InlineData("CONFIG_BPF_SYSCALL", 1, KernelVariableKind.Character, "79")]
    [InlineData("CONFIG_BPF_SYSCALL", 4, KernelVariableKind.Tristate, "01000000")]
    [InlineData("CONFIG_IPV6", 4, KernelVariableKind.Tristate, "02000000")]
    [InlineData("CONFIG_DEFAULT_HOSTNAME", 8, KernelVariableKind.Text, "286E6F6E65290000")]
    [InlineData("CONFIG_DEFAULT_HOSTNAME", 4, KernelVariableKind.Text, "286E6F00")]
    [InlineData("LINUX_KERNEL_VERSION", 4, KernelVariableKind.Integer, "000C0600")]
    [InlineData("LINUX_HAS_BPF_COOKIE", 1, KernelVariableKind.Boolean, "01")]
    [InlineData("LINUX_HAS_SYSCALL_WRAPPER", 1, KernelVariableKind.Boolean, "00")]
    public void An_option_becomes_the_bytes_of_its_type(string name, int size, KernelVariableKind kind, string bytes) =>
        Assert.Equal(bytes, Convert.ToHexString(Resolve(new KernelVariable(name, 0, size, kind)).FindMap(".kconfig")!.Contents.Span));

    [Fact]
    public void A_weak_variable_that_is_not_set_is_zero()
    {
        BpfObject resolved = Resolve(new KernelVariable("CONFIG_MISSING", 0, 4, KernelVariableKind.Integer) { IsWeak = true });
        Assert.Equal(new byte[4], resolved.FindMap(".kconfig")!.Contents.ToArray());
    }

    [Theory]
    [InlineData("CONFIG_MISSING", 4, KernelVariableKind.Integer, "is not set in the target's configuration, and not declared weak")]
    [InlineData("NO_OPTION", 4, KernelVariableKind.Integer, "is not set in the target's configuration, and not declared weak")]
    [InlineData("CONFIG_IPV6", 1, KernelVariableKind.Boolean, "is m in the target's configuration, which does not fit its type (Boolean, 1 bytes)")]
    [InlineData("CONFIG_BPF_SYSCALL", 4, KernelVariableKind.Integer, "is y in the target's configuration, which does not fit its type (Integer, 4 bytes)")]
    [InlineData("CONFIG_DEFAULT_HOSTNAME", 4, KernelVariableKind.Integer, "is \"(none)\" in the target's configuration, which does not fit its type (Integer, 4 bytes)")]
    [InlineData("LINUX_KERNEL_VERSION", 2, KernelVariableKind.Integer, "is 396288 in the target's configuration, which does not fit its type (Integer, 2 bytes)")]
    public void What_does_not_fit_is_named(string name, int size, KernelVariableKind kind, string problem)
    {
        var refusal = Assert.Throws<DiagnosticException>(() => Resolve(new KernelVariable(name, 0, size, kind)));
        Assert.Equal(("IMK6206", $"cannot load it: section '.kconfig': '{name}' {problem}"), (refusal.Diagnostics[0].Id, refusal.Diagnostics[0].Message));
    }

    [Fact]
    public void A_signed_byte_takes_what_a_signed_byte_can_hold()
    {
        var variable = new KernelVariable("CONFIG_HZ", 0, 1, KernelVariableKind.Character) { IsSigned = true };
        Assert.Contains("does not fit", Assert.Throws<DiagnosticException>(() => Resolve(variable)).Diagnostics[0].Message, StringComparison.Ordinal);
    }

    private static BpfObject Resolve(KernelVariable variable) => KernelConfiguration.Resolve(
        new BpfObject
        {
            Name = "it",
            KernelVariables = [variable],
            Maps = [new MapSpec { Name = ".kconfig", Type = MapType.Array, KeySize = 4, ValueSize = variable.Size, MaxEntries = 1, IsReadOnlyData = true }],
        },
        new FakeTarget());
}
