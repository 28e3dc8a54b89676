using System.Text;
using Imker.Linux;

namespace Imker.Capture.Dissection;

/// <summary>Cards by name: ethers(5), and <c>Broadcast</c>.</summary>
internal sealed class EtherNames
{
    private readonly Dictionary<ulong, byte[]> names = new() { [0xffff_ffff_ffff] = "Broadcast"u8.ToArray() };

    public EtherNames(NetworkNameFiles files)
    {
        foreach ((ulong address, string name) in files.EtherHosts)
            names[address] = Encoding.UTF8.GetBytes(name);
    }

    public bool TryName(ReadOnlySpan<byte> address, out ReadOnlySpan<byte> name)
    {
        ulong key = 0;
        foreach (byte value in address)
            key = key << 8 | value;
        bool found = names.TryGetValue(key, out byte[]? bytes);
        name = bytes;
        return found;
    }
}
