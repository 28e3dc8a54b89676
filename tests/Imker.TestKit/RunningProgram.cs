using System.Diagnostics;
using System.Text;

namespace Imker.TestKit;

/// <summary>
/// A program at work, its output collected. It starts with the default handling of SIGINT and SIGTERM, whatever the test was started with,
/// and is killed when the test is done with it.
/// </summary>
public sealed class RunningProgram : IDisposable
{
    private readonly Process process;
    private readonly StringBuilder output = new(), error = new();
    private readonly Task reading;
    private readonly object changed = new();
    private bool hasSaidAll;

    private RunningProgram(Process process)
    {
        this.process = process;
        reading = CollectAll();
    }

    public int ProcessId => process.Id;

    public bool HasExited => process.HasExited;

    public static RunningProgram Start(
        string file, IEnumerable<string> arguments, string? input = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        ProcessStartInfo start = new("/usr/bin/env", ["--default-signal=INT,TERM", file, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = new UTF8Encoding(false),
            StandardErrorEncoding = new UTF8Encoding(false),
        };
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        Process process = Process.Start(start)!;
        RunningProgram running = new(process);
        try
        {
            process.StandardInput.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended, or closed its input, without reading: what it said of that is in its output.
        }
        return running;
    }

    /// <summary>Starts a shell script.</summary>
    public static RunningProgram Shell(string script, IReadOnlyDictionary<string, string>? environment = null) =>
        Start("/bin/sh", ["-c", script], null, environment);

    /// <summary>Runs a shell script to its end.</summary>
    public static ProgramResult RunShell(string script, TimeSpan? limit = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        using RunningProgram shell = Shell(script, environment);
        return shell.WaitForEnd(limit ?? TimeSpan.FromSeconds(30));
    }

    /// <summary>What has been written to standard output until now.</summary>
    public string OutputSoFar
    {
        get
        {
            lock (changed)
                return output.ToString();
        }
    }

    /// <summary>Waits until standard output holds the text.</summary>
    /// <exception cref="TimeoutException">It did not in time.</exception>
    /// <exception cref="InvalidOperationException">The program ended before.</exception>
    public void WaitForOutput(string text, TimeSpan? limit = null) => WaitFor(output, "standard output", text, limit);

    /// <summary>Waits until standard error holds the text.</summary>
    /// <inheritdoc cref="WaitForOutput"/>
    public void WaitForError(string text, TimeSpan? limit = null) => WaitFor(error, "standard error", text, limit);

    private void WaitFor(StringBuilder stream, string name, string text, TimeSpan? limit)
    {
        long end = Environment.TickCount64 + (long)(limit ?? TimeSpan.FromSeconds(30)).TotalMilliseconds;
        lock (changed)
        {
            while (!stream.ToString().Contains(text, StringComparison.Ordinal))
            {
                if (hasSaidAll)
                    throw new InvalidOperationException($"the program ended before it wrote '{text}' to {name}: {Said()}");
                long left = end - Environment.TickCount64;
                if (left <= 0)
                    throw new TimeoutException($"the program did not write '{text}' to {name}: {Said()}");
                Monitor.Wait(changed, TimeSpan.FromMilliseconds(left));
            }
        }
    }

    /// <summary>What it has computed so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Sends a signal; nothing happens when the program has ended.</summary>
    /// <param name="signal">As <c>kill</c> spells it: <c>INT</c>, <c>TERM</c>, <c>KILL</c>.</param>
    public void Signal(string signal) => RunShell($"kill -{signal} {process.Id}");

    /// <exception cref="TimeoutException">It was killed because it took longer than the limit.</exception>
    public ProgramResult WaitForEnd(TimeSpan limit)
    {
        if (!process.WaitForExit(limit))
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            throw new TimeoutException($"killed after {limit.TotalSeconds:0.#} s: {Said()}");
        }
        // A grandchild may hold the pipes open longer than the program lives.
        reading.Wait(TimeSpan.FromSeconds(2));
        lock (changed)
            return new ProgramResult(process.ExitCode, output.ToString(), error.ToString());
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }
        process.Dispose();
    }

    private async Task CollectAll()
    {
        await Task.WhenAll(Collect(process.StandardOutput, output), Collect(process.StandardError, error)).ConfigureAwait(false);
        lock (changed)
        {
            hasSaidAll = true;
            Monitor.PulseAll(changed);
        }
    }

    private async Task Collect(StreamReader from, StringBuilder to)
    {
        char[] buffer = new char[4096];
        int count;
        while ((count = await from.ReadAsync(buffer).ConfigureAwait(false)) > 0)
        {
            lock (changed)
            {
                to.Append(buffer, 0, count);
                Monitor.PulseAll(changed);
            }
        }
    }

    private string Said()
    {
        lock (changed)
            return $"\nstandard output:\n{output}\nstandard error:\n{error}";
    }
}
