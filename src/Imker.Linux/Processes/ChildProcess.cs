using System.Globalization;
using Imker.Diagnostics;
using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>
/// A program started to be traced: it has its process id already, but does not begin until it is let go, when all probes are
/// attached. It ends with us, however we end.
/// </summary>
/// <remarks>
/// Managed code cannot fork. So our own executable is spawned once more, in a mode (<see cref="HeldExecution"/>) in which it waits on a
/// pipe and then becomes the program by execve(2), which keeps the process id.
/// </remarks>
public sealed unsafe class ChildProcess : IDisposable
{
    private const int GraceMilliseconds = 200;

    private readonly Pipe hold;
    private readonly Pipe status;
    private readonly string program;
    private int? exitCode;
    private bool held, released;

    private ChildProcess(int id, string program, Pipe hold, Pipe status)
    {
        Id = id;
        this.program = program;
        this.hold = hold;
        this.status = status;
        int number = SystemCall.PidFdOpen(id);
        Descriptor = number >= 0
            ? new Descriptor(number)
            : throw new BpfException($"watch '{program}'", "pidfd_open", Libc.LastError);
    }

    /// <summary>The process id, of the program to come as of the process that waits.</summary>
    public int Id { get; }

    /// <summary>Readable when the process has ended.</summary>
    internal Descriptor Descriptor { get; }

    /// <param name="path">The program's file.</param>
    /// <param name="arguments">All, the program's name included.</param>
    /// <exception cref="BpfException">The process cannot be started.</exception>
    public static ChildProcess StartHeld(string path, IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(arguments);
        var hold = new Pipe();
        var status = new Pipe();
        try
        {
            int id = Spawn(path, arguments, hold, status);
            hold.CloseRead();
            status.CloseWrite();
            return new ChildProcess(id, path, hold, status);
        }
        catch
        {
            hold.Dispose();
            status.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Returns when the process has come so far that it only waits: from then on it does nothing but begin the program. It takes some
    /// milliseconds from <see cref="StartHeld"/> on, which may pass beside other work.
    /// </summary>
    /// <exception cref="BpfException">It has ended.</exception>
    public void WaitUntilHeld()
    {
        if (held)
            return;
        Span<byte> answer = stackalloc byte[1];
        if (status.Read(answer) == 0)
            throw WasKilled();
        held = true;
    }

    /// <summary>Lets the program begin, and returns when it has.</summary>
    /// <exception cref="BpfException">It cannot be executed.</exception>
    public void Release()
    {
        if (released)
            return;
        released = true;
        WaitUntilHeld();
        if (TryGetExitCode(out _))
            throw WasKilled();
        hold.Write([HeldExecution.Go]);
        // The pipe closes by the exec, or a failure's errno comes.
        Span<byte> answer = stackalloc byte[sizeof(int)];
        int length = 0;
        while (length < answer.Length && status.Read(answer[length..]) is var count && count > 0)
            length += count;
        if (length == answer.Length)
            throw new BpfException($"run '{program}'", "execve", new Errno(BitConverter.ToInt32(answer)));
    }

    /// <summary>
    /// The exit code, or 128 and the signal's number when a signal ended it; false while it runs.
    /// </summary>
    public bool TryGetExitCode(out int code)
    {
        if (exitCode is null)
        {
            int waitStatus;
            if (Libc.WaitPid(Id, &waitStatus, LibcConstants.WaitNoHang) == Id)
                exitCode = (waitStatus & 0x7f) is var signal && signal != 0 ? 128 + signal : waitStatus >> 8 & 0xff;
        }
        code = exitCode ?? 0;
        return exitCode is not null;
    }

    /// <summary>Waits for its end; false when it did not end in time.</summary>
    public bool WaitForExit(TimeSpan longest, out int code)
    {
        if (TryGetExitCode(out code))
            return true;
        using var set = new EpollSet();
        set.Add(Descriptor, 1);
        set.Wait((int)Math.Clamp(longest.TotalMilliseconds, 0, int.MaxValue));
        return TryGetExitCode(out code);
    }

    /// <summary>Ends the process if it has not ended: asks first (SIGTERM), kills then.</summary>
    public void Dispose()
    {
        if (!TryGetExitCode(out _))
        {
            Libc.Kill(Id, LibcConstants.SignalTerminate);
            if (!WaitForExit(TimeSpan.FromMilliseconds(GraceMilliseconds), out _))
            {
                Libc.Kill(Id, LibcConstants.SignalKill);
                WaitForExit(TimeSpan.FromSeconds(1), out _);
            }
        }
        hold.Dispose();
        status.Dispose();
        Descriptor.Dispose();
    }

    private BpfException WasKilled() => new($"run '{program}'", "execve", Errno.NoProcess, "the waiting process was killed");

    private static int Spawn(string path, IReadOnlyList<string> arguments, Pipe hold, Pipe status)
    {
        using DescriptorUse holdEnd = hold.ReadEnd.Use(), statusEnd = status.WriteEnd.Use();
        string[] own =
        [
            .. HeldExecution.OwnCommand(), HeldExecution.Switch,
            holdEnd.Number.ToString(CultureInfo.InvariantCulture), statusEnd.Number.ToString(CultureInfo.InvariantCulture),
            Environment.ProcessId.ToString(CultureInfo.InvariantCulture), path, .. arguments,
        ];
        // posix_spawn_file_actions_t is 80 bytes in both C libraries.
        byte* actions = stackalloc byte[128];
        using var argumentVector = new CStringVector([.. own.Select(text => SourceEncoding.Encode(text))]);
        using CStringVector environment = CStringVector.OfEnvironment();
        Libc.SpawnActionsInitialize(actions);
        try
        {
            // Duplicated onto itself a descriptor loses its close-on-exec flag.
            Libc.SpawnActionsDuplicate(actions, holdEnd.Number, holdEnd.Number);
            Libc.SpawnActionsDuplicate(actions, statusEnd.Number, statusEnd.Number);
            int id;
            fixed (byte* self = CString.Bytes("/proc/self/exe"))
            {
                int error = Libc.Spawn(&id, self, actions, null, argumentVector.Pointers, environment.Pointers);
                return error == 0 ? id : throw new BpfException($"start '{path}'", "posix_spawn", new Errno(error));
            }
        }
        finally
        {
            Libc.SpawnActionsDestroy(actions);
        }
    }
}
