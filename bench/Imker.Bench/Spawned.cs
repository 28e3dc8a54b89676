using System.Collections;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Imker.Bench;

/// <summary>A child process whose end is awaited together with what it used.</summary>
internal sealed unsafe class Spawned
{
    private readonly long started;
    private readonly int pid;

    private Spawned(int pid, long started, Stream? output)
    {
        this.pid = pid;
        this.started = started;
        Output = output;
    }

    /// <summary>Standard output and standard error together, when they were asked for.</summary>
    public Stream? Output { get; }

    public TimeSpan Age => Stopwatch.GetElapsedTime(started);

    /// <param name="readOutput">Whether <see cref="Output"/> is wanted; else it goes nowhere.</param>
    public static Spawned Start(IReadOnlyList<string> command, bool readOutput = false, IReadOnlyDictionary<string, string>? environment = null)
    {
        byte* actions = stackalloc byte[256];
        _ = Native.InitFileActions(actions);
        _ = Native.AddOpen(actions, 0, "/dev/null", 0, 0);
        int* pipe = stackalloc int[2] { -1, -1 };
        if (readOutput && Native.Pipe(pipe, Native.CloseOnExec) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        for (int descriptor = 1; descriptor <= 2; descriptor++)
        {
            _ = readOutput
                ? Native.AddDuplicate(actions, pipe[1], descriptor)
                : Native.AddOpen(actions, descriptor, "/dev/null", Native.WriteOnly, 0);
        }

        using NativeStrings arguments = new(command), variables = new(Environment(environment));
        long started = Stopwatch.GetTimestamp();
        int error = Native.Spawn(out int pid, command[0], actions, null, arguments.Pointer, variables.Pointer);
        _ = Native.DestroyFileActions(actions);
        if (readOutput)
            _ = Native.Close(pipe[1]);
        if (error != 0)
            throw new Win32Exception(error, $"cannot start {command[0]}");
        Stream? output = readOutput ? new FileStream(new SafeFileHandle(pipe[0], ownsHandle: true), FileAccess.Read, 1) : null;
        return new Spawned(pid, started, output);
    }

    public void Signal(int signal) => _ = Native.Kill(pid, signal);

    /// <summary>Reads the output up to the line that says that all probes are attached, and no further; false when the program ended before.</summary>
    public bool WaitUntilAttached()
    {
        StringBuilder line = new();
        for (int next; (next = Output!.ReadByte()) >= 0;)
        {
            line.Append((char)next);
            if (next != '\n')
                continue;
            // bpftrace writes the line to standard error up to 0.17, and to standard output since.
            if (line.ToString() == Peer.AttachedLine + "\n")
                return true;
            line.Clear();
        }
        return false;
    }

    public Usage WaitForEnd()
    {
        if (Native.Wait(pid, out int status, 0, out Native.ResourceUsage used) != pid)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        TimeSpan wall = Stopwatch.GetElapsedTime(started);
        Output?.Dispose();
        return new Usage(wall, Cpu(used), status);
    }

    /// <summary>
    /// The most that was resident of the program itself, in bytes. <c>ru_maxrss</c> would count this process, whose memory a child shares
    /// until it executes; so the child is stopped on its way out and asked.
    /// </summary>
    public static long PeakResident(IReadOnlyList<string> command)
    {
        Spawned child = Start(command);
        if (Native.Ptrace(Native.PtraceSeize, child.pid, 0, Native.PtraceOptionTraceExit) != 0)
        {
            // It was quicker than this process: try again.
            child.WaitForEnd();
            return PeakResident(command);
        }
        long peak = 0;
        while (Native.Wait(child.pid, out int status, 0, out _) == child.pid && (status & 0xff) == 0x7f)
        {
            bool exits = status >> 16 != 0;
            if (exits)
                peak = Math.Max(peak, ReadPeak(child.pid));
            _ = Native.Ptrace(Native.PtraceContinue, child.pid, 0, exits ? 0 : (status >> 8) & 0xff);
        }
        return peak;
    }

    private static long ReadPeak(int pid) => File.ReadLines($"/proc/{pid}/status")
        .Where(l => l.StartsWith("VmHWM:", StringComparison.Ordinal))
        .Select(l => long.Parse(l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], null) * 1024)
        .FirstOrDefault();

    private static TimeSpan Cpu(in Native.ResourceUsage used) =>
        TimeSpan.FromSeconds(used.UserSeconds + used.SystemSeconds) + TimeSpan.FromMicroseconds(used.UserMicroseconds + used.SystemMicroseconds);

    private static IEnumerable<string> Environment(IReadOnlyDictionary<string, string>? more) =>
        System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(e => $"{e.Key}={e.Value}")
            .Concat(more?.Select(e => $"{e.Key}={e.Value}") ?? []);
}
