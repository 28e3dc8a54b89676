using System.Text;
using Imker.Linux;
using Imker.Rendering;

namespace Imker.Capture.Dissection;

/// <summary>The names of this machine for numbers, read when the first one is asked for.</summary>
internal sealed class NameTables(bool hidesDomains)
{
    private readonly NetworkNameFiles files = new();
    private ServiceNames? services;
    private HostNames? hosts;
    private EtherNames? ethers;
    private Dictionary<int, byte[]>? interfaces;

    public ServiceNames Services => services ??= new ServiceNames(files);

    public HostNames Hosts => hosts ??= new HostNames(files, hidesDomains);

    /// <summary>The name of this machine's interface of that number.</summary>
    public byte[]? InterfaceName(int index)
    {
        interfaces ??= ReadInterfaces();
        return interfaces.GetValueOrDefault(index);
    }

    /// <summary>A name of <c>/etc/ethers</c>, or the number and who makes such cards.</summary>
    public void WriteMac(Utf8Buffer output, ReadOnlySpan<byte> address)
    {
        ethers ??= new EtherNames(files);
        if (ethers.TryName(address, out ReadOnlySpan<byte> name))
        {
            output.Write(name);
            return;
        }
        AddressText.WriteMac(output, address);
        output.Write(" (oui "u8);
        ReadOnlySpan<byte> vendor = Oui.NameOf((uint)(address[0] << 16 | address[1] << 8 | address[2]));
        output.Write(vendor.IsEmpty ? "Unknown"u8 : vendor);
        output.Write(")"u8);
    }

    private static Dictionary<int, byte[]> ReadInterfaces()
    {
        try
        {
            return NetworkInterface.All().ToDictionary(i => i.Index, i => Encoding.UTF8.GetBytes(i.Name));
        }
        catch (BpfException)
        {
            // Where the kernel does not tell, the numbers have no names.
            return [];
        }
    }
}
