namespace Imker.Capture.Dissection;

/// <summary>The IP header that a payload is in: where it begins, its version, and what it says follows.</summary>
/// <param name="Next">The protocol of the payload, behind all extension headers.</param>
/// <param name="IsFragment">Whether more of the datagram comes in other packets, so that checksums cannot be right.</param>
internal readonly record struct IpHeader(int At, int Version, byte Next, bool IsFragment);
