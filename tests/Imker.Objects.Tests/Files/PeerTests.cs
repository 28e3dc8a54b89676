using System.Text.RegularExpressions;
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

    private static int ValueIn(string dump) => Value().Match(dump) is { Success: true } match ? int.Parse(match.Groups[1].Value) : 0;

    private static string Run(string tool, params string[] arguments)
    {
        using RunningProgram running = RunningProgram.Start(Machine.RequireTool(tool), arguments);
        ProgramResult result = running.WaitForEnd(TimeSpan.FromSeconds(60));
        Assert.True(result.ExitCode == 0, $"{tool} {string.Join(' ', arguments)}: {result.Error}");
        Assert.Equal("", result.Error);
        return result.Output;
    }

    [GeneratedRegex("\"value\": (\\d+)")]
    private static partial Regex Value();
}
