namespace Imker.Capture.Dissection;

/// <summary>An IPv6 packet whose extension headers are being walked.</summary>
/// <param name="At">Where the fixed header begins.</param>
/// <param name="Length">Bytes on the wire from there on.</param>
/// <param name="CapturedEnd">Where the bytes end before the header's own length counts.</param>
/// <param name="Payload">What the header tells as the length behind it; zero with a jumbo payload.</param>
internal readonly record struct Ipv6Chain(int At, int Length, int CapturedEnd, uint Payload);
