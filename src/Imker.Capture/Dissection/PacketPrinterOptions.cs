namespace Imker.Capture.Dissection;

/// <summary>How packets are shown; the flags are those of tcpdump(8).</summary>
public sealed record PacketPrinterOptions
{
    public static PacketPrinterOptions Default { get; } = new();

    /// <summary>Whether each packet is one object of JSON instead of lines of text: <c>--json</c>. Default: no.</summary>
    public bool IsJson { get; init; }

    /// <summary>Default: the local time of day.</summary>
    public TimeStampStyle TimeStamp { get; init; }

    /// <summary>Whether fractions of seconds have nine digits instead of six: <c>--nano</c>. Default: no.</summary>
    public bool HasNanoseconds { get; init; }

    /// <summary>Whose time of day is shown. Default: this machine's.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Local;

    /// <summary>Whether addresses and ports stay numbers: 0, 1 for <c>-n</c>, 2 for <c>-nn</c>. Default: 0.</summary>
    public int Numeric { get; init; }

    /// <summary>Whether host names are shown without their domain: <c>-N</c>. Default: no.</summary>
    public bool HidesDomains { get; init; }

    /// <summary>Whether the link-layer header is shown: <c>-e</c>. Default: no.</summary>
    public bool ShowsLinkHeader { get; init; }

    /// <summary>How much is told: 0, or the number of <c>v</c> in <c>-v</c>, <c>-vv</c>, <c>-vvv</c>. Default: 0.</summary>
    public int Verbosity { get; init; }

    /// <summary>Whether less is told: <c>-q</c>. Default: no.</summary>
    public bool IsQuick { get; init; }

    /// <summary>Whether TCP's sequence numbers are shown as they are instead of relative to the first: <c>-S</c>. Default: no.</summary>
    public bool HasAbsoluteSequenceNumbers { get; init; }

    /// <summary>Whether checksums are left alone: <c>-K</c>. Default: no.</summary>
    public bool SkipsChecksums { get; init; }

    /// <summary>Whether each line begins with its number: <c>-#</c>. Default: no.</summary>
    public bool HasNumbers { get; init; }

    /// <summary>Whether each packet's captured and original lengths are shown: <c>--lengths</c>. Default: no.</summary>
    public bool ShowsLengths { get; init; }

    /// <summary>Whether it is shown which process is behind each packet, or that none is: <c>--process</c>. Default: no.</summary>
    public bool ShowsProcesses { get; init; }

    /// <summary>Default: none.</summary>
    public HexDump HexDump { get; init; }
}
