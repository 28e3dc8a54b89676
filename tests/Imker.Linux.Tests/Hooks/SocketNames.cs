using System.Runtime.InteropServices;

namespace Imker.Linux.Tests.Hooks;

/// <summary>getpeername(2) and getsockname(2), which the framework answers from memory.</summary>
internal static unsafe partial class SocketNames
{
    private const int Room = 128;

    public static void AskPeer(SafeHandle socket)
    {
        byte* address = stackalloc byte[Room];
        uint length = Room;
        Assert.Equal(0, PeerName(socket, address, ref length));
    }

    public static void AskOwn(SafeHandle socket)
    {
        byte* address = stackalloc byte[Room];
        uint length = Room;
        Assert.Equal(0, OwnName(socket, address, ref length));
    }

    [LibraryImport("libc", EntryPoint = "getpeername")]
    private static partial int PeerName(SafeHandle socket, byte* address, ref uint length);

    [LibraryImport("libc", EntryPoint = "getsockname")]
    private static partial int OwnName(SafeHandle socket, byte* address, ref uint length);
}
