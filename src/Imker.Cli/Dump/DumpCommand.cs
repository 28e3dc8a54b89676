using Imker.Linux;

namespace Imker.Cli;

/// <summary><c>imker dump</c>: tcpdump's command line, so read by rules of its own.</summary>
internal static class DumpCommand
{
    public const string Name = "dump", Description = "Show, count or write the packets of interfaces and capture files, as tcpdump does.";

    private const int OptionColumn = 40;

    private const string Examples = """
        Examples:
          imker dump -i eth0 -nn tcp port 443
              Show the packets of TCP port 443, all in numbers.
          imker dump -nnvvXs0 -i any 'udp port 53 and host 10.0.0.1'
              Show packets of all interfaces with all that they say and their bytes.
          imker dump -i eth0 -w trace.pcap -C 100 -W 10 tcp
              Write to ten files of 100 million bytes, the oldest overwritten.
          imker dump -r trace.pcap --count 'tcp[tcpflags] & tcp-syn != 0'
              Count packets of a file.
          imker dump -r trace.pcap.gz --json host 10.0.0.1
              An object of JSON for each packet of a packed file.
          imker dump -d tcp port 80
              Show the program that the filter becomes.

        The filter is in the language of pcap-filter(7); quote what the shell would take for its own.
        Exit code: 0; 1 after an error, such as a damaged file.
        """;

    /// <param name="words">The command line behind <c>dump</c>.</param>
    /// <param name="loop">Catches signals already.</param>
    public static int Run(IReadOnlyList<string> words, EventLoop loop) => Failure.Guard(() => Run(DumpArgumentReader.Read(words), loop), isVerbose: false);

    private static int Run(DumpArguments arguments, EventLoop loop)
    {
        using Stream stream = OutputFile.OpenStandard();
        using var output = new StreamWriter(stream, leaveOpen: true);
        switch (arguments.Action)
        {
            case DumpAction.Help:
                WriteHelp(output);
                return 0;
            case DumpAction.Version:
                output.WriteLine($"imker {typeof(DumpCommand).Assembly.GetName().Version!.ToString(3)}");
                return 0;
            case DumpAction.ListInterfaces:
                DumpListings.WriteInterfaces(output);
                return 0;
            case DumpAction.ListLinkTypes:
                DumpListings.WriteLinkTypes(output, arguments);
                return 0;
            case DumpAction.ListTimeStampTypes:
                DumpListings.WriteTimeStampTypes(output, arguments);
                return 0;
            case DumpAction.ListProgram:
                DumpListings.WriteProgram(output, arguments);
                return 0;
            default:
                return new DumpRun(arguments, loop, stream).Run();
        }
    }

    private static void WriteHelp(TextWriter output)
    {
        output.WriteLine($"""
            Description:
              {Description}

            Usage:
              imker dump [options] [filter...]
            """);
        WriteOptions(output, "What to capture or read", DumpOptionTable.Sources);
        WriteOptions(output, "How to show it", DumpOptionTable.Printing);
        WriteOptions(output, "How to write it", DumpOptionTable.Writing);
        WriteOptions(output, "What else to show", DumpOptionTable.Listings);
        output.WriteLine();
        output.WriteLine(Examples);
    }

    private static void WriteOptions(TextWriter output, string title, IReadOnlyList<DumpOption> options)
    {
        output.WriteLine();
        output.WriteLine($"{title}:");
        foreach (DumpOption option in options.Where(o => o.Description.Length > 0))
        {
            string[] names = [.. new[] { option.Short is { } letter ? $"-{letter}" : null, option.Long is { } name ? $"--{name}" : null }.OfType<string>()];
            string left = $"  {string.Join(", ", names)}{(option.Value is { } value ? $" <{value}>" : "")}";
            output.WriteLine(left.Length < OptionColumn ? left.PadRight(OptionColumn) + option.Description : $"{left}  {option.Description}");
        }
    }
}
