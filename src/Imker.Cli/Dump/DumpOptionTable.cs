using System.Globalization;
using Imker.Capture;
using Imker.Capture.Dissection;

namespace Imker.Cli;

/// <summary>The options of <c>imker dump</c>: tcpdump's, under its letters and names, and a few more.</summary>
internal static class DumpOptionTable
{
    private const long RotationUnit = 1_000_000;

    public static IReadOnlyList<DumpOption> Sources { get; } =
    [
        Option('i', "interface", "NAME", "Capture on this interface (a number: that of -D); any: on all. Default: the first that is up.", (a, v) => a.Interface = v),
        Option('r', null, "FILE", "Read packets from a capture file: pcap or pcapng, also packed with gzip; - is standard input.", (a, v) => a.ReadPath = v),
        Option('V', null, "FILE", "Read the capture files whose names stand in FILE, one a line.", (a, v) => a.ListPath = v),
        Option('F', null, "FILE", "Take the filter from FILE.", (a, v) => a.FilterPath = v),
        Option('c', null, "N", "End after N packets.", (a, v) => a.Limit = Number(v, "packet count", 1, int.MaxValue)),
        Option(null, "skip", "N", "Leave out the first N packets.", (a, v) => a.Skip = Number(v, "packet skip count", 0, int.MaxValue)),
        Option('s', "snapshot-length", "BYTES", "Keep so many bytes of each packet. Default, and 0: all.", SetSnapLength),
        Option('B', "buffer-size", "KIB", "Memory for packets that wait. Default: 2048.", (a, v) => a.BufferSize = (int)Number(v, "packet buffer size", 1, 1024 * 1024) * 1024),
        Option('Q', "direction", "WAY", "Only packets that come in or go out: in, out, inout.", (a, v) => a.Direction = ParseDirection(v)),
        Option('P', null, "WAY", "", (a, v) => a.Direction = ParseDirection(v)),
        Option('y', "linktype", "TYPE", "Capture as this link type (-L lists them); with -d alone, compile for it.", (a, v) => a.LinkType = v),
        Flag('p', "no-promiscuous-mode", "Do not capture what is meant for other machines.", a => a.IsPromiscuous = false),
        Flag(null, "immediate-mode", "Deliver each packet as it comes. On a terminal it is so already.", a => a.IsImmediate = true),
        Option('j', "time-stamp-type", "TYPE", "Take time stamps from: host. Others are refused.", SetTimeStampType),
        Option('Z', "relinquish-privileges", "USER", "Go on as USER once the capture is open.", (a, v) => a.User = v),
    ];

    public static IReadOnlyList<DumpOption> Listings { get; } =
    [
        Flag('D', "list-interfaces", "List the interfaces.", a => a.Action = DumpAction.ListInterfaces),
        Flag('L', "list-data-link-types", "List the interface's link types.", a => a.Action = DumpAction.ListLinkTypes),
        Flag('J', "list-time-stamp-types", "List the interface's time stamp types.", a => a.Action = DumpAction.ListTimeStampTypes),
        Flag('d', null, "Show the filter's program instead: -d as a listing, -dd for C, -ddd as numbers.", ListProgram),
        Flag('O', "no-optimize", "Do not optimize the program.", a => a.IsOptimized = false),
        Flag('h', "help", "Show this.", a => a.Action = DumpAction.Help),
        Flag(null, "version", "Show the version.", a => a.Action = DumpAction.Version),
    ];

    public static IReadOnlyList<DumpOption> Printing { get; } =
    [
        Flag('n', null, "Do not turn addresses into names; -nn: nor ports.", Change(p => p with { Numeric = p.Numeric + 1 })),
        Flag('N', null, "Show the names of hosts without their domain.", Change(p => p with { HidesDomains = true })),
        Flag('e', null, "Show the link-layer header.", Change(p => p with { ShowsLinkHeader = true })),
        Flag('q', null, "Say less.", Change(p => p with { IsQuick = true })),
        Flag('v', null, "Say more; -vv and -vvv: still more.", Change(p => p with { Verbosity = p.Verbosity + 1 })),
        Flag('t', null, "Time: -t none, -tt seconds since 1970, -ttt since the line before, -tttt with the date, -ttttt since the first line.", CountTime),
        Flag('x', null, "Show the bytes; -xx: with the link-layer header.", a => a.HexForm++),
        Flag('X', null, "Show the bytes, and as ASCII; -XX: with the link-layer header.", a => a.HexAsciiForm++),
        Flag('A', null, "Show the bytes as ASCII.", a => a.AsciiForm++),
        Flag('S', "absolute-tcp-sequence-numbers", "Show TCP's sequence numbers as they are.", Change(p => p with { HasAbsoluteSequenceNumbers = true })),
        Flag('K', "dont-verify-checksums", "Do not check checksums.", Change(p => p with { SkipsChecksums = true })),
        Flag('#', "number", "Number the packets.", Change(p => p with { HasNumbers = true })),
        Flag(null, "lengths", "Show captured and original lengths.", Change(p => p with { ShowsLengths = true })),
        Flag(null, "json", "Write an object of JSON for each packet.", Change(p => p with { IsJson = true })),
        Flag(null, "process", "Show the process and the cgroup behind each packet of an interface.", a => a.ShowsProcesses = true),
        Flag(null, "count", "Only count the packets of files.", a => a.CountsOnly = true),
        Flag('l', null, "Write each line as it comes.", a => a.IsLineBuffered = true),
        Flag(null, "nano", "Nanoseconds in time stamps.", a => a.HasNanoseconds = true),
        Flag(null, "micro", "Microseconds in time stamps: the default.", a => a.HasNanoseconds = false),
        Option(null, "time-stamp-precision", "UNIT", "", SetPrecision),
    ];

    public static IReadOnlyList<DumpOption> Writing { get; } =
    [
        Option('w', null, "FILE", "Write the packets to a pcap file instead; - is standard output.", (a, v) => a.WritePath = v),
        Flag(null, "print", "With -w: print them too.", a => a.PrintsToo = true),
        Flag('U', "packet-buffered", "Write each packet as it comes.", a => a.IsPacketBuffered = true),
        Option('C', null, "MB", "Begin another file, numbered, after so many million bytes.", (a, v) => a.RotationSize = Number(v, "file size", 1, int.MaxValue) * RotationUnit),
        Option('G', null, "SECONDS", "Begin another file after so many seconds, its name by strftime(3).", (a, v) => a.RotationPeriod = TimeSpan.FromSeconds(Number(v, "number of seconds", 1, int.MaxValue))),
        Option('W', null, "N", "With -C: overwrite the first of N files. With -G: end after N files.", (a, v) => a.FileLimit = (int)Number(v, "number of output files", 1, int.MaxValue)),
        Option('z', null, "PROGRAM", "Start PROGRAM with the name of each file that is complete.", (a, v) => a.RotationCommand = v),
    ];

    public static IReadOnlyList<DumpOption> All { get; } = [.. Sources, .. Listings, .. Printing, .. Writing, .. DumpRefusals.All];

    private static DumpOption Option(char? letter, string? name, string value, string description, Action<DumpArguments, string> apply) =>
        new(letter, name, value, description, apply);

    private static DumpOption Flag(char? letter, string? name, string description, Action<DumpArguments> apply) =>
        new(letter, name, null, description, (arguments, _) => apply(arguments));

    private static Action<DumpArguments> Change(Func<PacketPrinterOptions, PacketPrinterOptions> change) =>
        arguments => arguments.Printing = change(arguments.Printing);

    private static long Number(string text, string what, long least, long most) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number >= least && number <= most
            ? number
            : throw new UsageException($"invalid {what} '{text}': it is a number from {least} to {most}");

    private static void SetSnapLength(DumpArguments arguments, string value)
    {
        int length = (int)Number(value, "snapshot length", 0, LiveCaptureOptions.WholePackets);
        arguments.SnapLength = length == 0 ? LiveCaptureOptions.WholePackets : length;
    }

    private static CaptureDirection ParseDirection(string value) => value.ToLowerInvariant() switch
    {
        "in" => CaptureDirection.In,
        "out" => CaptureDirection.Out,
        "inout" => CaptureDirection.InOut,
        _ => throw new UsageException($"unknown capture direction '{value}': there are in, out and inout"),
    };

    private static void SetTimeStampType(DumpArguments arguments, string value)
    {
        if (value != "host")
            throw new UsageException($"cannot take time stamps of the type '{value}': there is 'host', the kernel's clock");
    }

    private static void SetPrecision(DumpArguments arguments, string value) => arguments.HasNanoseconds = value switch
    {
        "nano" => true,
        "micro" => false,
        _ => throw new UsageException($"unknown time stamp precision '{value}': there are nano and micro"),
    };

    private static void ListProgram(DumpArguments arguments)
    {
        arguments.Action = DumpAction.ListProgram;
        arguments.ProgramForm++;
    }

    private static void CountTime(DumpArguments arguments)
    {
        if (++arguments.TimeForm > (int)TimeStampStyle.SinceFirst)
            throw new UsageException("only -t, -tt, -ttt, -tttt and -ttttt are known");
    }
}
