using System.Buffers.Binary;

namespace Imker.Capture;

/// <summary>What tells a packet from those of other senders and receivers.</summary>
/// <param name="Source">As <see cref="Linux.InternetAddress"/> makes it, as is the destination.</param>
/// <param name="Identifier">Eight bytes in the order in which they stand in the packet; which, the kind tells.</param>
internal readonly record struct PacketFlow(byte Protocol, FlowKind Kind, UInt128 Source, UInt128 Destination, ulong Identifier)
{
    private const int PortBits = 16, AnswerBit = 40;

    /// <summary>Of what the packet is an answer to, or what would answer it.</summary>
    internal PacketFlow Reversed => this with { Source = Destination, Destination = Source, Identifier = ReversedIdentifier };

    /// <summary>Of ports.</summary>
    internal ushort SourcePort => (ushort)(Identifier >> 3 * PortBits);

    /// <summary>Of ports.</summary>
    internal ushort DestinationPort => (ushort)(Identifier >> 2 * PortBits);

    /// <summary>The id of an echo.</summary>
    internal ushort EchoId => SourcePort;

    /// <summary>Whether it answers an echo.</summary>
    internal bool IsAnswer => Kind == FlowKind.Echo && (Identifier & 1UL << AnswerBit) != 0;

    private ulong ReversedIdentifier => Kind switch
    {
        FlowKind.Ports => (ulong)DestinationPort << 3 * PortBits | (ulong)SourcePort << 2 * PortBits,
        FlowKind.Echo => Identifier ^ 1UL << AnswerBit,
        _ => Identifier,
    };

    internal static ulong PortsOf(ReadOnlySpan<byte> header) => (ulong)BinaryPrimitives.ReadUInt32BigEndian(header) << 2 * PortBits;

    internal static ulong EchoOf(ushort id, bool isAnswer) => (ulong)id << 3 * PortBits | (isAnswer ? 1UL << AnswerBit : 0);
}
