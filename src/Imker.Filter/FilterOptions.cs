using Imker.Objects;

namespace Imker.Filter;

/// <summary>How a filter is compiled.</summary>
public sealed record FilterOptions
{
    public const uint DefaultSnapLength = 262_144;

    public static FilterOptions Default { get; } = new();

    /// <summary>How many bytes of a packet that passes are kept; what the program returns. 262144 by default, as in tcpdump.</summary>
    public uint SnapLength { get; init; } = DefaultSnapLength;

    /// <summary>Whether the program is made small and fast. True by default; <c>-O</c> of the command line turns it off.</summary>
    public bool IsOptimized { get; init; } = true;

    /// <summary>Where the packets come from. Unknown by default.</summary>
    public PacketSource Source { get; init; }

    /// <summary>Whether a file was written by a machine of the other byte order (for the few headers that are not in network order).</summary>
    public bool IsSwapped { get; init; }

    /// <summary>The mask of the network that is captured on, for <c>ip broadcast</c>; null when it is not known, 0 by default.</summary>
    public uint? Netmask { get; init; } = 0;

    /// <summary>Answers for names of hosts, networks, services and protocols; without one no name is known.</summary>
    public INetworkNames? Names { get; init; }
}
