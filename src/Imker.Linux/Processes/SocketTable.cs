using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace Imker.Linux;

/// <summary>The sockets of this network namespace with their inodes, as <c>/proc/net/tcp</c> and its like show them (proc_pid_net(5)).</summary>
internal sealed class SocketTable
{
    private const byte Tcp = 6, Udp = 17;

    private readonly Dictionary<SocketKey, ulong> connected = [];
    private readonly Dictionary<(byte Protocol, ushort Port), ulong> bound = [];

    internal static SocketTable Read()
    {
        var table = new SocketTable();
        foreach ((byte protocol, string name) in ((byte, string)[])[(Tcp, "tcp"), (Tcp, "tcp6"), (Udp, "udp"), (Udp, "udp6")])
            table.Add(protocol, PseudoFile.TryReadText($"/proc/self/net/{name}") ?? "");
        return table;
    }

    /// <summary>The inode of the socket, or of one that takes what comes to its port from anybody.</summary>
    internal bool TryFind(in SocketKey key, out ulong inode) =>
        connected.TryGetValue(key, out inode) || bound.TryGetValue((key.Protocol, key.LocalPort), out inode);

    internal void Add(byte protocol, string text)
    {
        foreach (string line in text.Split('\n').Skip(1))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 10 || !TryParse(words[1], out IPAddress? local, out ushort localPort) || !TryParse(words[2], out IPAddress? remote, out ushort remotePort)
                || !ulong.TryParse(words[9], NumberStyles.None, CultureInfo.InvariantCulture, out ulong inode) || inode == 0)
                continue;
            if (remotePort == 0)
                bound.TryAdd((protocol, localPort), inode);
            else
                connected.TryAdd(new SocketKey(protocol, local, localPort, remote, remotePort), inode);
        }
    }

    // Words of four bytes, each in this machine's byte order.
    private static bool TryParse(string text, [NotNullWhen(true)] out IPAddress? address, out ushort port)
    {
        address = null;
        port = 0;
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon is not (8 or 32) || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out port))
            return false;
        Span<byte> bytes = stackalloc byte[colon / 2];
        for (int i = 0; i < bytes.Length; i += 4)
        {
            if (!uint.TryParse(text.AsSpan(i * 2, 8), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint word))
                return false;
            BitConverter.TryWriteBytes(bytes[i..], word);
        }
        address = new IPAddress(bytes);
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return true;
    }
}
