using Imker.Rendering;

namespace Imker.Capture.Dissection;

/// <summary>The names of this machine for numbers, read when the first one is asked for.</summary>
internal sealed class NameTables(bool hidesDomains)
{
    private ServiceNames? services;
    private HostNames? hosts;
    private EtherNames? ethers;
    private Dictionary<int, byte[]>? interfaces;

    public ServiceNames Services => services ??= ServiceNames.Read("/etc/services");

    public HostNames Hosts => hosts ??= HostNames.Read("/etc/hosts", hidesDomains);

    /// <summary>The name of this machine's interface of that number.</summary>
    public byte[]? InterfaceName(int index)
    {
        interfaces ??= InterfaceNames.Read("/sys/class/net");
        return interfaces.GetValueOrDefault(index);
    }

    /// <summary>A name of <c>/etc/ethers</c>, or the number and who makes such cards.</summary>
    public void WriteMac(Utf8Buffer output, ReadOnlySpan<byte> address)
    {
        ethers ??= EtherNames.Read("/etc/ethers");
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
}
