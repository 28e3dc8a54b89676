using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Imker.Bytecode.Classic;
using Imker.Diagnostics;
using Imker.Filter.Emission;
using Imker.Filter.Generation;
using Imker.Filter.Optimization;
using Imker.Filter.Syntax;
using Imker.Objects;

namespace Imker.Filter;

/// <summary>
/// A packet filter in the language of pcap-filter(7), compiled for one link-layer type. May be used by many threads at once.
/// </summary>
public sealed partial class PacketFilter
{
    // Of larger ones the kernel takes nothing, and the optimizer would take half a minute.
    private const int MaxOptimizedBlocks = 100_000;

    private readonly Lazy<ClassicMachine> machine;

    private PacketFilter(string text, LinkType linkType, FilterOptions options, FilterGraph graph)
    {
        (Text, LinkType, SnapLength, Classic) = (text, linkType, options.SnapLength, ClassicEmitter.Emit(graph));
        machine = new Lazy<ClassicMachine>(() => ClassicMachine.Create(Classic));
        extended = new Lazy<BpfObject>(() => CompileExtended(graph));
    }

    /// <summary>The filter as it was written; empty for one that every packet passes.</summary>
    public string Text { get; }

    /// <summary>What the packets begin with.</summary>
    public LinkType LinkType { get; }

    /// <summary>How many bytes of a packet that passes are kept.</summary>
    public uint SnapLength { get; }

    /// <summary>The program for the classic machine, as libpcap 1.10.3 compiles it. It may be longer than the kernel takes, and loop (<c>protochain</c>).</summary>
    public ClassicProgram Classic { get; }

    /// <summary>Compiles a filter.</summary>
    /// <param name="text">In the language of pcap-filter(7). Empty for one that every packet passes.</param>
    /// <param name="linkType">What the packets begin with.</param>
    /// <param name="options">Null for <see cref="FilterOptions.Default"/>.</param>
    /// <exception cref="DiagnosticException">The filter is wrong, or no packet can pass it.</exception>
    public static PacketFilter Compile(string text, LinkType linkType, FilterOptions? options = null) =>
        TryCompile(text, linkType, options, out PacketFilter? filter, out ImmutableArray<Diagnostic> diagnostics)
            ? filter : throw new DiagnosticException(diagnostics);

    /// <summary>Compiles a filter, or tells what is wrong with it.</summary>
    /// <inheritdoc cref="Compile"/>
    /// <param name="filter">The filter; null when it is wrong.</param>
    /// <param name="diagnostics">What is wrong, in the order of the text.</param>
    public static bool TryCompile(
        string text, LinkType linkType, FilterOptions? options, [NotNullWhen(true)] out PacketFilter? filter, out ImmutableArray<Diagnostic> diagnostics) =>
        TryCompile(new SourceText("filter", text), linkType, options, out filter, out diagnostics);

    /// <summary>Compiles a filter from a named text, such as a file.</summary>
    /// <inheritdoc cref="TryCompile(string, LinkType, FilterOptions?, out PacketFilter?, out ImmutableArray{Diagnostic})"/>
    /// <param name="source">The filter, and what messages call it.</param>
    public static bool TryCompile(
        SourceText source, LinkType linkType, FilterOptions? options, [NotNullWhen(true)] out PacketFilter? filter, out ImmutableArray<Diagnostic> diagnostics)
    {
        ArgumentNullException.ThrowIfNull(source);
        options ??= FilterOptions.Default;
        var bag = new DiagnosticBag();
        FilterGraph? graph = Generate(source, linkType, options, bag);
        if (graph is not null && options.IsOptimized)
            graph = Optimize(graph, source, bag);
        diagnostics = bag.ToSorted();
        filter = graph is null || bag.HasErrors ? null : new PacketFilter(source.Text, linkType, options, graph);
        if (filter?.Classic.Length > ClassicProgram.MaxLengthHere)
        {
            bag.Error(FilterBindId.TooLarge, source.Span(0, source.Length),
                $"cannot compile the filter: it is too large: its program has {filter.Classic.Length} instructions, and {ClassicProgram.MaxLengthHere} can be run",
                "split the filter, or put networks in the place of single hosts", "as eBPF alone (--ebpf) it may be larger");
            diagnostics = bag.ToSorted();
            filter = null;
        }
        return filter is not null;
    }

    /// <summary>Whether a packet passes.</summary>
    /// <param name="packet">All of it, from the header of the link layer on.</param>
    public bool Matches(ReadOnlySpan<byte> packet) => machine.Value.Run(packet) != 0;

    /// <summary>Whether a packet passes of which only a part was captured.</summary>
    /// <param name="packet">What was captured. To ask for a byte behind it is not to pass.</param>
    /// <param name="originalLength">How many bytes there were: what <c>len</c>, <c>less</c> and <c>greater</c> ask for.</param>
    public bool Matches(ReadOnlySpan<byte> packet, uint originalLength) => machine.Value.Run(packet, originalLength) != 0;

    private static FilterGraph? Generate(SourceText source, LinkType linkType, FilterOptions options, DiagnosticBag bag)
    {
        if (options.SnapLength == 0)
        {
            bag.Error(FilterBindId.RejectsAll, SourceSpan.None, "cannot compile the filter: of 0 bytes of each packet nothing is kept");
            return null;
        }
        FilterSyntax? syntax = FilterParser.Parse(source, bag);
        return bag.HasErrors ? null : CodeGenerator.Generate(syntax, linkType, options, bag);
    }

    private static FilterGraph? Optimize(FilterGraph graph, SourceText source, DiagnosticBag bag)
    {
        if (graph.BlockCount > MaxOptimizedBlocks)
            return graph;
        OptimizationFault fault = FilterOptimizer.Optimize(graph, out FilterGraph optimized);
        if (fault == OptimizationFault.None)
            return optimized;
        (string id, string message) = fault switch
        {
            OptimizationFault.DivisionByZero or OptimizationFault.ModulusByZero => (FilterBindId.BadArithmetic, "a division by zero has no result"),
            OptimizationFault.ShiftTooFar => (FilterBindId.BadArithmetic, "a shift by more than 31 bits leaves nothing of a number of 32"),
            _ => (FilterBindId.RejectsAll, "no packet can pass it: its conditions exclude each other"),
        };
        bag.Error(id, source.Span(0, source.Length), $"cannot compile the filter: {message}");
        return null;
    }
}
