using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Imker.Linux;

namespace Imker.Capture;

/// <summary>Keys of the maps of a <see cref="SocketWatch"/>.</summary>
internal static class SocketWatchKey
{
    /// <summary>The namespace for loopback addresses, which every namespace has, else 0; both addresses, 16 bytes each; both ports; protocol and version.</summary>
    internal const int FlowSize = 48;

    /// <summary>The namespace, the port and the protocol.</summary>
    internal const int PortSize = 16;

    private const int SourceOffset = 8, DestinationOffset = 24, SourcePortOffset = 40, DestinationPortOffset = 42, ProtocolOffset = 44, VersionOffset = 45;

    internal static void WriteFlow(in SocketKey flow, ulong networkNamespace, Span<byte> key)
    {
        key[..FlowSize].Clear();
        if (IPAddress.IsLoopback(flow.LocalAddress))
            BitConverter.TryWriteBytes(key, networkNamespace);
        flow.LocalAddress.TryWriteBytes(key[SourceOffset..], out _);
        flow.RemoteAddress.TryWriteBytes(key[DestinationOffset..], out _);
        BinaryPrimitives.WriteUInt16BigEndian(key[SourcePortOffset..], flow.LocalPort);
        BinaryPrimitives.WriteUInt16BigEndian(key[DestinationPortOffset..], flow.RemotePort);
        key[ProtocolOffset] = flow.Protocol;
        key[VersionOffset] = flow.LocalAddress.AddressFamily == AddressFamily.InterNetwork ? (byte)4 : (byte)6;
    }

    internal static void WritePort(in SocketKey flow, ulong networkNamespace, Span<byte> key)
    {
        BitConverter.TryWriteBytes(key, networkNamespace);
        BitConverter.TryWriteBytes(key[8..], (uint)flow.LocalPort);
        BitConverter.TryWriteBytes(key[12..], (uint)flow.Protocol);
    }
}
