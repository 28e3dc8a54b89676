using System.Buffers.Binary;
using Imker.Filter;
using Imker.Filter.Protocols;
using Imker.Linux;

namespace Imker.Capture;

/// <summary>The flows of a packet, from outside to inside: that of the packet, and those of the packets that it carries through tunnels.</summary>
internal ref struct PacketLayers
{
    private const int EthernetSize = 14, VlanTagSize = 4, PppoeSize = 8, MplsLabelSize = 4, UdpSize = 8, VxlanSize = 8, IcmpSize = 8;
    private const int VxlanPort = 4789, OldVxlanPort = 8472, GenevePort = 6081;

    // As many headers between IPv6 and its payload as the programs of a SocketWatch go through.
    internal const int MostExtensions = 8;

    private static readonly IcmpEcho[] echoes = IcmpEcho.All();

    // What comes next, and its EtherType; 0 where nothing does.
    private ReadOnlySpan<byte> rest;
    private int type;

    internal PacketLayers(in CapturedPacket packet)
    {
        ReadOnlySpan<byte> data = packet.Data;
        var link = new LinkType(packet.LinkType);
        if (link == LinkType.Ethernet)
            SetFrame(data);
        else if (link == LinkType.LinuxSll && data.Length > CookedHeaderSize.Version1)
            SetNext(data[CookedHeaderSize.Version1..], BinaryPrimitives.ReadUInt16BigEndian(data[(CookedHeaderSize.Version1 - 2)..]));
        else if (link == LinkType.LinuxSll2 && data.Length > CookedHeaderSize.Version2)
            SetNext(data[CookedHeaderSize.Version2..], BinaryPrimitives.ReadUInt16BigEndian(data));
        else if (link == LinkType.Raw)
            SetIp(data);
    }

    /// <summary>The layer's.</summary>
    internal PacketFlow Flow { get; private set; }

    /// <summary>By its fragment id; the default where the layer's packet is no fragment. Of the first fragment, <see cref="Flow"/> tells more.</summary>
    internal PacketFlow Fragment { get; private set; }

    internal readonly bool IsFragment => Fragment.Kind == FlowKind.Fragment;

    /// <summary>Whether the flow is that of a packet that an ICMP error quotes: the sender of that receives the error.</summary>
    internal bool IsQuoted { get; private set; }

    internal bool MoveNext()
    {
        SkipLabels();
        ReadOnlySpan<byte> data = rest;
        int network = type;
        SetNext(default, 0);
        Fragment = default;
        return network switch
        {
            EtherType.Ip4 => TryReadIp4(data),
            EtherType.Ip6 => TryReadIp6(data),
            _ => false,
        };
    }

    private void SetNext(ReadOnlySpan<byte> data, int etherType)
    {
        rest = data;
        type = etherType;
    }

    private void SetFrame(ReadOnlySpan<byte> frame)
    {
        if (frame.Length > EthernetSize)
            SetNext(frame[EthernetSize..], BinaryPrimitives.ReadUInt16BigEndian(frame[(EthernetSize - 2)..]));
    }

    private void SetIp(ReadOnlySpan<byte> packet)
    {
        if (packet.Length > 0)
            SetNext(packet, packet[0] >> 4 == 4 ? EtherType.Ip4 : EtherType.Ip6);
    }

    private void SkipLabels()
    {
        while (true)
        {
            switch (type)
            {
                case EtherType.Vlan or EtherType.ServiceVlan or EtherType.Vlan9100 when rest.Length > VlanTagSize:
                    SetNext(rest[VlanTagSize..], BinaryPrimitives.ReadUInt16BigEndian(rest[2..]));
                    break;
                case EtherType.Mpls or EtherType.MplsMulticast when rest.Length > MplsLabelSize:
                    bool isLast = (rest[2] & 1) != 0;
                    rest = rest[MplsLabelSize..];
                    if (isLast)
                        SetIp(rest);
                    break;
                case EtherType.PppoeSession when rest.Length > PppoeSize:
                    SetNext(rest[PppoeSize..], BinaryPrimitives.ReadUInt16BigEndian(rest[(PppoeSize - 2)..]) switch
                    {
                        PppProtocol.Ip4 => EtherType.Ip4,
                        PppProtocol.Ip6 => EtherType.Ip6,
                        _ => 0,
                    });
                    break;
                default:
                    return;
            }
        }
    }

    private bool TryReadIp4(ReadOnlySpan<byte> data)
    {
        const int fixedSize = 20, offsetMask = 0x1fff, moreBit = 0x2000;
        int size;
        if (data.Length < fixedSize || (size = (data[0] & 0xf) * 4) < fixedSize)
            return false;
        (UInt128 source, UInt128 destination) = (InternetAddress.Read(data.Slice(12, 4)), InternetAddress.Read(data.Slice(16, 4)));
        int place = BinaryPrimitives.ReadUInt16BigEndian(data[6..]);
        if ((place & (offsetMask | moreBit)) != 0)
            Fragment = new PacketFlow(data[9], FlowKind.Fragment, source, destination, BinaryPrimitives.ReadUInt16BigEndian(data[4..]));
        return TryReadPayload(data, size, data[9], source, destination, (place & offsetMask) != 0);
    }

    private bool TryReadIp6(ReadOnlySpan<byte> data)
    {
        const int fixedSize = 40;
        return data.Length >= fixedSize
            && TryReadPayload(data, fixedSize, data[6], InternetAddress.Read(data.Slice(8, 16)), InternetAddress.Read(data.Slice(24, 16)), isLaterFragment: false);
    }

    private bool TryReadPayload(ReadOnlySpan<byte> data, int offset, byte protocol, UInt128 source, UInt128 destination, bool isLaterFragment)
    {
        for (int i = 0; i < MostExtensions && !isLaterFragment && data.Length >= offset + 8; i++)
        {
            ReadOnlySpan<byte> header = data[offset..];
            int size = IpExtension.SizeOf(protocol, header[1]);
            if (size == 0)
                break;
            if (protocol == IpProtocol.Fragment)
            {
                Fragment = new PacketFlow(protocol, FlowKind.Fragment, source, destination, BinaryPrimitives.ReadUInt32BigEndian(header[4..]));
                isLaterFragment = BinaryPrimitives.ReadUInt16BigEndian(header[2..]) >> 3 != 0;
            }
            protocol = header[0];
            offset += size;
        }
        if (isLaterFragment)
        {
            Flow = Fragment;
            return true;
        }
        ReadOnlySpan<byte> payload = offset < data.Length ? data[offset..] : default;
        if (payload.Length < BytesToTell(protocol))
            return false;
        (FlowKind kind, ulong identifier) = IdentifierOf(protocol, payload);
        Flow = new PacketFlow(protocol, kind, source, destination, identifier);
        if (!IsQuoted)
            SetInner(protocol, payload);
        return true;
    }

    private static int BytesToTell(byte protocol) => protocol switch
    {
        IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.UdpLite or IpProtocol.Sctp or IpProtocol.Dccp => 4,
        IpProtocol.Icmp or IpProtocol.Icmp6 or IpProtocol.Esp => 8,
        _ => 0,
    };

    private static (FlowKind Kind, ulong Identifier) IdentifierOf(byte protocol, ReadOnlySpan<byte> payload) => protocol switch
    {
        IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.UdpLite or IpProtocol.Sctp or IpProtocol.Dccp => (FlowKind.Ports, PacketFlow.PortsOf(payload)),
        IpProtocol.Icmp or IpProtocol.Icmp6 => OfMessage(protocol, payload),
        IpProtocol.Esp => (FlowKind.Encrypted, BinaryPrimitives.ReadUInt64BigEndian(payload)),
        _ => (FlowKind.Addresses, 0),
    };

    private static (FlowKind Kind, ulong Identifier) OfMessage(byte protocol, ReadOnlySpan<byte> message)
    {
        byte type = message[0];
        foreach (IcmpEcho echo in echoes)
        {
            if (echo.Protocol == protocol && (echo.Request == type || echo.Answer == type))
                return (FlowKind.Echo, PacketFlow.EchoOf(BinaryPrimitives.ReadUInt16BigEndian(message[4..]), echo.Answer == type));
        }
        return (FlowKind.Message, type);
    }

    private void SetInner(byte protocol, ReadOnlySpan<byte> payload)
    {
        switch (protocol)
        {
            case IpProtocol.Ip4:
                SetNext(payload, EtherType.Ip4);
                break;
            case IpProtocol.Ip6:
                SetNext(payload, EtherType.Ip6);
                break;
            case IpProtocol.Gre:
                SetInsideGre(payload);
                break;
            case IpProtocol.Udp when payload.Length > UdpSize + VxlanSize:
                SetInsideUdp(Flow.DestinationPort, payload[UdpSize..]);
                break;
            case IpProtocol.Icmp or IpProtocol.Icmp6 when payload.Length > IcmpSize && IcmpEcho.IsError(protocol, payload[0]):
                IsQuoted = true;
                SetIp(payload[IcmpSize..]);
                break;
        }
    }

    // RFC 2784 and 2890: two bytes of flags, the EtherType, and a word for each flag of three.
    private void SetInsideGre(ReadOnlySpan<byte> header)
    {
        const int fixedSize = 4, checksum = 0x80, key = 0x20, sequence = 0x10;
        if (header.Length < fixedSize || (header[1] & 7) != 0)
            return;
        int size = fixedSize;
        foreach (int flag in (ReadOnlySpan<int>)[checksum, key, sequence])
            size += (header[0] & flag) != 0 ? 4 : 0;
        if (header.Length <= size)
            return;
        SetInside(BinaryPrimitives.ReadUInt16BigEndian(header[2..]), header[size..]);
    }

    private void SetInsideUdp(int port, ReadOnlySpan<byte> header)
    {
        if (port is VxlanPort or OldVxlanPort)
        {
            SetFrame(header[VxlanSize..]);
        }
        else if (port == GenevePort)
        {
            // RFC 8926: the length of the options in words, the EtherType at 2.
            int size = 8 + (header[0] & 0x3f) * 4;
            if (header.Length > size)
                SetInside(BinaryPrimitives.ReadUInt16BigEndian(header[2..]), header[size..]);
        }
    }

    private void SetInside(int etherType, ReadOnlySpan<byte> payload)
    {
        if (etherType == EtherType.TransparentBridging)
            SetFrame(payload);
        else
            SetNext(payload, etherType);
    }
}
