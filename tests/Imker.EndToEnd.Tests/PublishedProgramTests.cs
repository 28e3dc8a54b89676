using Imker.Elf;
using Imker.TestKit;

namespace Imker.EndToEnd.Tests;

/// <summary>The form in which the program is handed out.</summary>
public sealed class PublishedProgramTests
{
    private const long SizeLimit = 15 * 1024 * 1024;
    private const string Script = """BEGIN { printf("from Debian %d\n", 11); exit(); }""";

    [Fact]
    public void It_is_smaller_than_15_MiB() => Assert.InRange(new FileInfo(ImkerBinary.Path).Length, 1, SizeLimit);

    [Fact]
    public void It_loads_no_shared_library()
    {
        ElfFile elf = ElfFile.Read(ImkerBinary.Path, File.ReadAllBytes(ImkerBinary.Path));
        Assert.DoesNotContain(elf.Segments, s => s.Type == ElfSegmentType.Interpreter);
    }

    [Fact]
    public void It_runs_in_a_root_of_Debian_11()
    {
        Machine.RequireAll();
        Machine.RequireRoot();
        string root = RunningProgram.RunShell($"'{Machine.RepositoryRoot}/eng/debian-root'", TimeSpan.FromMinutes(2)) switch
        {
            { ExitCode: 0 } made => made.Output.Trim(),
            var failed => throw new InvalidOperationException(failed.Error),
        };
        Assert.StartsWith("11.", File.ReadAllText(Path.Combine(root, "etc/debian_version")), StringComparison.Ordinal);

        // The mounts are seen by this script alone and end with it.
        string script = $"mount -t tmpfs none '{root}/tmp' && cp '{ImkerBinary.Path}' '{root}/tmp/imker'"
            + $" && mount -t proc none '{root}/proc' && mount --rbind /sys '{root}/sys' && exec chroot '{root}' /tmp/imker trace -e '{Script}'";
        ProgramResult result = RunningProgram.Start(Machine.RequireTool("unshare"), ["--mount", "/bin/sh", "-c", script]).WaitForEnd(TimeSpan.FromSeconds(30));
        Assert.True(result.Output == "from Debian 11\n", result.Error);
    }
}
