using System.Buffers.Binary;
using Imker.Linux;

namespace Imker.Capture;

/// <summary>Keys of the maps of a <see cref="SocketWatch"/>.</summary>
internal static class SocketWatchKey
{
    /// <summary>The namespace for loopback addresses, which every namespace has, else 0; both addresses, 16 bytes each; what else tells the packet; protocol; kind.</summary>
    internal const int FlowSize = 56;

    /// <summary>The namespace, the port, and the protocol.</summary>
    internal const int PortSize = 16;

    /// <summary>A bit beside the protocol: a socket for all its packets. It has port 0.</summary>
    internal const int RawBit = 0x100;

    internal const int SourceOffset = 8, DestinationOffset = 24, IdentifierOffset = 40, ProtocolOffset = 48, KindOffset = 49;

    internal static void WriteFlow(in PacketFlow flow, ulong networkNamespace, Span<byte> key)
    {
        BitConverter.TryWriteBytes(key, InternetAddress.IsLoopback(flow.Source) ? networkNamespace : 0);
        BinaryPrimitives.WriteUInt128BigEndian(key[SourceOffset..], flow.Source);
        BinaryPrimitives.WriteUInt128BigEndian(key[DestinationOffset..], flow.Destination);
        BinaryPrimitives.WriteUInt64BigEndian(key[IdentifierOffset..], flow.Identifier);
        BitConverter.TryWriteBytes(key[ProtocolOffset..], (ulong)flow.Protocol);
        key[KindOffset] = (byte)flow.Kind;
    }

    internal static void WritePort(uint protocol, ushort port, ulong networkNamespace, Span<byte> key)
    {
        BitConverter.TryWriteBytes(key, networkNamespace);
        BitConverter.TryWriteBytes(key[8..], (uint)port);
        BitConverter.TryWriteBytes(key[12..], protocol);
    }
}
