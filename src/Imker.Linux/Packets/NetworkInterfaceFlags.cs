namespace Imker.Linux;

/// <summary>The flags of netdevice(7) in use.</summary>
[Flags]
public enum NetworkInterfaceFlags
{
    None = 0,

    /// <summary><c>IFF_UP</c>: switched on.</summary>
    Up = 1,

    /// <summary><c>IFF_LOOPBACK</c></summary>
    Loopback = 8,

    /// <summary><c>IFF_RUNNING</c>: able to carry packets.</summary>
    Running = 0x40,
}
