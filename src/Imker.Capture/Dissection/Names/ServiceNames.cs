using System.Text;

namespace Imker.Capture.Dissection;

/// <summary>Ports by name: services(5).</summary>
internal sealed class ServiceNames
{
    private readonly Dictionary<int, byte[]> tcp = [];
    private readonly Dictionary<int, byte[]> udp = [];

    public static ServiceNames Read(string path)
    {
        var names = new ServiceNames();
        foreach (string[] words in NameFile.Rows(path))
        {
            string[] port = words[1].Split('/');
            if (port is not [string number, string protocol] || !int.TryParse(number, out int value))
                continue;
            // Where a port has two names the first one counts.
            if (protocol == "tcp")
                names.tcp.TryAdd(value, Encoding.UTF8.GetBytes(words[0]));
            else if (protocol == "udp")
                names.udp.TryAdd(value, Encoding.UTF8.GetBytes(words[0]));
        }
        return names;
    }

    public bool TryTcp(int port, out ReadOnlySpan<byte> name) => Try(tcp, port, out name);

    public bool TryUdp(int port, out ReadOnlySpan<byte> name) => Try(udp, port, out name);

    private static bool Try(Dictionary<int, byte[]> table, int port, out ReadOnlySpan<byte> name)
    {
        bool found = table.TryGetValue(port, out byte[]? bytes);
        name = bytes;
        return found;
    }
}
