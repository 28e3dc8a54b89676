using Imker.TestKit;

namespace Imker.EndToEnd.Tests;

/// <summary>Scripts compiled for a machine that a file describes.</summary>
public sealed class TargetTests : IDisposable
{
    private const string Script = "tracepoint:syscalls:sys_enter_openat { printf(\"%s %s\\n\", comm, str(args.filename)); @[pid] = count(); }";

    private readonly string directory = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public void From_a_saved_description_come_the_same_bytes_also_without_rights()
    {
        Machine.RequireRoot();
        Machine.RequireTracefs();
        string here = Path.Combine(directory, "here.o"), there = Path.Combine(directory, "there.o"), target = Path.Combine(directory, "target.json");
        Succeeds("trace", "--emit", "object", "-o", here, "--save-target", target, "-e", Script);
        Succeeds("trace", "--emit", "object", "-o", there, "--target", target, "-e", Script);
        Assert.Equal(File.ReadAllBytes(here), File.ReadAllBytes(there));

        ProgramResult result = RunningProgram.RunShell(
            $"setpriv --reuid=65534 --clear-groups --bounding-set=-all --inh-caps=-all \"$IMKER\" trace --emit object --target /dev/stdin -e '{Script.Replace("'", "'\\''", StringComparison.Ordinal)}' <{target} | cmp - {here}",
            environment: new Dictionary<string, string> { ["IMKER"] = ImkerBinary.Path });
        Assert.Equal((0, "", ""), (result.ExitCode, result.Output, result.Error));
    }

    [Fact]
    public void A_dry_run_for_another_machine_compiles_and_loads_nothing()
    {
        Machine.RequireRoot();
        Machine.RequireTracefs();
        string target = Path.Combine(directory, "target.json");
        Succeeds("trace", "--emit", "ir", "--save-target", target, "-e", Script);
        ProgramResult result = ImkerBinary.Run(["trace", "--dry-run", "--target", target, "-e", Script]);
        Assert.Equal((0, "", ""), (result.ExitCode, result.Output, result.Error));
        result = ImkerBinary.Run(["trace", "--dry-run", "--target", target, "-e", "tracepoint:syscalls:sys_enter_read { @ = count(); }"]);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"cannot answer from the target description {target}: it was never asked", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Types_of_the_kernel_come_from_its_BTF()
    {
        Machine.RequireRoot();
        const string script = "BEGIN { printf(\"%d\\n\", ((struct task_struct *)0)->pid); }", types = "/sys/kernel/btf/vmlinux";
        string target = Path.Combine(directory, "target.json");
        Succeeds("trace", "--emit", "asm", "--save-target", target, "-e", script);
        Succeeds("trace", "--emit", "asm", "--target", target, "--target-btf", types, "-e", script);
        ProgramResult result = ImkerBinary.Run(["trace", "--emit", "asm", "--target", target, "-e", script]);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("the kernel's BTF is needed", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--target", "/dev/zero", "cannot read the target description /dev/zero: it is no regular file")]
    [InlineData("--target-btf", "/dev/zero", "cannot read the BTF /dev/zero: it is no regular file")]
    [InlineData("--target", "/no/such/file", "cannot read the target description /no/such/file: no such file or directory")]
    [InlineData("--target", "/dev/stdin", "cannot read the target description /dev/stdin: it has more than 64 MiB")]
    public void A_file_without_an_end_is_not_read(string option, string path, string problem)
    {
        string target = Path.Combine(directory, "target.json");
        File.WriteAllText(target, "{ \"version\": 1 }");
        ProgramResult result = RunningProgram.RunShell(
            $"\"$IMKER\" trace --emit asm {(option == "--target" ? "" : $"--target {target} ")}{option} {path} -e 'BEGIN {{ exit(); }}' </dev/zero",
            environment: new Dictionary<string, string> { ["IMKER"] = ImkerBinary.Path });
        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.StartsWith($"error: {problem}", result.Error, StringComparison.Ordinal);
    }

    private static void Succeeds(params string[] arguments)
    {
        ProgramResult result = ImkerBinary.Run(arguments);
        Assert.True(result.ExitCode == 0, result.Error);
    }
}
