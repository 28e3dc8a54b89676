using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Imker.Compiler;
using Imker.Compiler.Ir;
using Imker.Diagnostics;
using Imker.Objects;

namespace Imker.Filter.Ebpf;

/// <summary>Compiles a filter's graph to an eBPF program, by way of the compiler's IR.</summary>
public static class ExtendedFilter
{
    /// <summary>Compiles a graph. Nothing limits how many scratch cells it has, and it may hold the loop of <c>protochain</c>.</summary>
    /// <param name="graph">Optimized or not; it is only read.</param>
    /// <param name="options">What the program is for.</param>
    /// <param name="facts">What it is compiled for.</param>
    /// <param name="compiled">An object with one program, of the options' name; null when there are errors.</param>
    /// <param name="diagnostics">What this kind of program cannot know of a packet, or that it needs more stack than there is.</param>
    public static bool TryCompile(
        FilterGraph graph, ExtendedFilterOptions options, ITargetFacts facts, [NotNullWhen(true)] out BpfObject? compiled,
        out ImmutableArray<Diagnostic> diagnostics)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(options);
        var bag = new DiagnosticBag();
        IrFunction function = FilterLowering.Lower(graph, options, bag);
        compiled = null;
        try
        {
            if (!bag.HasErrors)
                compiled = BpfCompiler.Compile(ModuleOf(function, options), facts);
        }
        catch (DiagnosticException e)
        {
            bag.AddRange(e.Diagnostics);
        }
        diagnostics = bag.ToSorted();
        return compiled is not null;
    }

    private static IrModule ModuleOf(IrFunction function, ExtendedFilterOptions options)
    {
        var module = new IrModule { Shell = new BpfObject { Name = options.Name } };
        module.Programs.Add(new IrProgram(function, options.Name));
        return module;
    }
}
