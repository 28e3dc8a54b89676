namespace Imker.Filter.Tests.Optimization;

/// <summary>Filter expressions made at random, of primitives that share what they load and of arithmetic, so that there is much to optimize.</summary>
internal sealed class RandomFilter(Random random)
{
    private static readonly string[] Primitives =
    [
        "ip", "ip6", "arp", "tcp", "udp", "icmp", "sctp", "tcp port 80", "udp port 53", "port 443", "src port 22", "dst port 22", "portrange 20-30",
        "host 10.0.0.1", "src host 10.0.0.1", "dst host 10.0.0.2", "net 10.0.0.0/8", "src net 192.168.1.0/24", "ip6 host ::1", "ip6 net fe80::/10",
        "ether host 00:11:22:33:44:55", "ether src 00:11:22:33:44:55", "ether proto 0x88cc", "ip proto 50", "proto 17", "ip6 proto 58",
        "ether broadcast", "ether multicast", "ip multicast", "ip broadcast", "greater 100", "less 200", "len = 64",
        "tcp[tcpflags] & (tcp-syn|tcp-fin) != 0", "tcp[13] = 2", "icmp[icmptype] = icmp-echo", "ip[8] < 5", "ip[0] & 0xf != 5", "ip[2:2] > 576",
        "ip[6:2] & 0x1fff = 0", "udp[4:2] > 100", "ether[0] & 1 = 0", "ether[12:2] = 0x800", "ip[2:2] - ((ip[0] & 0xf) << 2) > 0",
        "tcp[((tcp[12] & 0xf0) >> 2):4] = 0x47455420", "ip[ip[0] & 0xf] = 3", "ip[2:2] = ip[4:2]", "1 = 1", "1 = 2", "len > 0", "ip[3] - 3 = 0",
        "ip[5] * 0 = 0", "link[0] & 0 != 0", "ip[9] + 0 = 6", "5 - 3 = 2", "ether[6:4] = ether[0:4]", "icmp6", "ah", "esp", "rarp", "decnet src 10.15",
        "tcp[0:2] % 7 = 3", "tcp[0:2] / 16 = 2", "ip[0] ^ 0x45 = 0", "ip[0] | 1 = 0x45", "udp[0] >> 3 < 2",
    ];

    private static readonly string[] Encapsulations = ["vlan", "vlan 5", "mpls", "mpls 7", "pppoes", "pppoes 3"];

    /// <summary>An expression with at most as many operators.</summary>
    public string Next(int size = 6)
    {
        if (size <= 1 || random.Next(6) == 0)
            return Primitive();
        int left = random.Next(1, size);
        return random.Next(8) switch
        {
            0 => $"not ({Next(size - 1)})",
            1 => $"not {Primitive()}",
            2 or 3 or 4 => $"({Next(left)}) and ({Next(size - left)})",
            5 => $"{Next(left)} and {Primitive()}",
            _ => $"({Next(left)}) or ({Next(size - left)})",
        };
    }

    private string Primitive() => random.Next(25) == 0
        ? Encapsulations[random.Next(Encapsulations.Length)] : Primitives[random.Next(Primitives.Length)];
}
