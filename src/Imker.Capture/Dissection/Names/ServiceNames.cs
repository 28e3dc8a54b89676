using System.Text;
using Imker.Linux;

namespace Imker.Capture.Dissection;

/// <summary>Ports by name: services(5).</summary>
internal sealed class ServiceNames
{
    private readonly Dictionary<int, byte[]> tcp = [];
    private readonly Dictionary<int, byte[]> udp = [];

    public ServiceNames(NetworkNameFiles files)
    {
        foreach ((ushort port, string protocol, string name) in files.Services)
        {
            // Where a port has two names the first one counts.
            if (protocol == "tcp")
                tcp.TryAdd(port, Encoding.UTF8.GetBytes(name));
            else if (protocol == "udp")
                udp.TryAdd(port, Encoding.UTF8.GetBytes(name));
        }
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
