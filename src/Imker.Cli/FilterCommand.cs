using System.CommandLine;
using Imker.Diagnostics;
using Imker.Filter;
using Imker.Linux;

namespace Imker.Cli;

/// <summary><c>imker filter</c>: compiles a packet filter and shows it, with the flags of <c>tcpdump -d</c>.</summary>
internal sealed class FilterCommand
{
    public const string Name = "filter";

    public const string Examples = """
        Examples:
          imker filter -d 'tcp port 443 and host 10.0.0.1'
              Show the program that the kernel would run for Ethernet.
          imker filter -d -O 'tcp port 443'
              The same before it is optimized.
          imker filter -ddd 'udp port 53' | tr '\n' ','
              As iptables -m bpf and tc take it.
          imker filter -y LINUX_SLL2 -s 96 -dd 'inbound and icmp'
              For packets of the interface "any", of which 96 bytes are kept, as C source.
          imker filter --ebpf 'tcp port 443'
              Show it as eBPF, which loads each byte of a packet at most once; --type xdp for the driver's hook.
          imker filter -F rules.pcapfilter
              Compile a filter from a file, in which # begins a remark.
          imker filter -L
              List link-layer types.

        The language is that of pcap-filter(7). A word of the language is taken as a name behind a backslash: ip proto \tcp.
        Exit code: 1 when the filter is wrong or no packet can pass it.
        """;

    private readonly Option<bool> dump = new("-d") { Description = "Show the program as a listing (also without it); -dd as C source, -ddd as numbers.", Arity = ArgumentArity.Zero };
    private readonly Option<bool> unoptimized = new("-O") { Description = "Do not optimize." };
    private readonly Option<string> linkType = new("-y") { Description = "The link-layer type of the packets.", HelpName = "TYPE", DefaultValueFactory = _ => LinkType.Ethernet.Name };
    private readonly Option<string?> snapLength = new("-s") { Description = "How many bytes of a packet are kept; 0 and nothing mean 262144.", HelpName = "BYTES" };
    private readonly Option<string?> file = new("-F") { Description = "Read the filter from a file, - for standard input.", HelpName = "FILE" };
    private readonly Option<bool> extended = new("--ebpf") { Description = "Show the filter as an eBPF program." };
    private readonly Option<string?> kind = new("--type") { Description = "The kind of eBPF program: socket (default), tc or xdp.", HelpName = "TYPE" };
    private readonly Option<bool> list = new("-L") { Description = "List link-layer types." };
    private readonly Argument<string[]> words = new("filter") { Description = "The filter; several words are joined by blanks.", Arity = ArgumentArity.ZeroOrMore, CustomParser = CommandLine.Words };

    private FilterCommand()
    {
    }

    /// <param name="loop">Catches signals.</param>
    public static Command Create(EventLoop loop)
    {
        var options = new FilterCommand();
        var filter = new Command(Name, "Compile a packet filter of pcap-filter(7) and show its program.");
        foreach (Option option in options.All)
            filter.Options.Add(option);
        filter.Arguments.Add(options.words);
        filter.SetAction(result => Failure.Guard(() => options.Run(result, loop), isVerbose: false));
        return filter;
    }

    private Option[] All => [dump, unoptimized, linkType, snapLength, file, extended, kind, list];

    private int Run(ParseResult result, EventLoop loop)
    {
        loop.EndAfterSignal(TimeSpan.Zero, isResultWanted: true);
        UnknownOption.Refuse(result, All, words, "a filter");
        TextWriter output = result.InvocationConfiguration.Output;
        if (result.GetValue(list))
            return ListLinkTypes(output);
        var options = new FilterOptions
        {
            SnapLength = FilterExpression.SnapLength(result.GetValue(snapLength)),
            IsOptimized = !result.GetValue(unoptimized),
        };
        LinkType type = FilterExpression.ParseLinkType(result.GetValue(linkType)!);
        SourceText source = FilterExpression.Read(result.GetValue(words) ?? [], result.GetValue(file));
        bool isExtended = result.GetValue(extended) || result.GetValue(kind) is not null;
        output.Write(isExtended
            ? FilterExpression.FormatExtended(source, type, options, FilterExpression.ParseTarget(result.GetValue(kind)))
            : FilterListing.Format(FilterExpression.Compile(source, type, options).Classic, result.GetResult(dump)?.IdentifierTokenCount ?? 0));
        return 0;
    }

    private static int ListLinkTypes(TextWriter output)
    {
        foreach (LinkType type in LinkType.All)
            output.WriteLine($"  {type.Name} ({type.Description})");
        return 0;
    }
}
