namespace Imker.Bytecode.Classic;

/// <summary>What a program may ask about a packet beyond its bytes. Whoever filters gives what it knows; the rest is zero.</summary>
public readonly record struct ClassicPacketInfo
{
    /// <summary>The packet's length on the wire (<c>#pktlen</c>), of which fewer bytes may have been captured.</summary>
    public uint Length { get; init; }

    /// <summary>The EtherType, in host order.</summary>
    public ushort Protocol { get; init; }

    /// <summary><c>PACKET_HOST</c> 0, broadcast 1, multicast 2, other host 3, outgoing 4.</summary>
    public byte PacketType { get; init; }

    /// <summary>A stripped VLAN tag is known: <see cref="VlanTag"/> and <see cref="VlanProtocol"/> are its.</summary>
    public bool HasVlanTag { get; init; }

    /// <summary>The interface's number. At 0 a program that asks for it ends with what the accumulator holds, as in the kernel without an interface.</summary>
    public uint InterfaceIndex { get; init; }

    /// <summary>The interface's <c>ARPHRD_*</c>; only known together with <see cref="InterfaceIndex"/>.</summary>
    public ushort HardwareType { get; init; }

    public ushort VlanTag { get; init; }

    /// <summary>The EtherType of the stripped tag, in host order.</summary>
    public ushort VlanProtocol { get; init; }

    public uint Mark { get; init; }

    public uint Queue { get; init; }

    public uint Hash { get; init; }

    public uint Cpu { get; init; }

    /// <summary>What the program gets for a random number; draw one for each packet.</summary>
    public uint Random { get; init; }

    /// <summary>Where the transport's payload starts.</summary>
    public uint PayloadOffset { get; init; }

    /// <summary>Where the network header starts, for loads from <see cref="ClassicOffset.Network"/> on.</summary>
    public uint NetworkOffset { get; init; }

    /// <summary>The field that is a plain value; the two searches and the xor are the machine's.</summary>
    internal uint this[AncillaryField field] => field switch
    {
        AncillaryField.Protocol => Protocol,
        AncillaryField.PacketType => PacketType,
        AncillaryField.InterfaceIndex => InterfaceIndex,
        AncillaryField.HardwareType => HardwareType,
        AncillaryField.Mark => Mark,
        AncillaryField.Queue => Queue,
        AncillaryField.Hash => Hash,
        AncillaryField.Cpu => Cpu,
        AncillaryField.VlanTag => VlanTag,
        AncillaryField.VlanTagPresent => HasVlanTag ? 1u : 0u,
        AncillaryField.PayloadOffset => PayloadOffset,
        AncillaryField.Random => Random,
        AncillaryField.VlanProtocol => VlanProtocol,
        _ => 0,
    };
}
