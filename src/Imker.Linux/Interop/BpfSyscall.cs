namespace Imker.Linux.Interop;

/// <summary>bpf(2), one command at a time.</summary>
internal static unsafe class BpfSyscall
{
    // BPF_PROG_LOAD and BPF_PROG_TEST_RUN give up with EAGAIN when a signal is pending; what was asked can be asked again. A process whose children
    // end all the time gets more signals than a long verification has time between two, so signals are kept away from then on.
    private const int Attempts = 5;

    /// <summary>The command's result (a descriptor, a count or 0), or −1 and the reason.</summary>
    internal static int Call<T>(BpfCommand command, ref T attributes, out Errno error)
        where T : unmanaged
    {
        fixed (T* pointer = &attributes)
        {
            int result = Call(command, pointer, sizeof(T), out error);
            for (int attempt = 2; attempt <= Attempts && result < 0 && MayBeRepeated(command, error); attempt++)
            {
                using var held = HeldSignals.Begin();
                result = Call(command, pointer, sizeof(T), out error);
            }
            return result;
        }
    }

    /// <summary>A command that makes a descriptor. The kernel opens all of them close-on-exec.</summary>
    internal static Descriptor? Open<T>(BpfCommand command, ref T attributes, out Errno error)
        where T : unmanaged
    {
        int result = Call(command, ref attributes, out error);
        return result < 0 ? null : new Descriptor(result);
    }

    private static int Call(BpfCommand command, void* attributes, int size, out Errno error)
    {
        int result = SystemCall.Bpf(command, attributes, size);
        error = result < 0 ? Libc.LastError : default;
        return result;
    }

    private static bool MayBeRepeated(BpfCommand command, Errno error) =>
        (error == Errno.Again && command is BpfCommand.ProgramLoad or BpfCommand.ProgramTestRun) || error == Errno.Interrupted;
}
