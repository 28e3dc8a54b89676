namespace Imker.Capture.Dissection;

/// <summary>What stays the same from packet to packet of one printer, and what it remembers of earlier ones.</summary>
internal sealed class DissectionContext
{
    private readonly PacketPrinterOptions options;

    public DissectionContext(PacketPrinterOptions options)
    {
        this.options = options;
        Names = new NameTables(options.HidesDomains);
        // JSON has every field there is.
        Verbosity = options.IsJson ? 3 : options.Verbosity;
        IsQuick = options.IsQuick && !options.IsJson;
        ShowsLink = options.ShowsLinkHeader && !options.IsJson;
        HidesUnknown = options.HexDump is not (HexDump.None or HexDump.Ascii or HexDump.AsciiWithLink) || IsQuick;
    }

    public int Verbosity { get; }

    public bool IsQuick { get; }

    public bool ShowsLink { get; }

    /// <summary>Whether bytes that nobody knows are left out: all bytes are shown below the line anyhow, or little is wanted.</summary>
    public bool HidesUnknown { get; }

    public bool IsNumeric => options.Numeric > 0;

    public bool HasAbsoluteSequenceNumbers => options.HasAbsoluteSequenceNumbers;

    public bool SkipsChecksums => options.SkipsChecksums;

    public NameTables Names { get; }

    public TcpConnections Connections { get; } = new();
}
