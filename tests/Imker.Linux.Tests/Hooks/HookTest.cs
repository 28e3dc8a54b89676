using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Imker.Objects;
using Imker.TestKit;

namespace Imker.Linux.Tests.Hooks;

/// <summary>What tests of hooks share: an object of the corpus, the count that its programs keep, and effects that make them run.</summary>
internal static class HookTest
{
    public static BpfObject Read(string name) => BpfObjectReader.Read(Corpus.ReadObject(name), name);

    /// <summary>Loads an object; its programs count what this process does if they ask.</summary>
    public static LoadedObject Load(string name, LoadOptions? options = null)
    {
        BpfObject source = Read(name);
        if (source.Variables.Any(variable => variable.Name == "process"))
            source = source.WithVariable("process", Environment.ProcessId);
        return ObjectLoader.Load(source, options);
    }

    public static ulong Hits(this LoadedObject loaded) => loaded.ReadVariable<ulong>("hits");

    /// <summary>Attaches what the sections name.</summary>
    public static void AttachAll(this LoadedObject loaded, HookTargets? targets = null)
    {
        ImmutableArray<AttachFailure> failures = loaded.Attach(targets);
        Assert.True(failures.IsEmpty, string.Join('\n', failures.Select(f => f.Reason.Message)));
    }

    /// <summary>Runs something that makes the hook fire, then once more when it is detached: only the first counts.</summary>
    public static void FiresOnlyWhileAttached(this LoadedObject loaded, Action effect, ulong? times = null)
    {
        effect();
        ulong hits = loaded.Hits();
        if (times is { } expected)
            Assert.Equal(expected, hits);
        else
            Assert.NotEqual(0UL, hits);
        loaded.Detach();
        effect();
        Assert.Equal(hits, loaded.Hits());
    }

    /// <summary>Runs something on a thread in a network namespace of its own, whose loopback device, number 1, is up.</summary>
    public static void InNamespace(Action action)
    {
        using var network = new TemporaryNetworkNamespace();
        NetworkNamespace.Run(network.File, () =>
        {
            action();
            return 0;
        });
    }

    /// <summary>Sends a datagram over loopback.</summary>
    /// <returns>What came of it; null when nothing did.</returns>
    public static byte[]? SendDatagram(byte[]? payload = null, AddressFamily family = AddressFamily.InterNetwork)
    {
        IPAddress loopback = family == AddressFamily.InterNetwork ? IPAddress.Loopback : IPAddress.IPv6Loopback;
        using var receiver = new Socket(family, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 500 };
        receiver.Bind(new IPEndPoint(loopback, 0));
        using var sender = new Socket(family, SocketType.Dgram, ProtocolType.Udp);
        sender.SendTo(payload ?? [1, 2, 3], receiver.LocalEndPoint!);
        byte[] buffer = new byte[2048];
        int length = receiver.Receive(buffer, SocketFlags.None, out SocketError error);
        return error == SocketError.Success ? buffer[..length] : null;
    }

    /// <summary>Two ends of a connection over loopback.</summary>
    public static (Socket Client, Socket Server) Connect()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.Connect(listener.LocalEndPoint!);
        return (client, listener.Accept());
    }
}
