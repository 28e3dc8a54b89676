using Imker.Bytecode.Classic;
using Imker.Capture;
using Imker.Filter;

namespace Imker.Cli;

/// <summary>What <c>imker dump</c> shows instead of packets.</summary>
internal static class DumpListings
{
    public static void WriteInterfaces(TextWriter output)
    {
        foreach ((int index, (string name, string state)) in InterfaceList.All().Index())
            output.WriteLine($"{index + 1}.{name}{state}");
    }

    public static void WriteLinkTypes(TextWriter output, DumpArguments arguments)
    {
        string name = InterfaceList.Resolve(arguments.Interface);
        output.WriteLine($"Data link types for {name} (use option -y to set):");
        foreach (int value in LiveCapture.LinkTypesOf(name))
        {
            var type = new LinkType(value);
            output.WriteLine($"  {type.Name} ({type.Description})");
        }
    }

    public static void WriteTimeStampTypes(TextWriter output, DumpArguments arguments)
    {
        output.WriteLine($"Time stamp types for {InterfaceList.Resolve(arguments.Interface)} (use option -j to set):");
        output.WriteLine("  host (Host)");
    }

    public static void WriteProgram(TextWriter output, DumpArguments arguments)
    {
        output.Write(FilterListing.Format(Compile(arguments), arguments.ProgramForm));
    }

    // As tcpdump has it: the link type is the file's, or that of -y, or the interface's.
    private static ClassicProgram Compile(DumpArguments arguments)
    {
        var filter = new DumpFilter(arguments);
        if (arguments.ReadPath is { } path)
        {
            using CaptureFileReader file = CaptureFileReader.Open(path);
            return filter.Compile(file.LinkType, PacketSource.File, file: file).Classic;
        }
        if (arguments is { LinkType: { } name, Interface: null })
            return filter.Compile(FilterExpression.ParseLinkType(name).Value, PacketSource.Unknown).Classic;
        string interfaceName = InterfaceList.Resolve(arguments.Interface);
        int linkType = arguments.LinkType is { } wanted
            ? FilterExpression.ParseLinkType(wanted).Value
            : LiveCapture.ChooseLinkType(new LiveCaptureOptions { InterfaceName = interfaceName });
        return filter.Compile(linkType, PacketSource.Live, DumpFilter.NetmaskOf(interfaceName)).Classic;
    }
}
