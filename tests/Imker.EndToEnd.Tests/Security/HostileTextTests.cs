using System.Text;
using Imker.TestKit;

namespace Imker.EndToEnd.Tests.Security;

/// <summary>What was traced is data: it does not steer the terminal, feign a line or hide what stands beside it.</summary>
public sealed class HostileTextTests
{
    private const string Hostile = "\\033[31m\\n\\xe2\\x80\\xae\\xff";
    private const string Escaped = "\\x1b[31m\\x0a\\xe2\\x80\\xae\\xff";

    [Theory]
    [InlineData("printf(\"<%s>\\n\", comm);")]
    [InlineData("print(comm);")]
    [InlineData("@[comm] = count();")]
    [InlineData("@ = comm;")]
    [InlineData("print((comm, 1));")]
    public void A_command_s_name_is_escaped(string action)
    {
        Machine.RequireTracefs();
        // Perl's $0 is the name that the kernel shows.
        ProgramResult result = Trace($"tracepoint:syscalls:sys_enter_getpgid /pid == cpid/ {{ {action} }}", $"perl -e '$0 = \"{Hostile}\"; getpgrp(1);'");
        Assert.Contains(Escaped, result.Output, StringComparison.Ordinal);
        AssertHarmless(result);
    }

    [Fact]
    public void A_path_and_arguments_are_escaped()
    {
        Machine.RequireTracefs();
        ProgramResult result = Trace(
            "tracepoint:syscalls:sys_enter_openat /pid == cpid/ { printf(\"%s\\n\", str(args.filename)); } tracepoint:syscalls:sys_enter_execve /pid == cpid/ { join(args.argv); }",
            $"perl -e 'open(F, \"/tmp/{Hostile}\"); exec {{ \"/bin/true\" }} \"true\", \"{Hostile}\";'");
        Assert.Contains("/tmp/" + Escaped + "\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("true " + Escaped + "\n", result.Output, StringComparison.Ordinal);
        AssertHarmless(result);
    }

    [Fact]
    public void In_JSON_they_are_escaped_as_JSON_says()
    {
        Machine.RequireTracefs();
        ProgramResult result = Trace("tracepoint:syscalls:sys_enter_getpgid /pid == cpid/ { @[comm] = count(); }",
            $"perl -e '$0 = \"{Hostile}\"; getpgrp(1);'", "-f", "json");
        Assert.Contains("\\u001b[31m\\n\\u202e\\\\xff", result.Output, StringComparison.Ordinal);
        AssertHarmless(result);
    }

    [Fact]
    public void A_symbol_and_a_path_of_a_foreign_file_are_escaped()
    {
        Machine.RequireRoot();
        ProgramResult result = ImkerBinary.Run(["trace", "-e", "uprobe:/tmp/\e[31mnowhere:f { @ = 1; }", "-o", "/tmp/\e[31mnowhere/x"]);
        Assert.Equal(1, result.ExitCode);
        AssertHarmless(result);
    }

    [Fact]
    public void A_pipe_that_a_script_is_to_show_does_not_hold_the_run_up()
    {
        Machine.RequireRoot();
        string directory = Directory.CreateTempSubdirectory("imker").FullName;
        try
        {
            Assert.Equal(0, RunningProgram.RunShell($"mkfifo {directory}/pipe; echo shown >{directory}/file").ExitCode);
            ProgramResult result = ImkerBinary.Run(["trace", "-q", "-e", $"BEGIN {{ cat(\"{directory}/pipe\"); cat(\"{directory}/file\"); exit(); }}"]);
            Assert.Equal("shown\n", result.Output);
            Assert.Contains("no regular file", result.Error, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public void Text_of_the_script_itself_comes_out_byte_for_byte()
    {
        Machine.RequireRoot();
        byte[] script = [.. Encoding.UTF8.GetBytes("BEGIN { $s = \"ü🐝\"; @[\"🐝\"] = 1; printf(\"ü 🐝 %s %d\\n\", $s, \"ü\" == \"\\xc3\\xbc\"); printf(\"raw "),
            0xff, .. Encoding.UTF8.GetBytes(" %s\\n\", \""), 0xfe, .. Encoding.UTF8.GetBytes("\"); time(\"ü\\n\"); printf(\"%s\\n\", strftime(\"ü🐝\", nsecs)); exit(); }")];
        string directory = Directory.CreateTempSubdirectory("imker").FullName;
        try
        {
            string path = Path.Combine(directory, "x.bt"), output = Path.Combine(directory, "output");
            File.WriteAllBytes(path, script);
            ProgramResult result = ImkerBinary.Run(["trace", "-q", "-o", output, path]);
            Assert.Equal("", result.Error);
            byte[] expected = [.. Encoding.UTF8.GetBytes("ü 🐝 ü🐝 1\nraw "), 0xff, .. Encoding.UTF8.GetBytes(" \\xfe\nü\nü🐝\n\n\n@[🐝]: 1\n")];
            Assert.Equal(expected, File.ReadAllBytes(output));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public void Arguments_that_are_no_UTF8_reach_the_script_the_command_and_the_file_system_byte_for_byte()
    {
        Machine.RequireTracefs();
        string directory = Directory.CreateTempSubdirectory("imker").FullName;
        try
        {
            // A shell makes the bytes, since the arguments of .NET's processes are text.
            const string Script = """
                odd=$(printf 'x\377y')
                "$IMKER" trace -q -o "$1/$odd" -e "BEGIN { printf(\"<$odd>\\n\"); printf(\"%s\\n\", str(\$1)); }
                    tracepoint:syscalls:sys_enter_execve /pid == cpid/ { join(args.argv); }" -c "/bin/true $odd" "p$odd"
                cat "$1/$odd" | od -An -c | tr -d ' \n'
                """;
            using RunningProgram shell = RunningProgram.Start("/bin/sh", ["-c", Script, "sh", directory],
                environment: new Dictionary<string, string> { ["IMKER"] = ImkerBinary.Path });
            ProgramResult result = shell.WaitForEnd(TimeSpan.FromSeconds(10));
            Assert.Equal("", result.Error);
            Assert.Equal(@"<x377y>\npx\xffy\n/bin/truex\xffy\n", result.Output);
        }
        finally
        {
            RunningProgram.RunShell($"rm -rf {directory}");
        }
    }

    private static ProgramResult Trace(string script, string command, params string[] more)
    {
        Machine.RequireRoot();
        ProgramResult result = ImkerBinary.Run(["trace", "-q", .. more, "-e", script, "-c", command]);
        Assert.True(result.ExitCode == 0, result.Error);
        return result;
    }

    private static void AssertHarmless(ProgramResult result) =>
        Assert.DoesNotContain(result.Output + result.Error, c => (char.IsControl(c) && c != '\n') || c is '\u202e' or '\ufffd');
}
