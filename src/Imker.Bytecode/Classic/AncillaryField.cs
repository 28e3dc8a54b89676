using System.Collections.Immutable;

namespace Imker.Bytecode.Classic;

/// <summary>
/// What Linux knows about a packet beyond its bytes, loaded from offsets from <see cref="ClassicOffset.Ancillary"/> on
/// (<c>SKF_AD_*</c> in linux/filter.h).
/// </summary>
public enum AncillaryField : byte
{
    /// <summary>The EtherType that the driver found, in host order.</summary>
    Protocol = 0,

    /// <summary><c>PACKET_HOST</c> to <c>PACKET_OUTGOING</c>.</summary>
    PacketType = 4,

    InterfaceIndex = 8,

    /// <summary>Searches the netlink attribute of type X from offset A on; gives its offset or 0.</summary>
    NetlinkAttribute = 12,

    /// <summary>As <see cref="NetlinkAttribute"/>, inside of the attribute at offset A.</summary>
    NestedNetlinkAttribute = 16,

    Mark = 20,

    Queue = 24,

    /// <summary>The interface's <c>ARPHRD_*</c>.</summary>
    HardwareType = 28,

    /// <summary>The flow's hash.</summary>
    Hash = 32,

    Cpu = 36,

    /// <summary>No load: A becomes A xor X.</summary>
    XorIndex = 40,

    /// <summary>The stripped VLAN tag, all sixteen bits.</summary>
    VlanTag = 44,

    /// <summary>1 when a VLAN tag was stripped.</summary>
    VlanTagPresent = 48,

    /// <summary>Where the transport's payload starts.</summary>
    PayloadOffset = 52,

    Random = 56,

    /// <summary>The EtherType of the stripped VLAN tag, in host order.</summary>
    VlanProtocol = 60,
}

/// <summary>The offsets from which on a load does not mean a packet byte counted from the packet's start.</summary>
public static class ClassicOffset
{
    /// <summary><c>SKF_AD_OFF</c></summary>
    public const int Ancillary = -0x1000;

    /// <summary><c>SKF_NET_OFF</c>: from the network header on.</summary>
    public const int Network = -0x100000;

    /// <summary><c>SKF_LL_OFF</c>: from the link-layer header on.</summary>
    public const int LinkLayer = -0x200000;

    /// <summary>The field that an absolute load of this K gives; false for packet bytes and for what Linux does not know.</summary>
    public static bool TryGetField(uint k, out AncillaryField field)
    {
        uint offset = k - unchecked((uint)Ancillary);
        field = (AncillaryField)offset;
        return offset <= (uint)AncillaryField.VlanProtocol && offset % 4 == 0;
    }

    /// <summary>The K that loads a field.</summary>
    public static uint Of(AncillaryField field) => unchecked((uint)(Ancillary + (int)field));
}

/// <summary>How fields are called: in tcpdump's listings, and in the kernel's syntax.</summary>
internal readonly record struct AncillaryName(AncillaryField Field, string Listing, string Assembly)
{
    public static ImmutableArray<AncillaryName> All { get; } =
    [
        new(AncillaryField.Protocol, "proto", "proto"),
        new(AncillaryField.PacketType, "type", "type"),
        new(AncillaryField.InterfaceIndex, "ifidx", "ifidx"),
        new(AncillaryField.NetlinkAttribute, "nla", "nla"),
        new(AncillaryField.NestedNetlinkAttribute, "nlan", "nlan"),
        new(AncillaryField.Mark, "mark", "mark"),
        new(AncillaryField.Queue, "queue", "queue"),
        new(AncillaryField.HardwareType, "hatype", "hatype"),
        new(AncillaryField.Hash, "rxhash", "rxhash"),
        new(AncillaryField.Cpu, "cpu", "cpu"),
        new(AncillaryField.XorIndex, "xor_x", "xor_x"),
        new(AncillaryField.VlanTag, "vlan_tci", "vlan_tci"),
        new(AncillaryField.VlanTagPresent, "vlanp", "vlan_avail"),
        new(AncillaryField.PayloadOffset, "poff", "poff"),
        new(AncillaryField.Random, "random", "rand"),
        new(AncillaryField.VlanProtocol, "vlan_tpid", "vlan_tpid"),
    ];

    public static AncillaryName Of(AncillaryField field) => All[(int)field / 4];

    public static bool TryFind(string name, out AncillaryField field)
    {
        foreach (AncillaryName candidate in All)
        {
            field = candidate.Field;
            if (name == candidate.Listing || name == candidate.Assembly)
                return true;
        }
        field = AncillaryField.VlanTagPresent;
        return name == "vlan_pr";
    }
}
