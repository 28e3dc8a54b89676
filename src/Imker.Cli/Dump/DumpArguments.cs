using Imker.Capture;
using Imker.Capture.Dissection;

namespace Imker.Cli;

/// <summary>What the command line of <c>imker dump</c> asks for.</summary>
internal sealed record DumpArguments
{
    public DumpAction Action { get; set; }

    public string? Interface { get; set; }

    /// <summary>A capture file; <c>-</c> for standard input.</summary>
    public string? ReadPath { get; set; }

    /// <summary>A file with the names of capture files.</summary>
    public string? ListPath { get; set; }

    public string? WritePath { get; set; }

    public string? FilterPath { get; set; }

    public string? LinkType { get; set; }

    public string? User { get; set; }

    public string? RotationCommand { get; set; }

    public int SnapLength { get; set; } = LiveCaptureOptions.WholePackets;

    public int BufferSize { get; set; } = LiveCaptureOptions.DefaultBufferSize;

    public long? Limit { get; set; }

    public long Skip { get; set; }

    /// <summary>In bytes.</summary>
    public long? RotationSize { get; set; }

    public TimeSpan? RotationPeriod { get; set; }

    public int? FileLimit { get; set; }

    public CaptureDirection Direction { get; set; }

    /// <summary>The number of <c>d</c>.</summary>
    public int ProgramForm { get; set; }

    /// <summary>The number of <c>t</c>.</summary>
    public int TimeForm { get; set; }

    public int HexForm { get; set; }

    public int HexAsciiForm { get; set; }

    public int AsciiForm { get; set; }

    public bool IsPromiscuous { get; set; } = true;

    public bool IsImmediate { get; set; }

    public bool IsOptimized { get; set; } = true;

    public bool IsLineBuffered { get; set; }

    public bool IsPacketBuffered { get; set; }

    /// <summary><c>--count</c></summary>
    public bool CountsOnly { get; set; }

    /// <summary><c>--process</c></summary>
    public bool ShowsProcesses { get; set; }

    /// <summary><c>--print</c></summary>
    public bool PrintsToo { get; set; }

    /// <summary><c>--nano</c></summary>
    public bool HasNanoseconds { get; set; }

    public PacketPrinterOptions Printing { get; set; } = PacketPrinterOptions.Default;

    /// <summary>What is no option, joined by spaces: the filter.</summary>
    public string Filter { get; set; } = "";

    public bool ReadsFiles => ReadPath is not null || ListPath is not null;
}
