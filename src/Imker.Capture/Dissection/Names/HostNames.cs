using System.Net;
using System.Text;

namespace Imker.Capture.Dissection;

/// <summary>Addresses by name: hosts(5). No server is asked, so a line never waits.</summary>
internal sealed class HostNames
{
    private readonly Dictionary<UInt128, byte[]> names4 = [];
    private readonly Dictionary<UInt128, byte[]> names6 = [];

    public static HostNames Read(string path, bool hidesDomains)
    {
        var hosts = new HostNames();
        foreach (string[] words in NameFile.Rows(path))
        {
            if (!IPAddress.TryParse(words[0], out IPAddress? address))
                continue;
            string name = hidesDomains ? words[1].Split('.')[0] : words[1];
            byte[] bytes = address.GetAddressBytes();
            hosts.TableOf(bytes.Length).TryAdd(KeyOf(bytes), Encoding.UTF8.GetBytes(name));
        }
        return hosts;
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
