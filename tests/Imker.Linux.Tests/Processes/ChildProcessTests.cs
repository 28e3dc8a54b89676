using System.Diagnostics;

namespace Imker.Linux.Tests.Processes;

public sealed class ChildProcessTests
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void The_program_begins_only_when_it_is_let_go_and_keeps_its_process_id()
    {
        string file = Path.GetTempFileName();
        using ChildProcess child = ChildProcess.StartHeld("/bin/sh", ["sh", "-c", $"echo $$ > {file}; exit 7"]);
        Assert.False(child.WaitForExit(TimeSpan.FromMilliseconds(300), out _));
        Assert.Equal("", File.ReadAllText(file));
        child.Release();
        Assert.True(child.WaitForExit(patience, out int code));
        Assert.Equal(7, code);
        Assert.Equal(child.Id, int.Parse(File.ReadAllText(file)));
        File.Delete(file);
    }

    [Fact]
    public void The_program_gets_our_environment_and_the_usual_signals()
    {
        string file = Path.GetTempFileName();
        using ChildProcess child = ChildProcess.StartHeld("/bin/sh", ["sh", "-c", $"env > {file}; grep SigIgn /proc/self/status >> {file}"]);
        child.Release();
        Assert.True(child.WaitForExit(patience, out _));
        string text = File.ReadAllText(file);
        Assert.Contains($"PATH={Environment.GetEnvironmentVariable("PATH")}\n", text, StringComparison.Ordinal);
        ulong ignored = Convert.ToUInt64(text[(text.IndexOf("SigIgn:", StringComparison.Ordinal) + 7)..].Trim(), 16);
        const int Pipe = 13;
        Assert.Equal(0UL, ignored & 1UL << Pipe - 1);
        File.Delete(file);
    }

    [Fact]
    public void A_process_that_was_killed_while_it_waited_is_told()
    {
        using ChildProcess child = ChildProcess.StartHeld("/bin/true", ["true"]);
        child.WaitUntilHeld();
        using (var kill = Process.Start("kill", ["-KILL", $"{child.Id}"]))
            kill.WaitForExit();
        Assert.True(child.WaitForExit(patience, out _));
        BpfException e = Assert.Throws<BpfException>(child.Release);
        Assert.Contains("the waiting process was killed", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_cannot_be_run_is_named()
    {
        using ChildProcess child = ChildProcess.StartHeld("/no/such/program", ["program"]);
        BpfException e = Assert.Throws<BpfException>(child.Release);
        Assert.Equal("cannot run '/no/such/program': no such file or directory (execve: ENOENT)", e.Message);
    }

    [Fact]
    public void A_signal_that_ends_the_program_is_told_as_a_shell_does()
    {
        using ChildProcess child = ChildProcess.StartHeld("/bin/sh", ["sh", "-c", "kill -USR1 $$"]);
        child.Release();
        Assert.True(child.WaitForExit(patience, out int code));
        Assert.Equal(128 + 10, code);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_process_ends_with_us_held_or_not(bool released)
    {
        ChildProcess child = ChildProcess.StartHeld("/bin/sleep", ["sleep", "100"]);
        if (released)
            child.Release();
        child.Dispose();
        Assert.False(Directory.Exists($"/proc/{child.Id}"));
    }

    [Fact]
    public void The_loop_wakes_when_the_process_ends()
    {
        using ChildProcess child = ChildProcess.StartHeld("/bin/true", ["true"]);
        using var loop = new EventLoop();
        loop.Watch(child);
        Assert.Equal(WakeReasons.None, loop.Wait(TimeSpan.FromMilliseconds(100)));
        child.Release();
        long start = Stopwatch.GetTimestamp();
        WakeReasons reasons = WakeReasons.None;
        while (reasons == WakeReasons.None && Stopwatch.GetElapsedTime(start) < patience)
            reasons = loop.Wait(patience);
        Assert.Equal(WakeReasons.ProcessExit, reasons);
        Assert.True(child.TryGetExitCode(out int code));
        Assert.Equal(0, code);
        Assert.Equal(WakeReasons.None, loop.Wait(TimeSpan.FromMilliseconds(10)));
    }
}
