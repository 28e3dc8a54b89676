using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Imker.Hosting;

/// <summary>As <see cref="Ipv4Prefix"/>, over IPv6 addresses.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct Ipv6Prefix : IEquatable<Ipv6Prefix>
{
    private const int AddressLength = 16;

    private readonly uint length;
    private readonly AddressBytes address;

    /// <param name="network">Of IPv6.</param>
    /// <exception cref="ArgumentException">It is of IPv4.</exception>
    public Ipv6Prefix(IPNetwork network)
        : this(network.BaseAddress, network.PrefixLength)
    {
    }

    /// <summary>A whole address.</summary>
    /// <inheritdoc cref="Ipv6Prefix(IPNetwork)"/>
    public Ipv6Prefix(IPAddress address)
        : this(address, AddressLength * 8)
    {
    }

    private Ipv6Prefix(IPAddress address, int length)
    {
        ArgumentNullException.ThrowIfNull(address);
        this.length = (uint)length;
        if (!address.TryWriteBytes(Unsafe.AsRef(in this.address), out int written) || written != AddressLength)
            throw new ArgumentException($"{address} is no address of IPv6", nameof(address));
    }

    public IPNetwork Network => new(new IPAddress(address), (int)length);

    public bool Equals(Ipv6Prefix other) => length == other.length && ((ReadOnlySpan<byte>)address).SequenceEqual(other.address);

    public override bool Equals(object? obj) => obj is Ipv6Prefix other && Equals(other);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(length);
        hash.AddBytes(address);
        return hash.ToHashCode();
    }

    public override string ToString() => Network.ToString();

    [InlineArray(AddressLength)]
    private struct AddressBytes
    {
        private byte first;
    }
}
