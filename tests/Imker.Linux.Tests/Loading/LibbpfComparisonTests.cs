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
    [InlineData("callbacks")]
    [InlineData("kconfig")]
    [InlineData("kfuncs")]
    [InlineData("tail-calls")]
    [InlineData("map-in-map")]
    [InlineData("rings")]
    [InlineData("collections")]
    [InlineData("locks")]
    [InlineData("syscall")]
    [InlineData("newer-types")]
    [InlineData("core-kernel")]
    [InlineData("linked-by-libbpf")]
    public void Programs_become_the_same_code(string name)
    {
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

    public void Dispose()
    {
        if (Directory.Exists(pins))
            Directory.Delete(pins, recursive: true);
    }

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
