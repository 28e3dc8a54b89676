using System.Buffers.Binary;

namespace Imker.Capture.Dissection;

/// <content>Addresses and ports, as numbers or as names.</content>
internal ref partial struct Dissection
{
    public void Ip4(int at) => Ip4(Bytes(at, 4));

    public readonly void Ip4(ReadOnlySpan<byte> address)
    {
        if (isSilent)
            return;
        if (!Context.IsNumeric && Context.Names.Hosts.TryName(address, out ReadOnlySpan<byte> name))
            output.Write(name);
        else
            AddressText.WriteIp4(output, address);
    }

    /// <summary>An address that is both said and named.</summary>
    public void Ip4(ReadOnlySpan<byte> name, int at)
    {
        ReadOnlySpan<byte> address = Bytes(at, 4);
        NoteIp4(name, address);
        Ip4(address);
    }

    /// <summary>Always as a number.</summary>
    public readonly void Ip4Number(ReadOnlySpan<byte> address)
    {
        if (!isSilent)
            AddressText.WriteIp4(output, address);
    }

    public void Ip6(int at) => Ip6(Bytes(at, 16));

    public readonly void Ip6(ReadOnlySpan<byte> address)
    {
        if (isSilent)
            return;
        if (!Context.IsNumeric && Context.Names.Hosts.TryName(address, out ReadOnlySpan<byte> name))
            output.Write(name);
        else
            AddressText.WriteIp6(output, address);
    }

    public void Ip6(ReadOnlySpan<byte> name, int at)
    {
        ReadOnlySpan<byte> address = Bytes(at, 16);
        NoteIp6(name, address);
        Ip6(address);
    }

    public readonly void Ip6Number(ReadOnlySpan<byte> address)
    {
        if (!isSilent)
            AddressText.WriteIp6(output, address);
    }

    public void Mac(int at) => Mac(Bytes(at, 6));

    public readonly void Mac(ReadOnlySpan<byte> address)
    {
        if (isSilent)
            return;
        if (Context.IsNumeric)
            AddressText.WriteMac(output, address);
        else
            Context.Names.WriteMac(output, address);
    }

    public void Mac(ReadOnlySpan<byte> name, int at)
    {
        ReadOnlySpan<byte> address = Bytes(at, 6);
        NoteMac(name, address);
        Mac(address);
    }

    public readonly void TcpPort(int port)
    {
        if (isSilent)
            return;
        if (!Context.IsNumeric && Context.Names.Services.TryTcp(port, out ReadOnlySpan<byte> name))
            output.Write(name);
        else
            output.WriteDecimal((long)port);
    }

    public readonly void UdpPort(int port)
    {
        if (isSilent)
            return;
        if (!Context.IsNumeric && Context.Names.Services.TryUdp(port, out ReadOnlySpan<byte> name))
            output.Write(name);
        else
            output.WriteDecimal((long)port);
    }

    public readonly void NoteIp4(ReadOnlySpan<byte> name, ReadOnlySpan<byte> address)
    {
        if (HasFields)
            fields!.Ip4(name, address);
    }

    public readonly void NoteIp6(ReadOnlySpan<byte> name, ReadOnlySpan<byte> address)
    {
        if (HasFields)
            fields!.Ip6(name, address);
    }

    public readonly void NoteMac(ReadOnlySpan<byte> name, ReadOnlySpan<byte> address)
    {
        if (HasFields)
            fields!.Mac(name, address);
    }

    /// <summary>Whether the IP header at an offset is one of version 6.</summary>
    public readonly bool IsVersion6(int ip) => ip < Packet.Length && Packet[ip] >> 4 == 6;

    /// <summary>The sum over the captured bytes of a range, for a checksum; the caller has asked for the bytes.</summary>
    public readonly ushort Checksum(int at, int length) => Imker.Capture.Dissection.Checksum.Of(Packet.Slice(at, length));

    /// <summary>The checksum with the pseudo header of the enclosing IP header; zero where it is right.</summary>
    public readonly ushort Checksum(int ip, int at, int length, int covered, byte protocol) =>
        Imker.Capture.Dissection.Checksum.WithPseudoHeader(this, ip, at, length, covered, protocol);

    internal static uint Key4(ReadOnlySpan<byte> address) => BinaryPrimitives.ReadUInt32BigEndian(address);
}
