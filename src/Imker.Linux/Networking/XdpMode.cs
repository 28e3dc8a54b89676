namespace Imker.Linux;

/// <summary>Where in a packet's way an XDP program runs.</summary>
public enum XdpMode
{
    /// <summary>In the driver if it can, else <see cref="Generic"/>.</summary>
    Any = 0,

    /// <summary><c>XDP_FLAGS_SKB_MODE</c>: behind the driver, with every interface.</summary>
    Generic = 2,

    /// <summary><c>XDP_FLAGS_DRV_MODE</c>: in the driver, before the kernel makes a packet of it.</summary>
    Native = 4,

    /// <summary><c>XDP_FLAGS_HW_MODE</c>: on the card.</summary>
    Offloaded = 8,
}
