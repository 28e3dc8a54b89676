using System.Net;
using System.Text;
using Imker.Linux;

namespace Imker.Capture.Dissection;

/// <summary>Addresses by name: hosts(5). No server is asked, so a line never waits.</summary>
internal sealed class HostNames
{
    private readonly Dictionary<UInt128, byte[]> names4 = [];
    private readonly Dictionary<UInt128, byte[]> names6 = [];

    public HostNames(NetworkNameFiles files, bool hidesDomains)
    {
        foreach ((IPAddress address, string name) in files.Hosts)
        {
            byte[] bytes = address.GetAddressBytes();
            TableOf(bytes.Length).TryAdd(KeyOf(bytes), Encoding.UTF8.GetBytes(hidesDomains ? name.Split('.')[0] : name));
        }
    }

    /// <param name="address">4 or 16 bytes.</param>
    public bool TryName(ReadOnlySpan<byte> address, out ReadOnlySpan<byte> name)
    {
        bool found = TableOf(address.Length).TryGetValue(KeyOf(address), out byte[]? bytes);
        name = bytes;
        return found;
    }

    private Dictionary<UInt128, byte[]> TableOf(int length) => length == 4 ? names4 : names6;

    private static UInt128 KeyOf(ReadOnlySpan<byte> address)
    {
        UInt128 key = 0;
        foreach (byte value in address)
            key = key << 8 | value;
        return key;
    }
}
