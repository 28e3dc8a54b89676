using System.Globalization;
using System.Text;

namespace Imker.Capture.Dissection;

/// <summary>Cards by name: ethers(5), and <c>Broadcast</c>.</summary>
internal sealed class EtherNames
{
    private readonly Dictionary<ulong, byte[]> names = new() { [0xffff_ffff_ffff] = "Broadcast"u8.ToArray() };

    public static EtherNames Read(string path)
    {
        var ethers = new EtherNames();
        foreach (string[] words in NameFile.Rows(path))
        {
            if (TryParse(words[0], out ulong address))
                ethers.names[address] = Encoding.UTF8.GetBytes(words[1]);
        }
        return ethers;
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

    private static bool TryParse(string text, out ulong address)
    {
        address = 0;
        string[] parts = text.Split(':');
        if (parts.Length != 6)
            return false;
        foreach (string part in parts)
        {
            if (!byte.TryParse(part, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out byte value))
                return false;
            address = address << 8 | value;
        }
        return true;
    }
}
