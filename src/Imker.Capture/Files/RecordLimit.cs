using Imker.Filter;

namespace Imker.Capture;

/// <summary>How long a packet can be. A file that says more is damaged, and what follows is no packet.</summary>
internal static class RecordLimit
{
    /// <summary>The snapshot length that stands for "all": more than the largest packet of any network, as libpcap has it.</summary>
    internal const int WholePacket = (int)FilterOptions.DefaultSnapLength;

    private const int LargeMessages = 128 * 1024 * 1024;

    // Messages and USB transfers are not bounded by a network's frame.
    private const int DBus = 231, EbhsCr = 279, UsbPcap = 249;

    internal static int Of(int linkType) => linkType switch
    {
        DBus or UsbPcap => LargeMessages,
        EbhsCr => 8 * 1024 * 1024,
        _ => WholePacket,
    };
}
