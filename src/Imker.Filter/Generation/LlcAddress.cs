namespace Imker.Filter.Generation;

/// <summary>Service access points of IEEE 802.2.</summary>
internal static class LlcAddress
{
    public const uint Ip = 0x06, SpanningTree = 0x42, Snap = 0xaa, Ipx = 0xe0, Netbeui = 0xf0, Iso = 0xfe;
}
