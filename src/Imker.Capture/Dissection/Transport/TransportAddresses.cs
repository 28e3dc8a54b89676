namespace Imker.Capture.Dissection;

/// <summary>Who speaks with whom: <c>address.port &gt; address.port: </c>.</summary>
internal static class TransportAddresses
{
    public static void PrintHosts(ref Dissection d, in IpHeader ip, ReadOnlySpan<byte> after)
    {
        Host(ref d, ip, isSource: true);
        d.Say(" > "u8);
        Host(ref d, ip, isSource: false);
        d.Say(after);
    }

    /// <param name="hasHosts">Whether the addresses were not printed before the extension headers.</param>
    public static void PrintTcp(ref Dissection d, in IpHeader ip, int source, int destination, bool hasHosts)
    {
        BeginPort(ref d, ip, isSource: true, hasHosts);
        d.TcpPort(source);
        d.Say(" > "u8);
        BeginPort(ref d, ip, isSource: false, hasHosts);
        d.TcpPort(destination);
        d.Say(": "u8);
    }

    /// <inheritdoc cref="PrintTcp"/>
    public static void PrintUdp(ref Dissection d, in IpHeader ip, int source, int destination, bool hasHosts)
    {
        BeginPort(ref d, ip, isSource: true, hasHosts);
        d.UdpPort(source);
        d.Say(" > "u8);
        BeginPort(ref d, ip, isSource: false, hasHosts);
        d.UdpPort(destination);
        d.Say(": "u8);
    }

    private static void BeginPort(ref Dissection d, in IpHeader ip, bool isSource, bool hasHosts)
    {
        if (!hasHosts)
            return;
        Host(ref d, ip, isSource);
        d.Say("."u8);
    }

    public static void Host(ref Dissection d, in IpHeader ip, bool isSource)
    {
        if (ip.Version == 6)
            d.Ip6(ip.At + (isSource ? 8 : 24));
        else
            d.Ip4(ip.At + (isSource ? 12 : 16));
    }
}
