using Imker.Objects;
using Imker.TestKit;

namespace Imker.Linux.Tests.Hooks;

/// <summary>What is said where a kernel does not take a hook.</summary>
[Collection(KernelEvents.OneAtATime)]
public sealed class RefusalTests
{
    [Theory]
    [InlineData("fentry", "hook-fentry", "instead: kprobe")]
    [InlineData("fmod_ret", "hook-fmod-ret", "instead: an LSM program")]
    [InlineData("lsm", "hook-lsm", "instead: cgroup hooks")]
    [InlineData("lsm_cgroup", "hook-lsm-cgroup", "instead: cgroup/bind4")]
    [InlineData("kprobe", "hook-kprobe", "instead: a raw tracepoint")]
    [InlineData("kprobe.multi, kretprobe.multi", "hook-kprobe-multi", "instead: kprobe, one for each function")]
    [InlineData("netfilter", "hook-netfilter", "instead: tc or cgroup_skb")]
    [InlineData("tcx/ingress", "hook-tcx", "instead: clsact")]
    [InlineData("netkit/primary", "hook-netkit", "instead: tcx on a veth pair")]
    [InlineData("action", "hook-tc-action", "instead: a classifier of its own")]
    public void A_refusal_says_what_would_do_instead(string hook, string name, string instead)
    {
        Machine.RequireRoot();
        string state = HookGate.StateOf(hook) ?? "fires";
        Assert.SkipWhen(state == "fires", $"this kernel has {hook}");
        string message = "";
        HookTest.InNamespace(() => message = RefusalOf(name));
        Assert.Contains(state == "refused" ? "refused: " : "unsupported by this kernel", message, StringComparison.Ordinal);
        Assert.Contains(instead, message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_extension_is_refused_with_what_would_do_instead()
    {
        Machine.RequireRoot();
        Assert.SkipUnless(HookGate.StateOf("freplace") == "refused", "this kernel takes extensions");
        using LoadedObject target = HookTest.Load("hook-extension-target");
        BpfException refusal = Assert.Throws<BpfException>(() => HookTest.Load("hook-extension", new LoadOptions { AttachedProgram = target.Programs["ask"] }));
        Assert.Contains("instead: a tail call", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_whose_section_names_no_place_says_what_it_takes()
    {
        Machine.RequireRoot();
        using LoadedObject loaded = HookTest.Load("hook-xdp");
        AttachFailure failure = Assert.Single(loaded.Attach(new HookTargets()));
        Assert.Contains("its section 'xdp' does not say where: it takes an interface", failure.Reason.Message, StringComparison.Ordinal);
        Assert.Empty(loaded.Attach());
    }

    private static string RefusalOf(string name)
    {
        try
        {
            using LoadedObject loaded = HookTest.Load(name);
            return loaded.Attach(new HookTargets { InterfaceIndex = 1 }).First().Reason.Message;
        }
        catch (BpfException e)
        {
            return e.Message;
        }
    }
}
