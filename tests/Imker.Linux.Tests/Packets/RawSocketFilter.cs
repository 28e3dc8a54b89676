using System.Net.Sockets;
using System.Runtime.InteropServices;
using Imker.Bytecode.Classic;

namespace Imker.Linux.Tests.Packets;

/// <summary>SO_ATTACH_FILTER without a check before: what the kernel itself thinks of a program.</summary>
internal static unsafe class RawSocketFilter
{
    private const int SocketLevel = 1, AttachFilter = 26;

    [DllImport("libc", EntryPoint = "setsockopt")]
    private static extern int SetSocketOption(int socket, int level, int option, void* value, uint length);

    public static bool TryAttach(ClassicProgram program)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        fixed (byte* instructions = program.Encode())
        {
            nint* value = stackalloc nint[2];
            value[0] = (ushort)program.Length;
            value[1] = (nint)instructions;
            return SetSocketOption((int)socket.Handle, SocketLevel, AttachFilter, value, (uint)(2 * sizeof(nint))) == 0;
        }
    }
}
