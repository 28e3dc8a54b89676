using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>
/// A command of the shell at work, its standard output collected; <see cref="EventLoop.WaitFor"/> sees it to its end. The rest it has
/// from us: environment, standard input and error.
/// </summary>
public sealed unsafe class ShellCommand : IDisposable
{
    // posix_spawn_file_actions_t is 80 bytes, posix_spawnattr_t 336, sigset_t 128, in both C libraries.
    private const int ActionsSize = 128, AttributesSize = 512, SignalSetSize = 128;

    private readonly Pipe output;
    private readonly int id;
    private readonly MemoryStream collected = new();
    private bool isReaped;

    private ShellCommand(int id, Pipe output)
    {
        this.id = id;
        this.output = output;
        int number = SystemCall.PidFdOpen(id);
        Process = number >= 0 ? new Descriptor(number) : throw new BpfException("watch a command", "pidfd_open", Libc.LastError);
    }

    /// <summary>What the command has written.</summary>
    public ReadOnlySpan<byte> Collected => collected.GetBuffer().AsSpan(0, (int)collected.Length);

    /// <summary>Readable when there is output, or no more to come.</summary>
    internal Descriptor Output => output.ReadEnd;

    /// <summary>Readable when the shell has ended.</summary>
    internal Descriptor Process { get; }

    /// <param name="text">What the shell is to do, byte for byte, up to a zero.</param>
    /// <exception cref="BpfException">There can be no further process.</exception>
    public static ShellCommand Start(ReadOnlySpan<byte> text)
    {
        int zero = text.IndexOf((byte)0);
        var output = new Pipe();
        try
        {
            int id = Spawn(["sh"u8.ToArray(), "-c"u8.ToArray(), (zero < 0 ? text : text[..zero]).ToArray()], output.WriteEnd);
            output.CloseWrite();
            return new ShellCommand(id, output);
        }
        catch
        {
            output.Dispose();
            throw;
        }
    }

    /// <summary>Takes in what is there, or waits for it; false when no more will come.</summary>
    internal bool ReadSome()
    {
        Span<byte> buffer = stackalloc byte[4096];
        int count = output.Read(buffer);
        collected.Write(buffer[..count]);
        return count > 0;
    }

    /// <summary>Gives the process back to the kernel; waits for its end when it has not come.</summary>
    internal void Reap()
    {
        int status;
        while (!isReaped && Libc.WaitPid(id, &status, 0) < 0 && Libc.LastError == Errno.Interrupted)
        {
        }
        isReaped = true;
    }

    /// <summary>Asks the shell to end, and waits for it no more.</summary>
    internal void GiveUp()
    {
        Libc.Kill(id, LibcConstants.SignalTerminate);
        isReaped = true;
    }

    /// <summary>Waits for the shell's end, unless it was given up.</summary>
    public void Dispose()
    {
        output.Dispose();
        Reap();
        Process.Dispose();
    }

    private static int Spawn(byte[][] arguments, Descriptor standardOutput)
    {
        byte* actions = stackalloc byte[ActionsSize], attributes = stackalloc byte[AttributesSize];
        using DescriptorUse write = standardOutput.Use();
        using var argumentVector = new CStringVector(arguments);
        using CStringVector environment = CStringVector.OfEnvironment();
        Libc.SpawnActionsInitialize(actions);
        Libc.SpawnAttributesInitialize(attributes);
        try
        {
            Libc.SpawnActionsDuplicate(actions, write.Number, 1);
            HaveSignalPipeEndIt(attributes);
            int id;
            fixed (byte* shell = CString.Bytes("/bin/sh"))
            {
                int error = Libc.Spawn(&id, shell, actions, attributes, argumentVector.Pointers, environment.Pointers);
                return error == 0 ? id : throw new BpfException("run a command", "posix_spawn", new Errno(error));
            }
        }
        finally
        {
            Libc.SpawnAttributesDestroy(attributes);
            Libc.SpawnActionsDestroy(actions);
        }
    }

    // The runtime ignores SIGPIPE, and what is ignored stays so across an exec; handlers do not.
    private static void HaveSignalPipeEndIt(byte* attributes)
    {
        ulong* signals = stackalloc ulong[SignalSetSize / sizeof(ulong)];
        new Span<ulong>(signals, SignalSetSize / sizeof(ulong)).Clear();
        *signals = 1UL << LibcConstants.SignalPipe - 1;
        Libc.SpawnAttributesSetDefaultSignals(attributes, signals);
        Libc.SpawnAttributesSetFlags(attributes, LibcConstants.SpawnSetDefaultSignals);
    }
}
