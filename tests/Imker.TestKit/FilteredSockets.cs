using System.Net.Sockets;
using Imker.Bytecode.Classic;
using Imker.Linux;

namespace Imker.TestKit;

/// <summary>Two connected datagram sockets: what goes in at one comes out at the other as far as its filter lets it.</summary>
public sealed class FilteredSockets : IDisposable
{
    private readonly Socket sender = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly Socket receiver = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { Blocking = false };
    private readonly byte[] buffer = new byte[65536];

    public FilteredSockets()
    {
        var name = new UnixDomainSocketEndPoint($"\0imker-test-{Guid.NewGuid():n}");
        receiver.Bind(name);
        sender.Connect(name);
    }

    public void Attach(ClassicProgram program) => SocketFilter.Attach(receiver.SafeHandle, program);

    public void Attach(KernelProgram program) => SocketFilter.Attach(receiver.SafeHandle, program);

    public void Detach() => SocketFilter.Detach(receiver.SafeHandle);

    public void Lock() => SocketFilter.Lock(receiver.SafeHandle);

    /// <summary>The bytes that the filter lets through; 0 when it drops the packet.</summary>
    public int Pass(ReadOnlySpan<byte> packet)
    {
        sender.Send(packet);
        int length = receiver.Receive(buffer, SocketFlags.None, out SocketError error);
        return error == SocketError.WouldBlock ? 0 : length;
    }

    public void Dispose()
    {
        sender.Dispose();
        receiver.Dispose();
    }
}
