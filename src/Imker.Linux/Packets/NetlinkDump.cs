using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>Asks the kernel for all objects of a kind over netlink(7).</summary>
internal static unsafe class NetlinkDump
{
    private const int HeaderSize = 16, RequestSize = 64, AnswerSize = 64 * 1024;
    private const ushort Request = 1, Dump = 0x300;
    private const ushort ErrorMessage = 2, DoneMessage = 3;

    internal delegate void MessageReader(ReadOnlySpan<byte> body);

    /// <param name="type">Of the request.</param>
    /// <param name="leastBody">Bytes of a request's, and at least of an answer's, fixed part.</param>
    /// <exception cref="BpfException">The kernel refuses.</exception>
    internal static void Run(string doing, ushort type, int leastBody, MessageReader reader) =>
        Run(doing, SocketConstants.NetlinkRoute, type, new byte[leastBody], leastBody, reader);

    internal static void Run(string doing, int protocol, ushort type, ReadOnlySpan<byte> body, int leastAnswer, MessageReader reader)
    {
        int number = Libc.Socket(SocketConstants.FamilyNetlink, SocketConstants.TypeRaw | SocketConstants.CloseOnExec, protocol);
        using Descriptor socket = number >= 0 ? new Descriptor(number) : throw new BpfException(doing, "socket", Libc.LastError);
        using DescriptorUse use = socket.Use();
        Send(use.Number, doing, type, body);
        byte[] answer = new byte[AnswerSize];
        while (TryReceive(use.Number, doing, answer, leastAnswer, reader))
        {
        }
    }

    private static void Send(int socket, string doing, ushort type, ReadOnlySpan<byte> body)
    {
        byte* request = stackalloc byte[HeaderSize + RequestSize];
        int length = HeaderSize + body.Length;
        *(int*)request = length;
        *(ushort*)(request + 4) = type;
        *(ushort*)(request + 6) = Request | Dump;
        *(ulong*)(request + 8) = 0;
        body.CopyTo(new Span<byte>(request + HeaderSize, RequestSize));
        if (Libc.Send(socket, request, (nuint)length, 0) < 0)
            throw new BpfException(doing, "netlink", Libc.LastError);
    }

    private static bool TryReceive(int socket, string doing, byte[] answer, int leastAnswer, MessageReader reader)
    {
        nint count;
        fixed (byte* pointer = answer)
        {
            while ((count = Libc.Receive(socket, pointer, (nuint)answer.Length, 0)) < 0)
            {
                if (Libc.LastError != Errno.Interrupted)
                    throw new BpfException(doing, "netlink", Libc.LastError);
            }
        }
        ReadOnlySpan<byte> rest = answer.AsSpan(0, (int)count);
        while (rest.Length >= HeaderSize)
        {
            int length = BitConverter.ToInt32(rest), type = BitConverter.ToUInt16(rest[4..]);
            if (length < HeaderSize || length > rest.Length || type == DoneMessage)
                return false;
            ReadOnlySpan<byte> body = rest[HeaderSize..length];
            if (type == ErrorMessage)
                throw new BpfException(doing, "netlink", new Errno(-BitConverter.ToInt32(body)));
            if (body.Length >= leastAnswer)
                reader(body);
            rest = rest[Math.Min(rest.Length, (length + 3) & ~3)..];
        }
        return true;
    }
}
