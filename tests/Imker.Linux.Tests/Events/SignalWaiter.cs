using System.Diagnostics;

namespace Imker.Linux.Tests.Events;

/// <summary>
/// A process of the test executable that waits in an <see cref="EventLoop"/> for a signal and writes which one came: the test runner's
/// own process has other uses for signals.
/// </summary>
internal sealed class SignalWaiter : IDisposable
{
    private const string Switch = "--wait-for-signal";

    private readonly Process process;

    public SignalWaiter(string? ignoredAtStart)
    {
        string trap = ignoredAtStart is null ? "" : $"trap '' {ignoredAtStart}; ";
        process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"{trap}exec {Environment.ProcessPath} {Switch}"])
        {
            RedirectStandardOutput = true,
        })!;
        Assert.Equal("ready", process.StandardOutput.ReadLine());
    }

    /// <summary>Called before the test runner starts.</summary>
    public static void RunIfAsked(ReadOnlySpan<string> arguments)
    {
        if (arguments is not [Switch])
            return;
        using var loop = new EventLoop();
        loop.CatchSignals();
        Console.WriteLine("ready");
        WakeReasons reasons = loop.Wait(TimeSpan.FromSeconds(30));
        Console.WriteLine(reasons == WakeReasons.Signal ? loop.Signal.ToString() : reasons.ToString());
        Environment.Exit(0);
    }

    public void Send(string signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        kill.WaitForExit();
    }

    public string? ReadAnswer() => process.StandardOutput.ReadLine();

    public void Dispose()
    {
        process.Kill();
        process.Dispose();
    }
}
