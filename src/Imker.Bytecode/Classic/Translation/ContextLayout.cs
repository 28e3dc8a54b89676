using System.Diagnostics.CodeAnalysis;

namespace Imker.Bytecode.Classic;

/// <summary>The places in <c>struct __sk_buff</c> and <c>struct xdp_md</c> (linux/bpf.h) that programs read, all of four bytes.</summary>
public static class ContextLayout
{
    /// <summary><c>len</c>, <c>data</c> and <c>data_end</c>.</summary>
    public const short BufferLength = 0, BufferData = 76, BufferDataEnd = 80, XdpData = 0, XdpDataEnd = 4;

    private const short
        PacketType = 4, Mark = 8, Queue = 12, Protocol = 16, VlanPresent = 20, VlanTag = 24, VlanProtocol = 28, InterfaceIndex = 40, Hash = 52,
        XdpInterfaceIndex = 12, XdpQueue = 16;

    /// <summary>Where a field stands; false where the context has no such field.</summary>
    /// <param name="field">What is asked for.</param>
    /// <param name="target">Decides the context's type.</param>
    /// <param name="offset">Bytes into the context.</param>
    /// <param name="networkOrder">The kernel keeps it big-endian.</param>
    public static bool TryGet(AncillaryField field, ClassicTarget target, [NotNullWhen(true)] out short? offset, out bool networkOrder)
    {
        networkOrder = field is AncillaryField.Protocol or AncillaryField.VlanProtocol;
        offset = target == ClassicTarget.Xdp ? InXdp(field) : InBuffer(field);
        return offset is not null;
    }

    private static short? InXdp(AncillaryField field) => field switch
    {
        AncillaryField.InterfaceIndex => XdpInterfaceIndex,
        AncillaryField.Queue => XdpQueue,
        _ => null,
    };

    private static short? InBuffer(AncillaryField field) => field switch
    {
        AncillaryField.Protocol => Protocol,
        AncillaryField.PacketType => PacketType,
        AncillaryField.InterfaceIndex => InterfaceIndex,
        AncillaryField.Mark => Mark,
        AncillaryField.Queue => Queue,
        AncillaryField.Hash => Hash,
        AncillaryField.VlanTag => VlanTag,
        AncillaryField.VlanTagPresent => VlanPresent,
        AncillaryField.VlanProtocol => VlanProtocol,
        _ => null,
    };
}
