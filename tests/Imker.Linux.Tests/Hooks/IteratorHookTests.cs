using System.Globalization;
using Imker.Hosting;
using Imker.TestKit;

namespace Imker.Linux.Tests.Hooks;

[Collection(KernelEvents.OneAtATime)]
public sealed class IteratorHookTests
{
    public IteratorHookTests() => Machine.RequireRoot();

    [Fact]
    public void Iterators_walk()
    {
        using LoadedObject loaded = HookTest.Load("hook-iterators");
        using (KernelLink tasks = IteratorLink.Attach(loaded.Programs["show_task"], "tasks"))
        {
            string own = string.Create(CultureInfo.InvariantCulture, $"task {Environment.ProcessId}");
            Assert.Contains(own, IteratorReader.ReadText(tasks).Split('\n'));
            // One link can be walked again.
            Assert.Contains(own, IteratorReader.ReadText(tasks).Split('\n'));
        }
        ulong before = loaded.Hits();
        using KernelLink maps = IteratorLink.Attach(loaded.Programs["show_map"], "maps");
        Assert.Equal("", IteratorReader.ReadText(maps));
        Assert.InRange(loaded.Hits() - before, 2UL, 100_000UL);
    }

    [Fact]
    public void An_iterator_changes_the_elements_of_a_map()
    {
        using LoadedObject loaded = HookTest.Load("hook-iterator-elements");
        var counts = new BpfMap<uint, ulong>(loaded.Maps["counts"]);
        (counts[1], counts[2]) = (10, 20);
        using KernelLink link = IteratorLink.Attach(loaded.Programs["add"], "elements", loaded.Maps["counts"]);
        IteratorReader.ReadText(link);
        Assert.Equal((1010UL, 1020UL, 2UL), (counts[1], counts[2], loaded.Hits()));
    }

    [Fact]
    public void An_iterator_walks_one_process()
    {
        KernelGate.Require("iterator_of_one_task");
        using LoadedObject loaded = HookTest.Load("hook-iterators");
        using KernelLink link = IteratorLink.AttachToProcess(loaded.Programs["show_task"], "own threads", Environment.ProcessId);
        string[] lines = IteratorReader.ReadText(link).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"task {Environment.ProcessId}"), line));
    }

    [Fact]
    public void An_iterator_walks_cgroups()
    {
        KernelGate.Require("iterator_of_cgroups");
        using LoadedObject loaded = HookTest.Load("hook-iterator-cgroup");
        using var cgroup = new TemporaryCgroup();
        Directory.CreateDirectory($"{cgroup.Directory}/below");
        try
        {
            using KernelLink link = IteratorLink.AttachToCgroup(loaded.Programs["see"], "cgroups", cgroup.Directory);
            IteratorReader.ReadText(link);
            Assert.Equal(2UL, loaded.Hits());
        }
        finally
        {
            Directory.Delete($"{cgroup.Directory}/below");
        }
    }
}
