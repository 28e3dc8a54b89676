using System.Globalization;
using System.Runtime.InteropServices;
using Imker.Capture;
using Imker.Capture.Dissection;
using Imker.Filter;
using Imker.Linux;
using Imker.Rendering;

namespace Imker.Cli;

/// <summary>Captures or reads, and shows, counts or writes.</summary>
internal sealed class DumpRun(DumpArguments arguments, EventLoop loop, Stream standardOutput)
{
    // SIGUSR1: signal(7) has one number for it on both architectures.
    private const PosixSignal CountsSignal = (PosixSignal)10;

    private readonly DumpFilter filter = new(arguments);

    public int Run()
    {
        if (arguments.Printing.IsJson && arguments is { WritePath: not null, PrintsToo: false })
            throw new UsageException("--json and -w exclude each other without --print, which shows what is written too");
        return arguments.ReadsFiles ? Replay() : Capture();
    }

    private int Replay()
    {
        if (arguments.Interface is not null)
            throw new UsageException("-i and -r exclude each other: packets come from an interface or from a file");
        using var output = new BatchedOutput(standardOutput);
        List<PacketSink>? sinks = null;
        CaptureSession? session = null;
        bool MayWait()
        {
            Flush(sinks);
            return loop.Signal is null;
        }

        try
        {
            foreach (string path in FilesToRead())
            {
                using CaptureFileReader file = CaptureFileReader.Open(path, loop, MayWait);
                CaptureFilters filters = filter.ForFile(file);
                Say($"reading from file {Failure.Printable(path, TextEscaping.Line)}, link-type {Describe(file.LinkType)}, snapshot length {file.SnapLength}");
                filters.For(file.LinkType);
                if (sinks is null)
                    BecomeUser();
                sinks ??= CreateSinks(output, FormatOf(file));
                session ??= new CaptureSession(loop, sinks, arguments.Limit, arguments.Skip);
                session.Replay(file, filters);
                if (session.IsOver)
                    break;
            }
        }
        catch (OperationCanceledException) when (loop.Signal is not null)
        {
            // It came while a pipe had nothing to read, and ends the run as it does elsewhere.
        }
        finally
        {
            Close(sinks);
            if (arguments.CountsOnly && session is not null)
                Say(standardOutput, $"{session.Captured} packet{Plural(session.Captured)}");
        }
        return 0;
    }

    private int Capture()
    {
        string name = InterfaceList.Resolve(arguments.Interface);
        var options = new LiveCaptureOptions
        {
            InterfaceName = name,
            LinkType = arguments.LinkType is { } type ? FilterExpression.ParseLinkType(type).Value : null,
            SnapLength = arguments.SnapLength,
            BufferSize = arguments.BufferSize,
            IsPromiscuous = arguments.IsPromiscuous,
            Direction = arguments.Direction,
            FindsProcesses = arguments.ShowsProcesses && PrintsPackets,
            IsImmediate = arguments.IsImmediate || (PrintsPackets && !Console.IsOutputRedirected),
        };
        if (options.LinkType is { } wanted && !LiveCapture.LinkTypesOf(name).Contains(wanted))
            throw new UsageException($"{new LinkType(wanted)} is not one of the data link types of {name}: -L lists them");
        int linkType = LiveCapture.ChooseLinkType(options);
        using LiveCapture capture = LiveCapture.Open(options, filter.IsEmpty ? null : filter.ForInterface(name, linkType));
        BecomeUser();
        using var output = new BatchedOutput(standardOutput);
        List<PacketSink> sinks = CreateSinks(output, new PcapWriterOptions { LinkType = linkType, SnapLength = arguments.SnapLength, HasNanoseconds = arguments.HasNanoseconds });
        var session = new CaptureSession(loop, sinks, arguments.Limit, arguments.Skip);
        try
        {
            Announce(name, linkType);
            if (capture.ProcessProblem is { } problem)
                Say($"imker: processes are named by the sockets that are open when a packet is shown: {problem}");
            capture.Watch(loop);
            using PosixSignalRegistration counts = Handle(CountsSignal, loop.Wake), hangUp = Handle(PosixSignal.SIGHUP, session.Stop);
            session.Woken = () => SayCounts(session.Captured, capture.ReadCounts(), ", ");
            session.Capture(capture);
        }
        finally
        {
            Close(sinks);
            SayCounts(session.Captured, capture.ReadCounts(), "\n");
        }
        return 0;
    }

    private bool PrintsPackets => (arguments.WritePath is null || arguments.PrintsToo) && !arguments.CountsOnly;

    private IEnumerable<string> FilesToRead()
    {
        if (arguments.ReadPath is { } path)
            return [path];
        using var list = new StreamReader(arguments.ListPath == "-" ? Console.OpenStandardInput() : File.OpenRead(arguments.ListPath!));
        string[] paths = [.. list.ReadToEnd().Split('\n').Where(l => l.Length > 0)];
        return paths.Length > 0 ? paths : throw new UsageException($"{arguments.ListPath} names no file");
    }

    private List<PacketSink> CreateSinks(BatchedOutput output, PcapWriterOptions format)
    {
        List<PacketSink> sinks = [];
        if (arguments.WritePath is { } path)
        {
            sinks.Add(new FileSink(new RotationOptions
            {
                Path = path,
                Size = arguments.RotationSize,
                Period = arguments.RotationPeriod,
                FileLimit = arguments.FileLimit,
                Command = arguments.RotationCommand,
                IsPacketBuffered = arguments.IsPacketBuffered,
            }, format));
        }
        if (PrintsPackets)
            sinks.Add(new PrintSink(output, new PacketPrinter(Printing()), arguments.IsLineBuffered || !Console.IsOutputRedirected));
        return sinks;
    }

    private PacketPrinterOptions Printing() => arguments.Printing with
    {
        TimeStamp = (TimeStampStyle)arguments.TimeForm,
        HasNanoseconds = arguments.HasNanoseconds,
        ShowsProcesses = arguments.ShowsProcesses && !arguments.ReadsFiles,
        HexDump = arguments switch
        {
            { AsciiForm: > 1 } => HexDump.AsciiWithLink,
            { AsciiForm: 1 } => HexDump.Ascii,
            { HexAsciiForm: > 1 } => HexDump.HexAndAsciiWithLink,
            { HexAsciiForm: 1 } => HexDump.HexAndAscii,
            { HexForm: > 1 } => HexDump.HexWithLink,
            { HexForm: 1 } => HexDump.Hex,
            _ => HexDump.None,
        },
    };

    private PcapWriterOptions FormatOf(CaptureFileReader file) => new()
    {
        LinkType = file.LinkType,
        SnapLength = file.SnapLength,
        HasNanoseconds = arguments.HasNanoseconds,
        FrameCheckBits = file.FrameCheckBits,
    };

    private void BecomeUser()
    {
        if (arguments.User is { } user)
            UserSwitch.Become(user);
    }

    private void Announce(string name, int linkType)
    {
        if (arguments.LinkType is not null || name == LiveCaptureOptions.AnyInterface)
            Say($"imker: data link type {new LinkType(linkType).Name}");
        string listening = $"listening on {name}, link-type {Describe(linkType)}, snapshot length {arguments.SnapLength} bytes";
        bool isTerse = PrintsPackets && arguments.Printing is { Verbosity: 0, IsJson: false };
        Say(isTerse ? $"imker: verbose output suppressed, use -v[v]... for full protocol decode\n{listening}" : $"imker: {listening}");
    }

    private static void SayCounts(long captured, PacketCounts counts, string between)
    {
        List<string> parts =
        [
            $"{captured} packet{Plural(captured)} captured",
            $"{counts.Received} packet{Plural((long)counts.Received)} received by filter",
            $"{counts.Dropped} packet{Plural((long)counts.Dropped)} dropped by kernel",
        ];
        if (counts.DroppedByInterface > 0)
            parts.Add($"{counts.DroppedByInterface} packet{Plural((long)counts.DroppedByInterface)} dropped by interface");
        Say((between == "\n" ? "" : "imker: ") + string.Join(between, parts));
    }

    private static PosixSignalRegistration Handle(PosixSignal signal, Action action) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        action();
    });

    private static void Flush(List<PacketSink>? sinks)
    {
        foreach (PacketSink sink in sinks ?? [])
            sink.Flush();
    }

    private static void Close(List<PacketSink>? sinks)
    {
        foreach (PacketSink sink in sinks ?? [])
            sink.Dispose();
    }

    private static string Describe(int linkType)
    {
        var type = new LinkType(linkType);
        return type.IsKnown ? $"{type.Name} ({type.Description})" : linkType.ToString(CultureInfo.InvariantCulture);
    }

    private static string Plural(long count) => count == 1 ? "" : "s";

    private static void Say(string line) => Console.Error.WriteLine(line);

    private static void Say(Stream output, string line) => output.Write(System.Text.Encoding.UTF8.GetBytes(line + "\n"));
}
