using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Imker.Diagnostics;
using Imker.Filter.Ebpf;
using Imker.Filter.Generation;
using Imker.Filter.Syntax;
using Imker.Objects;

namespace Imker.Filter;

public sealed partial class PacketFilter
{
    // More than any filter of a command line's length can nest.
    private const int ExtendedCells = 4096;

    private readonly Lazy<BpfObject> extended;

    /// <summary>
    /// The filter as eBPF: an object with one socket filter, for every kernel from 5.10 on. <see cref="TryCompileExtended"/> makes other kinds.
    /// </summary>
    /// <exception cref="DiagnosticException">The filter asks what such a program cannot know.</exception>
    public BpfObject Extended => extended.Value;

    /// <summary>Compiles a filter to eBPF alone. What needs more scratch cells than the classic machine has is taken too.</summary>
    /// <param name="source">The filter, and what messages call it.</param>
    /// <param name="linkType">What the packets begin with.</param>
    /// <param name="options">Null for <see cref="FilterOptions.Default"/>.</param>
    /// <param name="extendedOptions">What the program is for; null for <see cref="ExtendedFilterOptions.Default"/>.</param>
    /// <param name="facts">What it is compiled for; null for every kernel from 5.10 on.</param>
    /// <param name="compiled">An object with one program; null when there are errors.</param>
    /// <param name="diagnostics">What is wrong with the filter, or cannot be known where it is to run.</param>
    public static bool TryCompileExtended(
        SourceText source, LinkType linkType, FilterOptions? options, ExtendedFilterOptions? extendedOptions, ITargetFacts? facts,
        [NotNullWhen(true)] out BpfObject? compiled, out ImmutableArray<Diagnostic> diagnostics)
    {
        ArgumentNullException.ThrowIfNull(source);
        options ??= FilterOptions.Default;
        var bag = new DiagnosticBag();
        FilterGraph? graph = Generate(source, linkType, options, bag);
        if (graph is null && bag.All(diagnostic => diagnostic.Id == FilterBindId.TooComplex))
        {
            bag = new DiagnosticBag();
            graph = CodeGenerator.Generate(FilterParser.Parse(source, bag), linkType, options, bag, ExtendedCells);
        }
        if (graph is not null && options.IsOptimized)
            graph = Optimize(graph, source, bag);
        compiled = null;
        diagnostics = bag.ToSorted();
        return graph is not null && ExtendedFilter.TryCompile(graph, extendedOptions ?? ExtendedFilterOptions.Default, facts ?? BaselineTarget.Instance, out compiled, out diagnostics);
    }

    private static BpfObject CompileExtended(FilterGraph graph) =>
        ExtendedFilter.TryCompile(graph, ExtendedFilterOptions.Default, BaselineTarget.Instance, out BpfObject? compiled, out ImmutableArray<Diagnostic> diagnostics)
            ? compiled : throw new DiagnosticException(diagnostics);
}
