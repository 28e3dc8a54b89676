using System.Globalization;
using System.Net;

namespace Imker.Linux;

/// <summary>The sockets of this network namespace with their inodes, as <c>/proc/net/tcp</c> and its like show them (proc_pid_net(5)).</summary>
internal sealed class SocketTable
{
    private const byte Icmp = 1, Tcp = 6, Udp = 17, Icmp6 = 58, Sctp = 132, UdpLite = 136;

    private readonly Dictionary<SocketKey, ulong> connected = [];
    private readonly Dictionary<(byte Protocol, bool IsRaw, ushort Port), ulong> bound = [];

    internal static SocketTable Read()
    {
        var table = new SocketTable();
        foreach ((byte protocol, string name) in ((byte, string)[])[(Tcp, "tcp"), (Udp, "udp"), (UdpLite, "udplite")])
        {
            table.Add(protocol, TextOf(name));
            table.Add(protocol, TextOf(name + "6"));
        }
        table.AddUnconnected(Icmp, TextOf("icmp"));
        table.AddUnconnected(Icmp6, TextOf("icmp6"));
        table.AddRaw(TextOf("raw"));
        table.AddRaw(TextOf("raw6"));
        table.AddSctp(TextOf("sctp/eps"), TextOf("sctp/assocs"));
        return table;
    }

    /// <summary>The inode of the socket, or of one that takes what comes to its port from anybody.</summary>
    internal bool TryFind(in SocketKey key, out ulong inode) =>
        connected.TryGetValue(key, out inode) || bound.TryGetValue((key.Protocol, key.IsRaw, key.LocalPort), out inode);

    internal void Add(byte protocol, string text)
    {
        foreach (Row row in RowsOf(text))
        {
            if (row.RemotePort == 0)
                bound.TryAdd((protocol, false, row.LocalPort), row.Inode);
            else
                connected.TryAdd(new SocketKey(protocol, row.LocalAddress, row.LocalPort, row.RemoteAddress, row.RemotePort), row.Inode);
        }
    }

    // A ping socket's id is its port, whomever it is connected with.
    internal void AddUnconnected(byte protocol, string text)
    {
        foreach (Row row in RowsOf(text))
            bound.TryAdd((protocol, false, row.LocalPort), row.Inode);
    }

    // The protocol stands where others have their port.
    internal void AddRaw(string text)
    {
        foreach (Row row in RowsOf(text))
            bound.TryAdd(((byte)row.LocalPort, true, 0), row.Inode);
    }

    /// <param name="endpoints">Each a line: <c>ENDPT SOCK STY SST HBKT LPORT UID INODE LADDRS</c>.</param>
    /// <param name="associations">Each a line: <c>ASSOC SOCK STY SST ST HBKT ASSOC-ID TX_QUEUE RX_QUEUE UID INODE LPORT RPORT LADDRS &lt;-&gt; RADDRS …</c>.</param>
    internal void AddSctp(string endpoints, string associations)
    {
        foreach (string[] words in LinesOf(endpoints))
        {
            if (words.Length > 7 && TryParseNumber(words[5], out ulong port) && TryParseNumber(words[7], out ulong inode))
                bound.TryAdd((Sctp, false, (ushort)port), inode);
        }
        foreach (string[] words in LinesOf(associations))
        {
            int arrow = Array.IndexOf(words, "<->");
            if (arrow < 13 || !TryParseNumber(words[10], out ulong inode) || !TryParseNumber(words[11], out ulong localPort) || !TryParseNumber(words[12], out ulong remotePort))
                continue;
            foreach (UInt128 local in AddressesOf(words[13..arrow]))
            {
                foreach (UInt128 remote in AddressesOf(words[(arrow + 1)..]))
                    connected.TryAdd(new SocketKey(Sctp, local, (ushort)localPort, remote, (ushort)remotePort), inode);
            }
        }
    }

    private static string TextOf(string name) => PseudoFile.TryReadText($"/proc/self/net/{name}") ?? "";

    private static IEnumerable<string[]> LinesOf(string text) => text.Split('\n').Skip(1).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static IEnumerable<Row> RowsOf(string text)
    {
        foreach (string[] words in LinesOf(text))
        {
            if (words.Length >= 10 && TryParse(words[1], out UInt128 local, out ushort localPort) && TryParse(words[2], out UInt128 remote, out ushort remotePort)
                && TryParseNumber(words[9], out ulong inode) && inode != 0)
                yield return new Row(local, localPort, remote, remotePort, inode);
        }
    }

    // The primary address of an end has a star. Behind the addresses stand numbers.
    private static IEnumerable<UInt128> AddressesOf(string[] words) => words
        .Select(word => word.TrimStart('*'))
        .TakeWhile(word => word.AsSpan().ContainsAny('.', ':'))
        .Select(word => IPAddress.TryParse(word, out IPAddress? address) ? address : null)
        .OfType<IPAddress>()
        .Select(InternetAddress.Of);

    private static bool TryParseNumber(string text, out ulong value) => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    // Words of four bytes, each in this machine's byte order.
    private static bool TryParse(string text, out UInt128 address, out ushort port)
    {
        address = default;
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
        address = InternetAddress.Read(bytes);
        return true;
    }

    private readonly record struct Row(UInt128 LocalAddress, ushort LocalPort, UInt128 RemoteAddress, ushort RemotePort, ulong Inode);
}
