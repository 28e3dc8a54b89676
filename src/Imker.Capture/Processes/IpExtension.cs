using Imker.Filter.Protocols;

namespace Imker.Capture;

/// <summary>The headers that may stand between an IP header and the payload (RFC 8200 section 4, RFC 4302).</summary>
internal static class IpExtension
{
    /// <summary>How long one is; 0 for what is none, or ends the chain.</summary>
    /// <param name="length">Its second byte.</param>
    internal static int SizeOf(byte protocol, byte length) => protocol switch
    {
        IpProtocol.HopOptions or IpProtocol.Routing or IpProtocol.DestinationOptions => (length + 1) * 8,
        IpProtocol.Fragment => 8,
        IpProtocol.Ah => (length + 2) * 4,
        _ => 0,
    };
}
