using Imker.TestKit;

namespace Imker.EndToEnd.Tests.Security;

/// <summary>What is missing is named in one sentence; root is not asked for where less does.</summary>
public sealed class PrivilegeTests
{
    private const string Hello = "BEGIN { printf(\"hello\\n\"); exit(); }";

    [Theory]
    [InlineData("", "CAP_BPF and CAP_PERFMON are missing")]
    [InlineData("+bpf", "CAP_PERFMON is missing")]
    [InlineData("+perfmon", "CAP_BPF is missing")]
    public void A_missing_capability_is_named(string held, string sentence)
    {
        string error = Sandbox.OnlyErrorOf(Sandbox.RunAsNobody(held, "trace", "-e", Hello));
        Assert.StartsWith($"error: cannot trace: {sentence}: run it as root, or 'setcap cap_bpf,cap_perfmon+ep ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void CAP_BPF_and_CAP_PERFMON_are_enough_for_user_probes_and_timers()
    {
        ProgramResult result = Sandbox.RunAsNobody(Sandbox.TracingCapabilities, "trace", "-q",
            "-e", "BEGIN { @b = 1; } uprobe:libc:getaddrinfo { @u = 1; } interval:ms:1 { @i = 1; } END { @e = 1; }", "-c", "getent ahosts localhost");
        Assert.Equal("", result.Error);
        Assert.Equal(0, result.ExitCode);
        Assert.All(new[] { "@b: 1", "@u: 1", "@i: 1", "@e: 1" }, line => Assert.Contains(line, result.OutputLines));
    }

    [Fact]
    public void With_a_readable_tracefs_they_are_enough_for_tracepoints()
    {
        Machine.RequireTracefs();
        // A copy of the two files that are read: the mode of the real one is the whole machine's.
        const string Script = """
            event=events/syscalls/sys_enter_getpgid
            mount -t tmpfs -o mode=755 none /mnt
            mkdir -p /mnt/$event
            cat /sys/kernel/tracing/$event/format >/mnt/$event/format
            mount --move /mnt /sys/kernel/tracing
            exec setpriv --reuid=nobody --regid=nogroup --clear-groups --inh-caps=-all,+bpf,+perfmon --ambient-caps=-all,+bpf,+perfmon "$IMKER" "$@"
            """;
        ProgramResult result = Sandbox.RunInMountNamespace(Script, "trace", "-q",
            "-e", "tracepoint:syscalls:sys_enter_getpgid /pid == cpid/ { @ = count(); }", "-c", "perl -e 'getpgrp(1) for 1..3'");
        Assert.Equal("", result.Error);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains(result.OutputLines, l => l.StartsWith("@: ", StringComparison.Ordinal) && l != "@: 0");
    }

    [Fact]
    public void A_tracefs_that_is_closed_to_us_is_named_with_the_command_that_opens_it()
    {
        Machine.RequireTracefs();
        ProgramResult result = Sandbox.RunAsNobody(Sandbox.TracingCapabilities, "trace", "-e", "tracepoint:syscalls:sys_enter_getpgid { @ = count(); }");
        Assert.Contains("tracefs cannot be read at /sys/kernel/tracing: run this as root, or let your group read it: mount -o remount,gid=GROUP,mode=750 /sys/kernel/tracing",
            Sandbox.OnlyErrorOf(result), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("trace", "-e", "tracepoint:syscalls:sys_enter_getpgid { @ = count(); }")]
    [InlineData("trace", "-l", "tracepoint:syscalls:*")]
    public void A_tracefs_that_is_not_mounted_is_named_with_the_command_that_mounts_it(params string[] arguments)
    {
        ProgramResult result = Sandbox.RunInMountNamespace("umount -l /sys/kernel/tracing; umount -l /sys/kernel/debug 2>/dev/null || true; exec \"$IMKER\" \"$@\"", arguments);
        Assert.Contains("tracefs is not mounted: mount -t tracefs tracefs /sys/kernel/tracing", Sandbox.OnlyErrorOf(result), StringComparison.Ordinal);
    }

    [Fact]
    public void Capabilities_of_a_user_namespace_are_told_from_real_ones()
    {
        Machine.RequireRoot();
        ProgramResult result = RunningProgram.RunShell("exec unshare --user --map-root-user \"$IMKER\" trace -e 'BEGIN { exit(); }'",
            environment: new Dictionary<string, string> { ["IMKER"] = ImkerBinary.Path });
        Assert.Contains("do not count in a user namespace", Sandbox.OnlyErrorOf(result), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_BTF_what_needs_none_runs()
    {
        ProgramResult result = Sandbox.RunInMountNamespace("mount -t tmpfs none /sys/kernel/btf; exec \"$IMKER\" \"$@\"", "trace", "-q",
            "-e", "BEGIN { for ($i : 0..3) { @[$i] = count(); } } uprobe:libc:getaddrinfo { printf(\"%s\\n\", str(arg0)); }", "-c", "getent ahosts localhost");
        Assert.Equal("", result.Error);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("localhost", result.OutputLines);
    }

    [Fact]
    public void A_tracepoint_that_this_kernel_lacks_is_named_with_the_nearest_that_it_has()
    {
        Machine.RequireTracefs();
        string error = Sandbox.OnlyErrorOf(ImkerBinary.Run(["trace", "-e", "tracepoint:syscalls:sys_enter_getpgidd { @ = count(); }"]));
        Assert.Contains("there is no tracepoint 'syscalls:sys_enter_getpgidd' (did you mean 'sys_enter_getpgid'?)", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_raw_tracepoint_that_this_kernel_lacks_is_one_sentence()
    {
        Machine.RequireRoot();
        string error = Sandbox.OnlyErrorOf(ImkerBinary.Run(["trace", "-e", "rawtracepoint:no_such_event { @ = count(); }"]));
        Assert.Contains("no_such_event", error, StringComparison.Ordinal);
    }

    [Fact]
    public void After_attaching_only_what_reading_takes_is_kept()
    {
        Machine.RequireRoot();
        using RunningProgram program = ImkerBinary.Start(["trace", "-e", "interval:ms:100 { printf(\"tick\\n\"); }"]);
        program.WaitForOutput("tick");
        Dictionary<string, string> status = File.ReadLines($"/proc/{program.ProcessId}/status").Select(l => l.Split(":\t"))
            .Where(p => p.Length == 2).ToDictionary(p => p[0], p => p[1]);
        // CAP_DAC_READ_SEARCH, CAP_KILL, CAP_SYS_PTRACE, CAP_SYSLOG, CAP_PERFMON, CAP_BPF, CAP_CHECKPOINT_RESTORE
        const ulong Kept = 1UL << 2 | 1UL << 5 | 1UL << 19 | 1UL << 34 | 1UL << 38 | 1UL << 39 | 1UL << 40;
        Assert.Equal(0UL, Convert.ToUInt64(status["CapEff"], 16) & ~Kept);
        Assert.Equal(0UL, Convert.ToUInt64(status["CapPrm"], 16) & ~Kept);
        Assert.Equal("1", status["NoNewPrivs"]);
        program.Signal("INT");
        Assert.Equal(0, program.WaitForEnd(TimeSpan.FromSeconds(10)).ExitCode);
    }
}
