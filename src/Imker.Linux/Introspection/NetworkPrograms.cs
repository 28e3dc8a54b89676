using System.Text;
using Imker.Bytecode;
using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>Programs on the interfaces of this network namespace, as rtnetlink(7) and BPF_PROG_QUERY tell.</summary>
public static class NetworkPrograms
{
    private const ushort GetLink = 18, GetFilter = 46;
    private const int LinkHeaderSize = 16, FilterHeaderSize = 20;
    private const ushort LinkName = 3, LinkXdp = 43;
    private const ushort XdpAttached = 2, XdpProgram = 4, XdpDriver = 5, XdpGeneric = 6, XdpOffload = 7;
    private const byte AttachedSeveral = 4;
    private const ushort FilterKind = 1, FilterOptions = 2, BpfName = 7, BpfId = 11;
    private const uint ClsactIngress = 0xffff_fff2, ClsactEgress = 0xffff_fff3;

    /// <exception cref="BpfException">The kernel does not tell.</exception>
    public static IReadOnlyList<NetworkProgram> Xdp()
    {
        List<NetworkProgram> found = [];
        NetlinkDump.Run("list XDP programs", GetLink, LinkHeaderSize, message => AddXdp(message, found));
        return found;
    }

    /// <summary>Of tcx and netkit (6.6, 6.7), and of the classifiers of clsact qdiscs.</summary>
    /// <exception cref="BpfException">The kernel does not tell.</exception>
    public static IReadOnlyList<NetworkProgram> TrafficControl()
    {
        List<NetworkProgram> found = [];
        foreach (NetworkInterface device in NetworkInterface.All())
        {
            AddQueried(device, AttachType.TcxIngress, "tcx/ingress", found);
            AddQueried(device, AttachType.TcxEgress, "tcx/egress", found);
            AddQueried(device, AttachType.NetkitPrimary, "netkit/primary", found);
            AddQueried(device, AttachType.NetkitPeer, "netkit/peer", found);
            AddFilters(device, ClsactIngress, "clsact/ingress", found);
            AddFilters(device, ClsactEgress, "clsact/egress", found);
        }
        return found;
    }

    private static void AddXdp(ReadOnlySpan<byte> message, List<NetworkProgram> found)
    {
        string name = "";
        foreach (NetlinkAttribute attribute in new NetlinkAttributes(message[LinkHeaderSize..]))
        {
            if (attribute.Type == LinkName)
                name = Encoding.UTF8.GetString(attribute.Value.TrimEnd((byte)0));
        }
        foreach (NetlinkAttribute attribute in new NetlinkAttributes(message[LinkHeaderSize..]))
        {
            if (attribute.Type == LinkXdp)
                AddXdp(name, BitConverter.ToInt32(message[4..]), attribute.Value, found);
        }
    }

    private static void AddXdp(string name, int index, ReadOnlySpan<byte> xdp, List<NetworkProgram> found)
    {
        byte attached = 0;
        foreach (NetlinkAttribute attribute in new NetlinkAttributes(xdp))
        {
            if (attribute.Type == XdpAttached && attribute.Value.Length > 0)
                attached = attribute.Value[0];
        }
        foreach (NetlinkAttribute attribute in new NetlinkAttributes(xdp))
        {
            // With one program its number stands under its own name and under 'the' program's.
            string? kind = attribute.Type switch
            {
                XdpProgram when attached != AttachedSeveral => attached switch { 1 => "driver", 2 => "generic", 3 => "offload", _ => null },
                XdpDriver when attached == AttachedSeveral => "driver",
                XdpGeneric when attached == AttachedSeveral => "generic",
                XdpOffload when attached == AttachedSeveral => "offload",
                _ => null,
            };
            if (kind is not null && attribute.Value.Length >= sizeof(uint))
                found.Add(new NetworkProgram(name, index, kind, BitConverter.ToUInt32(attribute.Value)));
        }
    }

    private static void AddQueried(NetworkInterface device, AttachType type, string kind, List<NetworkProgram> found)
    {
        foreach (uint id in ProgramQuery.OfInterface((uint)device.Index, type).ProgramIds)
            found.Add(new NetworkProgram(device.Name, device.Index, kind, id));
    }

    private static void AddFilters(NetworkInterface device, uint parent, string kind, List<NetworkProgram> found)
    {
        byte[] request = new byte[FilterHeaderSize];
        BitConverter.TryWriteBytes(request.AsSpan(4), device.Index);
        BitConverter.TryWriteBytes(request.AsSpan(12), parent);
        try
        {
            NetlinkDump.Run($"list the filters of {device.Name}", SocketConstants.NetlinkRoute, GetFilter, request, FilterHeaderSize, message => AddFilter(device, kind, message, found));
        }
        catch (BpfException e) when (e.Error == Errno.Invalid || e.Error == Errno.NoEntry)
        {
            // It has no such qdisc.
        }
    }

    private static void AddFilter(NetworkInterface device, string kind, ReadOnlySpan<byte> message, List<NetworkProgram> found)
    {
        bool isBpf = false;
        uint id = 0;
        string name = "";
        foreach (NetlinkAttribute attribute in new NetlinkAttributes(message[FilterHeaderSize..]))
        {
            if (attribute.Type == FilterKind)
                isBpf = attribute.Value.TrimEnd((byte)0).SequenceEqual("bpf"u8);
            if (attribute.Type != FilterOptions)
                continue;
            foreach (NetlinkAttribute option in new NetlinkAttributes(attribute.Value))
            {
                if (option.Type == BpfId && option.Value.Length >= sizeof(uint))
                    id = BitConverter.ToUInt32(option.Value);
                else if (option.Type == BpfName)
                    name = Encoding.UTF8.GetString(option.Value.TrimEnd((byte)0));
            }
        }
        if (isBpf && id != 0)
            found.Add(new NetworkProgram(device.Name, device.Index, kind, id, name));
    }
}
