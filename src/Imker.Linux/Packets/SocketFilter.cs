using System.Runtime.InteropServices;
using Imker.Bytecode.Classic;
using Imker.Diagnostics;
using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>
/// The filter of a socket, by socket(7): the kernel runs it for each packet that would be received, keeps as many bytes as it returns, and
/// drops the packet for 0. A socket has one at most, attaching replaces it.
/// </summary>
public static unsafe class SocketFilter
{
    private const int SocketLevel = 1, AttachFilter = 26, DetachFilter = 27, LockFilter = 44, AttachBpf = 50, AttachReuseport = 52, DetachReuseport = 68;

    private const string MemoryHint = "the filter does not fit the socket's option memory: raise net.core.optmem_max";

    /// <summary>Attaches a classic program (<c>SO_ATTACH_FILTER</c>). The kernel translates it to eBPF and compiles that.</summary>
    /// <param name="socket">Any socket.</param>
    /// <param name="program">Checked before by <see cref="ClassicValidator"/>, which says more than the kernel's EINVAL.</param>
    /// <exception cref="DiagnosticException">The kernel would refuse the program.</exception>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    public static void Attach(SafeHandle socket, ClassicProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        if (ClassicValidator.Validate(program) is { IsEmpty: false } diagnostics)
            throw new DiagnosticException(diagnostics);
        fixed (byte* instructions = program.Encode(!BitConverter.IsLittleEndian))
        {
            var value = new SocketFilterProgram { Length = (ushort)program.Length, Instructions = (nint)instructions };
            Set(socket, AttachFilter, &value, (uint)sizeof(SocketFilterProgram), "attach a filter to a socket", "SO_ATTACH_FILTER");
        }
    }

    /// <summary>Attaches an eBPF program of the type <c>BPF_PROG_TYPE_SOCKET_FILTER</c> (<c>SO_ATTACH_BPF</c>).</summary>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    public static void Attach(SafeHandle socket, KernelProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        using DescriptorUse use = program.Descriptor.Use();
        int number = use.Number;
        Set(socket, AttachBpf, &number, sizeof(int), $"attach {program} to a socket", "SO_ATTACH_BPF");
    }

    /// <summary>
    /// Has a program of the type SK_REUSEPORT choose among all sockets that share the port of one (<c>SO_ATTACH_REUSEPORT_EBPF</c>). It stays
    /// until the last of them is closed, or <see cref="DetachReuseportProgram"/>.
    /// </summary>
    /// <param name="socket">Bound, with <c>SO_REUSEPORT</c> set before.</param>
    /// <param name="program">Of the type SK_REUSEPORT.</param>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    public static void AttachReuseportProgram(SafeHandle socket, KernelProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        using DescriptorUse use = program.Descriptor.Use();
        int number = use.Number;
        Set(socket, AttachReuseport, &number, sizeof(int), $"attach {program} to the sockets of a port", "SO_ATTACH_REUSEPORT_EBPF");
    }

    /// <summary>Has the kernel choose among the sockets of a port again (5.3).</summary>
    /// <exception cref="BpfException">There is no program.</exception>
    public static void DetachReuseportProgram(SafeHandle socket)
    {
        int unused = 0;
        Set(socket, DetachReuseport, &unused, sizeof(int), "detach the program of a port's sockets", "SO_DETACH_REUSEPORT_BPF");
    }

    /// <summary>Takes the filter away; then the socket gets everything.</summary>
    /// <exception cref="BpfException">There is none, or it is locked.</exception>
    public static void Detach(SafeHandle socket)
    {
        int unused = 0;
        Set(socket, DetachFilter, &unused, sizeof(int), "detach the filter of a socket", "SO_DETACH_FILTER");
    }

    /// <summary>Makes the filter stay as it is until the socket is closed (<c>SO_LOCK_FILTER</c>).</summary>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    public static void Lock(SafeHandle socket)
    {
        int yes = 1;
        Set(socket, LockFilter, &yes, sizeof(int), "lock the filter of a socket", "SO_LOCK_FILTER");
    }

    private static void Set(SafeHandle socket, int option, void* value, uint length, string doing, string name)
    {
        ArgumentNullException.ThrowIfNull(socket);
        bool added = false;
        try
        {
            socket.DangerousAddRef(ref added);
            if (Libc.SetSocketOption((int)socket.DangerousGetHandle(), SocketLevel, option, value, length) >= 0)
                return;
            Errno error = Libc.LastError;
            throw new BpfException(doing, name, error, error == Errno.NoMemory ? MemoryHint : null);
        }
        finally
        {
            if (added)
                socket.DangerousRelease();
        }
    }
}
