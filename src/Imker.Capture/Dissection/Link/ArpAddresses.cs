using Imker.Filter.Protocols;

namespace Imker.Capture.Dissection;

/// <summary>Where the four addresses of an ARP packet are, whose lengths its header tells.</summary>
internal readonly record struct ArpAddresses(int SenderHardware, int Protocol, int HardwareLength, int ProtocolLength, bool IsFrameRelay)
{
    public int SenderProtocol => SenderHardware + HardwareLength;

    public int TargetHardware => SenderProtocol + ProtocolLength;

    public int TargetProtocol => TargetHardware + HardwareLength;

    public bool IsIp => Protocol is EtherType.Ip4 or EtherType.Trailer;

    public void SayProtocol(ref Dissection d, int at)
    {
        if (!IsIp)
            d.Say("<wrong proto type>"u8);
        else if (ProtocolLength != 4)
            d.Say("<wrong len>"u8);
        else
            d.Ip4(at);
    }

    public void SayHardware(ref Dissection d, int at)
    {
        if (HardwareLength == 0)
            d.Say("<empty>"u8);
        else if (HardwareLength == 6 && !IsFrameRelay)
            d.Mac(at);
        else if (IsFrameRelay && HardwareLength is 2 or 3 or 4)
            SayCircuit(ref d, at);
        else
            d.HexBytes(d.Packet.Slice(at, HardwareLength), ":"u8);
    }

    // The number of a frame relay circuit (ITU Q.922): 6 bits, 4 bits, then 7 and 6 bits in longer forms.
    private void SayCircuit(ref Dissection d, int at)
    {
        uint circuit = (uint)(d.U8(at) >> 2) << 4 | (uint)(d.U8(at + 1) >> 4);
        if (HardwareLength == 4)
            circuit = circuit << 7 | (uint)d.U8(at + 2) >> 1;
        if (HardwareLength > 2)
            circuit = circuit << 6 | (uint)d.U8(at + HardwareLength - 1) >> 2;
        d.Say("DLCI "u8, circuit);
    }
}
