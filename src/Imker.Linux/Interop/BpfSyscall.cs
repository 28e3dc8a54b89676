namespace Imker.Linux.Interop;

/// <summary>bpf(2), one command at a time.</summary>
internal static unsafe class BpfSyscall
{
    // BPF_PROG_LOAD and BPF_PROG_TEST_RUN give up with EAGAIN when a signal is pending; what was asked can be asked again.
    private const int Attempts = 5;

    /// <summary>The command's result (a descriptor, a count or 0), or −1 and the reason.</summary>
    internal static int Call<T>(BpfCommand command, ref T attributes, out Errno error)
        where T : unmanaged
    {
        fixed (T* pointer = &attributes)
        {
            for (int attempt = 1; ; attempt++)
            {
                int result = SystemCall.Bpf(command, pointer, sizeof(T));
                error = result < 0 ? Libc.LastError : default;
                if (result >= 0 || attempt == Attempts || !MayBeRepeated(command, error))
                    return result;
            }
        }
    }

    /// <summary>A command that makes a descriptor. The kernel opens all of them close-on-exec.</summary>
    internal static Descriptor? Open<T>(BpfCommand command, ref T attributes, out Errno error)
        where T : unmanaged
    {
        int result = Call(command, ref attributes, out error);
        return result < 0 ? null : new Descriptor(result);
    }

    private static bool MayBeRepeated(BpfCommand command, Errno error) =>
        (error == Errno.Again && command is BpfCommand.ProgramLoad or BpfCommand.ProgramTestRun) || error == Errno.Interrupted;
}
