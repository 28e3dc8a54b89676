namespace Imker.Capture.Dissection;

/// <summary>How the value of a DHCP option is shown.</summary>
internal enum DhcpFormat
{
    Addresses,
    AddressPairs,
    Numbers,
    SignedNumbers,
    Shorts,
    Bytes,
    Text,

    /// <summary><c>Y</c> or <c>N</c> for each byte.</summary>
    Flags,

    /// <summary>In its own way: <see cref="DhcpSpecialOption"/>.</summary>
    Special,
}
