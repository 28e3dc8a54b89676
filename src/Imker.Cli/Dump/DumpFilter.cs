using Imker.Bytecode.Classic;
using Imker.Capture;
using Imker.Diagnostics;
using Imker.Filter;
using Imker.Linux;

namespace Imker.Cli;

/// <summary>The filter of the command line or of a file, compiled for what it is asked of.</summary>
internal sealed class DumpFilter
{
    private readonly DumpArguments arguments;
    private readonly SourceText text;
    private readonly NetworkNameFiles names = new();

    public DumpFilter(DumpArguments arguments)
    {
        this.arguments = arguments;
        text = FilterExpression.Read([arguments.Filter], arguments.FilterPath);
    }

    /// <summary>Whether all packets pass, so that nothing need be compiled.</summary>
    public bool IsEmpty => string.IsNullOrWhiteSpace(text.Text);

    /// <exception cref="DiagnosticException">The filter is wrong.</exception>
    public PacketFilter Compile(int linkType, PacketSource source, uint? netmask = 0, CaptureFileReader? file = null)
    {
        var options = new FilterOptions
        {
            // As in tcpdump: what a file's header says counts, not -s.
            SnapLength = (uint)(file?.SnapLength ?? arguments.SnapLength),
            IsOptimized = arguments.IsOptimized,
            Source = source,
            Netmask = netmask,
            IsSwapped = file?.IsSwapped ?? false,
            Names = names,
        };
        return FilterExpression.Compile(text, new LinkType(linkType), options);
    }

    /// <summary>The filter for the packets of a file.</summary>
    public CaptureFilters ForFile(CaptureFileReader file) =>
        new(linkType => IsEmpty ? null : Compile(linkType, PacketSource.File, file: file).Classic);

    /// <summary>What <c>ip broadcast</c> goes by: the interface's mask; 0 where it has none, and for all of them.</summary>
    public static uint NetmaskOf(string interfaceName) =>
        interfaceName == LiveCaptureOptions.AnyInterface ? 0 : NetworkInterface.Find(interfaceName).FindNetmask() ?? 0;

    /// <summary>The filter for an interface: for the kernel where that takes it, else for packets as they are delivered.</summary>
    public ClassicProgram ForInterface(string interfaceName, int linkType)
    {
        uint netmask = NetmaskOf(interfaceName);
        ClassicProgram program = Compile(linkType, PacketSource.Live, netmask).Classic;
        return LiveCapture.CanFilterInKernel(program, linkType) ? program : Compile(linkType, PacketSource.File, netmask).Classic;
    }
}
