namespace Imker.Bench.Filters;

/// <summary>Twenty filters of the kinds that people write, from one word to a page of the manual.</summary>
internal static class FilterList
{
    public static string[] All { get; } =
    [
        "ip",
        "arp",
        "tcp",
        "icmp or icmp6",
        "tcp port 443",
        "udp port 53",
        "port 80",
        "host 10.0.0.1",
        "src host 10.0.0.1 and dst port 443",
        "net 192.168.0.0/16",
        "tcp port 443 and host 10.0.0.1",
        "not port 22 and not arp",
        "portrange 8000-8099",
        "tcp[tcpflags] & (tcp-syn|tcp-fin) != 0 and not src and dst net 10.0.0.0/8",
        "tcp port 80 and (((ip[2:2] - ((ip[0]&0xf)<<2)) - ((tcp[12]&0xf0)>>2)) != 0)",
        "ip6 net fe80::/10 and udp",
        "ether host 02:00:00:00:00:01",
        "vlan 5 and ip",
        "greater 1000 and udp",
        "(tcp port 80 or 443 or 8080) and (host 10.0.0.1 or 10.0.0.2 or net 172.16.0.0/12)",
    ];
}
