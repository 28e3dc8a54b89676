using Imker.Compiler.Lir;
using Imker.Diagnostics;

namespace Imker.Compiler.Emission;

/// <summary>Refuses functions whose frame, or whose chain of calls, needs more stack than there is.</summary>
internal sealed class StackCheck
{
    private readonly Dictionary<string, CompiledFunction> functions;
    private readonly Dictionary<string, int> depths = [];
    private readonly DiagnosticBag diagnostics = [];

    private StackCheck(IEnumerable<CompiledFunction> compiled) => functions = compiled.ToDictionary(f => f.Spec.Name);

    /// <exception cref="DiagnosticException">Names each function that does not fit.</exception>
    public static void Run(IReadOnlyList<CompiledFunction> compiled)
    {
        var check = new StackCheck(compiled);
        foreach (CompiledFunction function in compiled)
            check.Check(function);
        check.diagnostics.ThrowIfErrors();
    }

    private void Check(CompiledFunction function)
    {
        if (function.FrameSize > StackBudget.Total)
        {
            Report(function, $"its frame takes {function.FrameSize} bytes of stack, and the kernel gives {StackBudget.Total}");
            return;
        }
        int depth = DepthOf(function.Spec.Name);
        if (depth > StackBudget.Total)
            Report(function, $"with the functions that it calls it takes {depth} bytes of stack, and the kernel gives {StackBudget.Total}");
    }

    private void Report(CompiledFunction function, string problem)
    {
        FrameSlot? largest = function.Slots.MaxBy(slot => slot.Size);
        string message = $"cannot compile '{function.Spec.Name}': {problem}";
        if (largest is null)
            diagnostics.Error(CompilerDiagnosticId.StackTooLarge, SourceSpan.None, message);
        else
        {
            diagnostics.Error(
                CompilerDiagnosticId.StackTooLarge, largest.Span, message, $"'{largest.Name}' alone takes {largest.Size} bytes");
        }
    }

    // A function that calls itself counts once: the kernel refuses it for another reason.
    private int DepthOf(string name)
    {
        if (depths.TryGetValue(name, out int known))
            return known;
        if (!functions.TryGetValue(name, out CompiledFunction? function))
            return 0;
        depths[name] = 0;
        int callees = function.Callees.Select(DepthOf).DefaultIfEmpty().Max();
        return depths[name] = StackBudget.Charge(function.FrameSize) + callees;
    }
}
