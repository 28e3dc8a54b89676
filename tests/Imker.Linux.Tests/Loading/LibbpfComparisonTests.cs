using System.Globalization;
using System.Text.RegularExpressions;
using Imker.Objects;
using Imker.TestKit;

namespace Imker.Linux.Tests.Loading;

/// <summary>The same objects, loaded by us and by libbpf through bpftool: what the kernel makes of both is the same code.</summary>
public sealed partial class LibbpfComparisonTests : IDisposable
{
    private readonly string pins = $"/sys/fs/bpf/imker-{Guid.NewGuid():n}";

    [Theory]
    [InlineData("hash")]
    [InlineData("percpu")]
    [InlineData("globals")]
    [InlineData("subprograms")]
    [InlineData("callbacks", "bpf_loop")]
    [InlineData("kconfig", "readable_configuration")]
    [InlineData("kfuncs", "open_coded_iterators")]
    [InlineData("tail-calls")]
    [InlineData("map-in-map")]
    [InlineData("rings")]
    [InlineData("collections", "bloom_filter")]
    [InlineData("locks", "lock_in_global_data")]
    [InlineData("syscall", "syscall_program")]
    [InlineData("newer-types")]
    [InlineData("core-kernel")]
    [InlineData("linked-by-libbpf", "readable_configuration")]
    public void Programs_become_the_same_code(string name, string? needs = null)
    {
        if (needs is not null)
            KernelGate.Require(needs);
        Machine.RequireRoot();
        Machine.RequireBpffs();
        using LoadedObject loaded = ObjectLoader.Load(BpfObjectReader.Read(Corpus.ReadObject(name), name));
        Run("prog", "loadall", Corpus.PathOf($"objects/{name}.bpf.o"), pins);
        foreach ((string program, KernelProgram ours) in loaded.Programs)
        {
            string theirs = Dump("pinned", Path.Combine(pins, program));
            Assert.NotEqual("", theirs);
            Assert.Equal(theirs, Dump("id", ours.GetInfo().Id.ToString(CultureInfo.InvariantCulture)));
        }
    }

    [Theory]
    [InlineData("subprograms", "call")]
    [InlineData("core-kernel", "look")]
    public void Instructions_are_told_the_same_source_lines(string name, string program)
    {
        Machine.RequireRoot();
        Machine.RequireBpffs();
        using LoadedObject loaded = ObjectLoader.Load(BpfObjectReader.Read(Corpus.ReadObject(name), name));
        Run("prog", "loadall", Corpus.PathOf($"objects/{name}.bpf.o"), pins);
        string theirs = WithoutNumbers(Run("prog", "dump", "xlated", "pinned", Path.Combine(pins, program), "linum"));
        Assert.Contains("line_num:", theirs, StringComparison.Ordinal);
        Assert.Equal(theirs, WithoutNumbers(Run("prog", "dump", "xlated", "id", loaded.Programs[program].GetInfo().Id.ToString(CultureInfo.InvariantCulture), "linum")));
    }

    [Fact]
    public void Objects_that_we_link_become_the_code_of_those_that_libbpf_links()
    {
        // libbpf wants to read it where an object asks for anything of it.
        KernelGate.Require("readable_configuration");
        Machine.RequireRoot();
        Machine.RequireBpffs();
        BpfObject linked = ObjectLinker.Link("linked", ("link-a", Corpus.ReadObject("link-a")), ("link-b", Corpus.ReadObject("link-b")));
        using LoadedObject ours = ObjectLoader.Load(linked);
        using LoadedObject theirs = ObjectLoader.Load(BpfObjectReader.Read(Corpus.ReadObject("linked-by-libbpf"), "theirs"));
        // 12 * 10000, 6 + 1001 and 3 by from_b(12), other_count, chosen, and the version that is there.
        uint withoutTicks = new LinuxTargetFacts().KernelConfiguration("CONFIG_HZ") is null ? 1u : 0;
        Assert.Equal(120_000 + 6 + 1001 + 3 + 100 + 2_000_000 + 1 + withoutTicks, RunOn(ours.Programs["enter_a"]));
        RunOn(theirs.Programs["enter_a"]);
        foreach (string program in (ReadOnlySpan<string>)["enter_a", "enter_b"])
        {
            Assert.Equal(DumpOf(theirs.Programs[program]), DumpOf(ours.Programs[program]));
            Assert.Equal(RunOn(theirs.Programs[program]), RunOn(ours.Programs[program]));
        }
        Assert.Equal(theirs.Maps[".data"].ValueSize, ours.Maps[".data"].ValueSize);

        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, BpfObjectWriter.Write(linked));
            Run("prog", "loadall", path, pins);
            Assert.Equal(DumpOf(ours.Programs["enter_a"]), Dump("pinned", Path.Combine(pins, "enter_a")));
        }
        finally
        {
            File.Delete(path);
        }
    }

    public void Dispose()
    {
        if (Directory.Exists(pins))
            Directory.Delete(pins, recursive: true);
    }

    private static string DumpOf(KernelProgram program) => Dump("id", program.GetInfo().Id.ToString(CultureInfo.InvariantCulture));

    private static uint RunOn(KernelProgram program) => program.Run(new TestRun { Data = new byte[64] }).ReturnValue;

    private static string Dump(string kind, string which) => WithoutNumbers(Run("prog", "dump", "xlated", kind, which, "opcodes"));

    // Maps have numbers of their own, and with them the second half of what loads them.
    private static string WithoutNumbers(string dump)
    {
        string named = MapNumber().Replace(dump, "map[id:N]");
        return MapLoad().Replace(named, "map[id:N]$1\n N");
    }

    private static string Run(params string[] arguments)
    {
        using RunningProgram running = RunningProgram.Start(Machine.RequireTool("bpftool"), arguments);
        ProgramResult result = running.WaitForEnd(TimeSpan.FromSeconds(60));
        Assert.True(result.ExitCode == 0, $"bpftool {string.Join(' ', arguments)}: {result.Error}");
        return result.Output;
    }

    [GeneratedRegex(@"map\[id:\d+\]")]
    private static partial Regex MapNumber();

    [GeneratedRegex(@"map\[id:N\](.*)\n\s+18( [0-9a-f]{2}){15}")]
    private static partial Regex MapLoad();
}
