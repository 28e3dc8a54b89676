namespace Imker.Capture;

/// <summary>The format of a capture file.</summary>
public enum CaptureFileFormat
{
    /// <summary>The format of libpcap, magic a1b2c3d4 or, with nanoseconds, a1b23c4d.</summary>
    Pcap,

    /// <summary>Its variant with longer record headers that Alexey Kuznetzov's libpcap wrote, magic a1b2cd34.</summary>
    ModifiedPcap,

    /// <summary>pcapng: blocks, interfaces with time stamp units of their own.</summary>
    PcapNg,
}
