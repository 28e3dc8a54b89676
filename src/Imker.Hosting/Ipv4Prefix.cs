using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Imker.Hosting;

/// <summary>
/// A key of a map of the type LPM_TRIE over IPv4 addresses (<c>struct bpf_lpm_trie_key</c>). Looking up a whole address finds the value of
/// the longest prefix that it has.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct Ipv4Prefix : IEquatable<Ipv4Prefix>
{
    private const int AddressLength = 4;

    private readonly uint length;
    private readonly uint address;

    /// <param name="network">Of IPv4.</param>
    /// <exception cref="ArgumentException">It is of IPv6.</exception>
    public Ipv4Prefix(IPNetwork network)
        : this(network.BaseAddress, network.PrefixLength)
    {
    }

    /// <summary>A whole address.</summary>
    /// <inheritdoc cref="Ipv4Prefix(IPNetwork)"/>
    public Ipv4Prefix(IPAddress address)
        : this(address, AddressLength * 8)
    {
    }

    private Ipv4Prefix(IPAddress address, int length)
    {
        ArgumentNullException.ThrowIfNull(address);
        this.length = (uint)length;
        if (!address.TryWriteBytes(MemoryMarshal.AsBytes(new Span<uint>(ref Unsafe.AsRef(in this.address))), out int written) || written != AddressLength)
            throw new ArgumentException($"{address} is no address of IPv4", nameof(address));
    }

    public IPNetwork Network => new(new IPAddress(address), (int)length);

    public bool Equals(Ipv4Prefix other) => (length, address) == (other.length, other.address);

    public override bool Equals(object? obj) => obj is Ipv4Prefix other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(length, address);

    public override string ToString() => Network.ToString();
}
