using System.Text.Json.Nodes;
using Imker.Bytecode;
using Imker.Linux;
using Imker.TestKit;

namespace Imker.Inspect.Tests.Listings;

public sealed class LinkListingTests
{
    // Their bpftool is older than these kinds of links, or says less of them.
    private static readonly string[] newerKeys = ["pids", "prog_type", "devname", "retprobe", "file", "offset", "tracepoint", "event_type", "event_config", "path", "func_cnt", "funcs", "bpf_cookie"];

    [Theory]
    [InlineData("raw-tracepoint")]
    [InlineData("typed")]
    public void Links_are_shown_as_bpftool_shows_them(string name)
    {
        using LoadedObject loaded = LoadedObjects.Load(name);
        loaded.Attach();
        Assert.NotEmpty(loaded.Links);
        foreach (KernelLink link in loaded.Links)
        {
            LinkInfo info = link.GetInfo();
            JsonNode ours = Shown.Json((output, inventory) => LinkListing.Write(output, inventory, new ObjectSelector(SelectorKind.Id, $"{info.Id}")))[0]!;
            JsonNode theirs = Bpftool.Json("link", "show", "id", $"{info.Id}");
            Assert.Equal(Bpftool.Comparable(theirs, newerKeys), Bpftool.Comparable(ours, newerKeys));
        }
    }

    [Fact]
    public void A_table_says_what_a_link_is_attached_to()
    {
        using LoadedObject loaded = LoadedObjects.Load("raw-tracepoint");
        loaded.Attach();
        LinkInfo info = loaded.Links[0].GetInfo();
        string text = Shown.Text((output, inventory) => LinkListing.Write(output, inventory, new ObjectSelector(SelectorKind.Id, $"{info.Id}")));
        Assert.Contains($"raw tracepoint {((RawTracepointLinkTarget)info.Target).Name}", text, StringComparison.Ordinal);
    }
}
