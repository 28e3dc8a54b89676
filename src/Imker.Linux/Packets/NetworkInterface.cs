using System.Text;

namespace Imker.Linux;

/// <summary>A network interface of this network namespace, as rtnetlink(7) tells.</summary>
/// <param name="Index">The kernel's number.</param>
/// <param name="HardwareType">Of <c>ARPHRD_…</c>, linux/if_arp.h.</param>
/// <param name="MissedPackets">Packets that it had no room for since it is there.</param>
public sealed record NetworkInterface(string Name, int Index, int HardwareType, NetworkInterfaceFlags Flags, ulong MissedPackets)
{
    private const ushort GetLink = 18, GetAddress = 22;
    private const int LinkHeaderSize = 16, AddressHeaderSize = 8;
    private const ushort NameAttribute = 3, Statistics64Attribute = 23;
    private const int FifoErrorsOffset = 14 * sizeof(ulong), MissedErrorsOffset = 15 * sizeof(ulong);

    /// <summary>All, in the kernel's order.</summary>
    /// <exception cref="BpfException">The kernel does not tell.</exception>
    public static IReadOnlyList<NetworkInterface> All()
    {
        List<NetworkInterface> result = [];
        NetlinkDump.Run("list network interfaces", GetLink, LinkHeaderSize, message => result.Add(Parse(message)));
        return result;
    }

    public static NetworkInterface? TryFind(string name) => All().FirstOrDefault(i => i.Name == name);

    /// <summary>The mask of its first IPv4 address, as a number; null where it has none.</summary>
    public uint? FindNetmask()
    {
        uint? mask = null;
        NetlinkDump.Run("list network addresses", GetAddress, AddressHeaderSize, message =>
        {
            const byte internet = 2;
            if (mask is null && message[0] == internet && BitConverter.ToInt32(message[4..]) == Index)
                mask = message[1] == 0 ? 0 : uint.MaxValue << (32 - message[1]);
        });
        return mask;
    }

    /// <exception cref="BpfException">There is none of that name.</exception>
    public static NetworkInterface Find(string name) => Find(name, $"capture on {name}");

    internal static NetworkInterface Find(string name, string doing) =>
        TryFind(name) ?? throw new BpfException(doing, "RTM_GETLINK", Errno.NoDevice, "-D lists the interfaces");

    private static NetworkInterface Parse(ReadOnlySpan<byte> message)
    {
        string name = "";
        ulong missed = 0;
        foreach (NetlinkAttribute attribute in new NetlinkAttributes(message[LinkHeaderSize..]))
        {
            if (attribute.Type == NameAttribute)
                name = Encoding.UTF8.GetString(attribute.Value.TrimEnd((byte)0));
            else if (attribute.Type == Statistics64Attribute && attribute.Value.Length >= MissedErrorsOffset + sizeof(ulong))
                missed = BitConverter.ToUInt64(attribute.Value[FifoErrorsOffset..]) + BitConverter.ToUInt64(attribute.Value[MissedErrorsOffset..]);
        }
        return new NetworkInterface(
            name,
            BitConverter.ToInt32(message[4..]),
            BitConverter.ToUInt16(message[2..]),
            (NetworkInterfaceFlags)BitConverter.ToInt32(message[8..]) & (NetworkInterfaceFlags.Up | NetworkInterfaceFlags.Loopback | NetworkInterfaceFlags.Running),
            missed);
    }
}
