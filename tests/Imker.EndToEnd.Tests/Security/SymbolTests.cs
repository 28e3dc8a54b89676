using Imker.TestKit;

namespace Imker.EndToEnd.Tests.Security;

/// <summary>Addresses of traced processes get the names of their functions, wherever their files are.</summary>
public sealed class SymbolTests
{
    [Fact]
    public void The_stack_of_a_command_names_its_functions_even_though_it_has_ended()
    {
        Machine.RequireRoot();
        ProgramResult result = ImkerBinary.Run(["trace", "-q",
            "-e", "uprobe:libc:getaddrinfo { printf(\"%s\\n\", usym(reg(\"ip\"))); @[ustack(perf)] = count(); }", "-c", "getent ahosts localhost"]);
        Assert.Equal("", result.Error);
        Assert.Contains("getaddrinfo", result.OutputLines);
        Assert.Contains(result.OutputLines, l => l.Contains(" getaddrinfo+0 (", StringComparison.Ordinal) && l.Contains("/libc.so.6)", StringComparison.Ordinal));
    }

    [Fact]
    public void The_functions_of_a_process_in_a_container_are_those_of_its_own_files()
    {
        Machine.RequireRoot();
        Machine.RequireTool("unshare");
        string root = Directory.CreateTempSubdirectory("imker").FullName;
        try
        {
            // In there /app/program and the C library have names that they have nowhere else.
            const string Script = """
                mount -t tmpfs none $1; cd $1; mkdir app lib lib64 proc usr
                cp /bin/sleep app/program
                for library in $(ldd /bin/sleep | grep -o '/[^ ]*'); do mkdir -p .$(dirname $library); cp $library .$library; done
                mount -t proc none proc
                exec chroot . /app/program 60
                """;
            using RunningProgram container = RunningProgram.Start("unshare", ["--mount", "--propagation=private", "/bin/sh", "-e", "-c", Script, "sh", root]);
            Assert.True(SpinWait.SpinUntil(() => File.ReadAllText($"/proc/{container.ProcessId}/comm") == "program\n", TimeSpan.FromSeconds(10)));
            using RunningProgram program = ImkerBinary.Start(["trace", "-p", $"{container.ProcessId}",
                "-e", "uprobe:libc:nanosleep,uprobe:libc:clock_nanosleep { @n = count(); } tracepoint:sched:sched_switch /pid == " + container.ProcessId + "/ { print(ustack(perf)); }"],
                environment: new Dictionary<string, string> { ["__BPFTRACE_NOTIFY_PROBES_ATTACHED"] = "1" });
            program.WaitForOutput("__BPFTRACE_NOTIFY_PROBES_ATTACHED");
            // Stopped and continued, it is switched away from within the system call that it sleeps in.
            container.Signal("STOP");
            container.Signal("CONT");
            program.WaitForOutput(" clock_nanosleep+");
            program.Signal("INT");
            Assert.Equal(0, program.WaitForEnd(TimeSpan.FromSeconds(10)).ExitCode);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }
}
