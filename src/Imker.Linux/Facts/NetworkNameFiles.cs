using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Imker.Objects;

namespace Imker.Linux;

/// <summary>
/// Answers for names from <c>/etc/hosts</c>, <c>networks</c>, <c>services</c>, <c>protocols</c> and <c>ethers</c>, and has what they name. A file is
/// read when it is first asked; the DNS is not asked. Lines that cannot be read are left out.
/// </summary>
public sealed class NetworkNameFiles : INetworkNames
{
    private readonly NameFile hosts, networks, services, protocols, ethers;

    /// <param name="directory">Where the files lie.</param>
    public NetworkNameFiles(string directory = "/etc")
    {
        ArgumentNullException.ThrowIfNull(directory);
        hosts = new NameFile(Path.Combine(directory, "hosts"));
        networks = new NameFile(Path.Combine(directory, "networks"));
        services = new NameFile(Path.Combine(directory, "services"));
        protocols = new NameFile(Path.Combine(directory, "protocols"));
        ethers = new NameFile(Path.Combine(directory, "ethers"));
    }

    /// <summary>Each line of <c>hosts</c>: an address and its canonical name.</summary>
    public IEnumerable<(IPAddress Address, string Name)> Hosts => HostLines.Select(host => (host.Address, host.Line[1]));

    /// <summary>Each line of <c>ethers</c>: an address as a number of 48 bits, and its name.</summary>
    public IEnumerable<(ulong Address, string Name)> EtherHosts
    {
        get
        {
            foreach (string[] line in ethers.Lines)
            {
                if (line.Length > 1 && EtherNumber(line[0]) is { } address)
                    yield return (address, line[1]);
            }
        }
    }

    /// <summary>Each line of <c>services</c>: a port, its protocol and the official name of both.</summary>
    public IEnumerable<(ushort Port, string Protocol, string Name)> Services => ServiceLines.Select(service => (service.Port, service.Protocol, service.Line[0]));

    private IEnumerable<(IPAddress Address, string[] Line)> HostLines
    {
        get
        {
            foreach (string[] line in hosts.Lines)
            {
                if (line.Length > 1 && IPAddress.TryParse(line[0], out IPAddress? address))
                    yield return (address, line);
            }
        }
    }

    private IEnumerable<(ushort Port, string Protocol, string[] Line)> ServiceLines
    {
        get
        {
            foreach (string[] line in services.Lines)
            {
                if (line.Length > 1 && line[1].Split('/') is [string port, string protocol] && TryNumber(port, out ushort number))
                    yield return (number, protocol, line);
            }
        }
    }

    // Names of hosts are alike in upper and lower case, those of services and protocols are not.
    public IReadOnlyList<IPAddress> Host(string name) =>
        [.. HostLines.Where(host => Names(host.Line, 1).Contains(name, StringComparer.OrdinalIgnoreCase)).Select(host => host.Address).Distinct()
            .OrderByDescending(address => address.AddressFamily == AddressFamily.InterNetworkV6)];

    public ulong? EtherHost(string name)
    {
        foreach ((ulong address, string host) in EtherHosts)
        {
            if (string.Equals(host, name, StringComparison.OrdinalIgnoreCase))
                return address;
        }
        return null;
    }

    public uint? Network(string name)
    {
        foreach (string[] line in networks.Lines)
        {
            if (line.Length > 1 && Names(line, 2).Prepend(line[0]).Contains(name, StringComparer.OrdinalIgnoreCase) && NetworkNumber(line[1]) is { } number)
                return number;
        }
        return null;
    }

    public ushort? Service(string name, string protocol)
    {
        foreach ((ushort port, string there, string[] line) in ServiceLines)
        {
            if (there == protocol && (line[0] == name || Names(line, 2).Contains(name)))
                return port;
        }
        return null;
    }

    public byte? Protocol(string name)
    {
        foreach (string[] line in protocols.Lines)
        {
            if (line.Length > 1 && (line[0] == name || Names(line, 2).Contains(name)) && TryNumber(line[1], out ushort number) && number <= byte.MaxValue)
                return (byte)number;
        }
        return null;
    }

    public IEnumerable<string> Names(NetworkNameKind kind) => kind switch
    {
        NetworkNameKind.Host => hosts.Lines.SelectMany(line => Names(line, 1)),
        NetworkNameKind.EtherHost => ethers.Lines.SelectMany(line => Names(line, 1)),
        NetworkNameKind.Network => networks.Lines.SelectMany(line => Names(line, 2).Prepend(line[0])),
        NetworkNameKind.Service => services.Lines.SelectMany(line => Names(line, 2).Prepend(line[0])),
        _ => protocols.Lines.SelectMany(line => Names(line, 2).Prepend(line[0])),
    };

    private static IEnumerable<string> Names(string[] line, int from) => line.Skip(from);

    private static bool TryNumber(ReadOnlySpan<char> text, out ushort number) => ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    // One to four numbers; those that are not written are 0.
    private static uint? NetworkNumber(string text)
    {
        uint number = 0;
        string[] parts = text.Split('.');
        if (parts.Length > 4)
            return null;
        for (int i = 0; i < 4; i++)
        {
            byte part = 0;
            if (i < parts.Length && !byte.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out part))
                return null;
            number = number << 8 | part;
        }
        return number;
    }

    private static ulong? EtherNumber(string text)
    {
        ulong number = 0;
        string[] parts = text.Split(':');
        foreach (string part in parts)
        {
            if (!byte.TryParse(part, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte value))
                return null;
            number = number << 8 | value;
        }
        return parts.Length == 6 ? number : null;
    }
}
