using System.Text.RegularExpressions;
using Imker.Bytecode;
using Imker.TestKit;

namespace Imker.Objects.Tests.Files;

/// <summary>What we write, judged by the tools of others: binutils, LLVM, libbpf through bpftool, and the kernel.</summary>
public sealed partial class PeerTests : IDisposable
{
    private const int Runs = 3;

    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("imker-objects-");
    private readonly string path;

    public PeerTests()
    {
        path = Path.Combine(directory.FullName, "example.bpf.o");
        File.WriteAllBytes(path, BpfObjectWriter.Write(ExampleObject.Make()));
    }

    public void Dispose() => directory.Delete(recursive: true);

    [Fact]
    public void Readelf_finds_nothing_wrong()
    {
        string text = Run("readelf", "-aW", path);
        Assert.DoesNotContain("Warning", text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("tracepoint/syscalls/sys_enter_getppid", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Llvm_disassembles_it_with_its_relocations()
    {
        string text = Run("llvm-objdump", "-d", "-r", path);
        Assert.Matches(@"R_BPF_64_32\s+\.text", text);
        Assert.Matches(@"R_BPF_64_64\s+_counts", text);
        Assert.Matches(@"R_BPF_64_64\s+\.data\.host", text);
        Assert.Contains("<count_getppid>", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Bpftool_dumps_its_types() => Assert.Matches(@"DATASEC '\.maps' size=\d+ vlen=2", Run("bpftool", "btf", "dump", "file", path));

    [Fact]
    public void Bpftool_makes_a_skeleton_of_it()
    {
        string text = Run("bpftool", "gen", "skeleton", path);
        Assert.Contains("struct bpf_map *_counts;", text, StringComparison.Ordinal);
        Assert.Contains("struct bpf_program *count_getppid;", text, StringComparison.Ordinal);
        Assert.Matches(@"unsigned long calls;", text);
    }

    [Fact]
    public void Bpftools_linker_takes_it_and_leaves_our_section_out()
    {
        string linked = Path.Combine(directory.FullName, "linked.bpf.o");
        Run("bpftool", "gen", "object", linked, path);
        BpfObject plain = BpfObjectReader.Read(File.ReadAllBytes(linked), linked);
        Assert.Equal(ExampleObject.Make().Programs[0].Entry.Instructions.Length, plain.Programs[0].Entry.Instructions.Length);
        Assert.Equal(["add_call", "see_entry"], plain.Functions.Select(function => function.Name));
        Assert.Equal(["_counts", "events", ".data.host"], plain.Maps.Select(map => map.Name));
    }

    [Fact]
    public void The_kernel_takes_it_from_bpftool_and_it_counts()
    {
        KernelGate.Require(KernelFeature.ForEachMapElement);
        Machine.RequireBpffs();
        string pins = $"/sys/fs/bpf/{directory.Name}", packet = Path.Combine(directory.FullName, "packet");
        File.WriteAllBytes(packet, new byte[64]);
        try
        {
            Run("bpftool", "prog", "loadall", path, pins, "pinmaps", pins);
            for (int i = 0; i < Runs; i++)
                Run("bpftool", "prog", "run", "pinned", $"{pins}/count_packet", "data_in", packet);
            Assert.Equal(Runs, ValueIn(Run("bpftool", "map", "dump", "pinned", $"{pins}/_counts")));
            Assert.Contains($"\"calls\": {Runs}", Run("bpftool", "map", "dump", "pinned", $"{pins}/_data_host"), StringComparison.Ordinal);
            string lines = Run("bpftool", "prog", "dump", "xlated", "pinned", $"{pins}/count_getppid", "linum");
            Assert.Contains("tracepoint:syscalls:sys_enter_getppid { [file:example.bt line_num:1 line_col:1]", lines, StringComparison.Ordinal);
        }
        finally
        {
            if (Directory.Exists(pins))
                Directory.Delete(pins, recursive: true);
        }
    }

    [Fact]
    public void Libbpf_fills_a_map_of_maps_with_the_maps_that_it_names()
    {
        Machine.RequireRoot();
        Machine.RequireBpffs();
        string pins = $"/sys/fs/bpf/{directory.Name}";
        var ring = new MapSpec { Name = "ring1", Type = MapType.RingBuffer, MaxEntries = 4096 };
        var entry = new FunctionSpec { Name = "main", Instructions = [Instruction.LoadMap(Register.R1, new MapReference("rings")), Instruction.Mov(Register.R0, 0), Instruction.Exit] };
        File.WriteAllBytes(path, BpfObjectWriter.Write(new BpfObject
        {
            Name = "outer",
            Programs = [new ProgramSpec { Name = "main", Type = ProgramType.SocketFilter, Entry = entry }],
            Maps =
            [
                ring with { Name = "ring0" },
                ring,
                new MapSpec { Name = "rings", Type = MapType.ArrayOfMaps, KeySize = 4, ValueSize = 4, MaxEntries = 2, InnerMap = ring, InnerMaps = ["ring0", "ring1"] },
            ],
        }));
        try
        {
            Run("bpftool", "prog", "loadall", path, pins, "pinmaps", pins);
            IEnumerable<string> named = new[] { "ring0", "ring1" }.Select(name => MapId().Match(Run("bpftool", "map", "show", "pinned", $"{pins}/{name}")).Value);
            string held = Run("bpftool", "map", "dump", "pinned", $"{pins}/rings");
            Assert.Equal(named, InnerMapId().Matches(held).Select(match =>
                BitConverter.ToInt32(Convert.FromHexString(match.Groups[1].Value.Replace(" ", "", StringComparison.Ordinal))).ToString()));
        }
        finally
        {
            if (Directory.Exists(pins))
                Directory.Delete(pins, recursive: true);
        }
    }

    private static int ValueIn(string dump) => Value().Match(dump) is { Success: true } match ? int.Parse(match.Groups[1].Value) : 0;

    private static string Run(string tool, params string[] arguments)
    {
        using RunningProgram running = RunningProgram.Start(Machine.RequireTool(tool), arguments);
        ProgramResult result = running.WaitForEnd(TimeSpan.FromSeconds(60));
        Assert.True(result.ExitCode == 0, $"{tool} {string.Join(' ', arguments)}: {result.Error}");
        Assert.Equal("", result.Error);
        return result.Output;
    }

    [GeneratedRegex(@"^\d+")]
    private static partial Regex MapId();

    [GeneratedRegex("value: ((?:[0-9a-f]{2} ?){4})")]
    private static partial Regex InnerMapId();

    [GeneratedRegex("\"value\": (\\d+)")]
    private static partial Regex Value();
}
