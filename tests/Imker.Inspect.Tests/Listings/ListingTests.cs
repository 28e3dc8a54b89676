using System.Text.Json.Nodes;
using Imker.Bytecode;
using Imker.Linux;
using Imker.TestKit;

namespace Imker.Inspect.Tests.Listings;

public sealed class ListingTests
{
    public static TheoryData<string> Objects => ["hash", "globals", "percpu", "collections", "map-in-map", "rings", "raw-tracepoint", "packets", "subprograms", "tail-calls", "syscall"];

    [Theory]
    [MemberData(nameof(Objects))]
    public void Programs_are_shown_as_bpftool_shows_them(string name)
    {
        using LoadedObject loaded = LoadedObjects.Load(name);
        foreach (KernelProgram program in loaded.Programs.Values)
        {
            JsonNode ours = Shown.Json((output, inventory) => ProgramListing.Write(output, inventory, LoadedObjects.ById(program)))[0]!;
            JsonNode theirs = Bpftool.Json("prog", "show", "id", $"{program.GetInfo().Id}");
            // A second may begin between the two clocks that the time is made from.
            Assert.InRange((long)ours["loaded_at"]! - (long)theirs["loaded_at"]!, -1, 1);
            Assert.Equal(Bpftool.Comparable(theirs, "pids", "loaded_at"), Bpftool.Comparable(ours, "pids", "loaded_at"));
        }
    }

    [Theory]
    [MemberData(nameof(Objects))]
    public void Maps_are_shown_as_bpftool_shows_them(string name)
    {
        using LoadedObject loaded = LoadedObjects.Load(name);
        foreach (KernelMap map in loaded.Maps.Values)
        {
            JsonNode ours = Shown.Json((output, inventory) => MapListing.Write(output, inventory, LoadedObjects.ById(map)))[0]!;
            Assert.Equal(Bpftool.Comparable(Bpftool.Json("map", "show", "id", $"{map.GetInfo().Id}"), "pids"), Bpftool.Comparable(ours, "pids"));
        }
    }

    [Fact]
    public void Type_information_is_shown_with_who_uses_it()
    {
        using LoadedObject loaded = LoadedObjects.Load("hash");
        uint id = loaded.Maps["counts"].GetInfo().BtfId;
        JsonNode ours = Shown.Json((output, inventory) => TypeInformationListing.Write(output, inventory, id))[0]!;
        JsonNode theirs = Bpftool.Json("btf", "show", "id", $"{id}");
        Assert.Equal(Bpftool.Comparable(theirs, "pids"), Bpftool.Comparable(ours, "pids"));
    }

    [Fact]
    public void A_table_names_what_there_is()
    {
        using LoadedObject loaded = LoadedObjects.Load("hash");
        KernelProgram program = loaded.Programs["count"];
        string[] lines = Shown.Text((output, inventory) => ProgramListing.Write(output, inventory, LoadedObjects.ById(program))).Split('\n');
        Assert.Matches(@"^ +ID TYPE +NAME +TAG +LOADED +UID XLATED JITED MEMLOCK MAPS +BTF$", lines[0]);
        Assert.Matches($@"^ *{program.GetInfo().Id} socket_filter count [0-9a-f]{{16}} \d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\dZ   0 +\d+ +\d+ +\d+ {loaded.Maps["counts"].GetInfo().Id} +\d+$", lines[1]);
    }

    [Fact]
    public void Where_a_map_is_pinned_is_shown()
    {
        Machine.RequireBpffs();
        string pin = $"/sys/fs/bpf/imker-test-{Environment.ProcessId}";
        using LoadedObject loaded = LoadedObjects.Load("hash");
        loaded.Maps["counts"].Pin(pin);
        try
        {
            JsonNode map = Shown.Json((output, inventory) => MapListing.Write(output, inventory, LoadedObjects.ById(loaded.Maps["counts"])))[0]!;
            Assert.Equal(pin, (string)map["pinned"]![0]!);
        }
        finally
        {
            File.Delete(pin);
        }
    }

    [Fact]
    public void What_is_not_there_is_said()
    {
        Machine.RequireRoot();
        InspectException error = Assert.Throws<InspectException>(() => ObjectSelector.Programs(new ObjectSelector(SelectorKind.Name, "nobody_is_called_so")));
        Assert.Equal("there is no program with name nobody_is_called_so; 'prog list' shows those that are there", error.Message);
        error = Assert.Throws<InspectException>(() => ObjectSelector.Maps(new ObjectSelector(SelectorKind.Pinned, "/sys/fs/bpf/nothing/here")));
        Assert.Equal("there is no map pinned at /sys/fs/bpf/nothing/here", error.Message);
    }

    [Fact]
    public void What_is_pinned_and_of_another_kind_is_said()
    {
        Machine.RequireBpffs();
        string pin = $"/sys/fs/bpf/imker-test-kind-{Environment.ProcessId}";
        using LoadedObject loaded = LoadedObjects.Load("hash");
        loaded.Maps["counts"].Pin(pin);
        try
        {
            BpfException error = Assert.Throws<BpfException>(() => ObjectSelector.Programs(new ObjectSelector(SelectorKind.Pinned, pin)));
            Assert.EndsWith("what is pinned there is no program", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(pin);
        }
    }

    [Fact]
    public void Several_of_a_name_are_not_taken_for_one()
    {
        using LoadedObject first = LoadedObjects.Load("hash"), second = LoadedObjects.Load("hash");
        string tag = first.Programs["count"].GetInfo().Tag;
        InspectException error = Assert.Throws<InspectException>(() => ObjectSelector.Program(new ObjectSelector(SelectorKind.Tag, tag)));
        Assert.Contains($"programs have the tag {tag}: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hostile_name_does_not_reach_the_terminal()
    {
        Machine.RequireRoot();
        using KernelMap map = KernelMap.Create(new MapParameters(MapType.Array, 4, 4, 1) { Name = "a\u001b[31mb" });
        string text = Shown.Text((output, inventory) => MapListing.Write(output, inventory, LoadedObjects.ById(map)));
        Assert.DoesNotContain('\u001b', text);
    }
}
