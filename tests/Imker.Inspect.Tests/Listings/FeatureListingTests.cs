using System.Text.Json.Nodes;
using Imker.Linux;
using Imker.TestKit;

namespace Imker.Inspect.Tests.Listings;

public sealed class FeatureListingTests
{
    // What bpftool 7.1 tells of LSM programs, and of others as nothing.
    private static readonly string[] newerKeys = ["attach_btf_id", "attach_btf_name", "attach_btf_obj_id"];

    /// <summary>Where the older bpftool says no, the kernel may refuse what it asks with (fentry) and take another program of the type.</summary>
    [Theory]
    [InlineData("program_types")]
    [InlineData("map_types")]
    public void Types_are_there_that_bpftool_finds(string section)
    {
        Machine.RequireRoot();
        JsonNode ours = Shown.Json((output, _) => FeatureListing.Write(output, withHelpers: false))[section]!;
        JsonObject theirs = Bpftool.Json("feature", "probe")[section]!.AsObject();
        Assert.True(theirs.Count > 25);
        Assert.All(theirs, pair => Assert.True((bool)ours[pair.Key]! || !(bool)pair.Value!, pair.Key));
        Assert.All(theirs.Where(pair => pair.Key != "have_tracing_prog_type"), pair => Assert.Equal((bool)pair.Value!, (bool)ours[pair.Key]!));
    }

    [Fact]
    public void Helpers_are_told_by_type()
    {
        Machine.RequireRoot();
        JsonNode helpers = Shown.Json((output, _) => FeatureListing.Write(output, withHelpers: true))["helpers"]!;
        Assert.Contains("bpf_redirect", helpers["xdp_available_helpers"]!.AsArray().Select(h => (string)h!));
        Assert.DoesNotContain("bpf_redirect", helpers["kprobe_available_helpers"]!.AsArray().Select(h => (string)h!));
        Assert.Contains("bpf_bind", helpers["cgroup_sock_addr_available_helpers"]!.AsArray().Select(h => (string)h!));
        Assert.Contains("bpf_sys_bpf", helpers["syscall_available_helpers"]!.AsArray().Select(h => (string)h!));
    }

    [Fact]
    public void A_cgroup_has_the_programs_that_bpftool_finds()
    {
        using var cgroup = new TemporaryCgroup();
        using LoadedObject loaded = LoadedObjects.Load("packets");
        KernelProgram program = loaded.Programs.Values.First(p => p.Type == Bytecode.ProgramType.CgroupSkb);
        Assert.Equal(0, Bpftool.Run("cgroup", "attach", cgroup.Directory, "ingress", "id", $"{program.GetInfo().Id}", "multi").ExitCode);
        try
        {
            JsonNode ours = Shown.Json((output, _) => CgroupListing.Write(output, cgroup.Directory, isEffective: false));
            Assert.Equal(Bpftool.Comparable(Bpftool.Json("cgroup", "show", cgroup.Directory), newerKeys), Bpftool.Comparable(ours));
            JsonNode tree = Shown.Json((output, _) => CgroupListing.WriteTree(output, cgroup.Directory, isEffective: false));
            Assert.Equal(Bpftool.Comparable(Bpftool.Json("cgroup", "tree", cgroup.Directory), newerKeys), Bpftool.Comparable(tree));
            Assert.Contains($"{cgroup.Directory} {program.GetInfo().Id} ", Shown.Text((output, _) => CgroupListing.WriteTree(output, cgroup.Directory, isEffective: false)), StringComparison.Ordinal);
        }
        finally
        {
            Bpftool.Run("cgroup", "detach", cgroup.Directory, "ingress", "id", $"{program.GetInfo().Id}");
        }
    }
}
