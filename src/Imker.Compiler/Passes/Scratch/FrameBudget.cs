using Imker.Compiler.Ir;

namespace Imker.Compiler.Passes;

/// <summary>
/// How much of the kernel's stack each function of a module may take for what it allocates. Callers and callees, callbacks among
/// them, stand on the same 512 bytes (<c>check_max_stack_depth</c>).
/// </summary>
public sealed class FrameBudget
{
    private readonly Dictionary<IrFunction, List<IrFunction>> callees = [];
    private readonly Dictionary<IrFunction, List<IrFunction>> callers = [];

    public FrameBudget(IrModule module)
    {
        ArgumentNullException.ThrowIfNull(module);
        foreach (IrFunction function in module.Programs.Select(p => p.Function).Concat(module.Functions))
            AddCalls(function);
    }

    /// <summary>
    /// The bytes that a function's allocations may take: what the largest others of its chains leave, but at least an equal share.
    /// </summary>
    public int AllocationLimit(IrFunction function)
    {
        (int above, int callersDepth) = Longest(function, callers, []);
        (int below, int calleesDepth) = Longest(function, callees, []);
        int left = StackBudget.Total - above - below;
        int share = StackBudget.Total / (1 + callersDepth + calleesDepth) / StackBudget.Granularity * StackBudget.Granularity;
        return Math.Max(0, Math.Max(left, share) - StackBudget.Reserve);
    }

    /// <summary>The bytes that a function allocates, each allocation on its alignment.</summary>
    public static int AllocatedBy(IrFunction function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return AllocationsOf(function).Sum(a => Rounded(a.Size));
    }

    internal static IEnumerable<StackAllocateInstruction> AllocationsOf(IrFunction function) =>
        function.Entry.Instructions.OfType<StackAllocateInstruction>();

    internal static int Rounded(int size) => (size + 7) & ~7;

    private static int FrameOf(IrFunction function) => StackBudget.Charge(AllocatedBy(function) + StackBudget.Reserve);

    private void AddCalls(IrFunction function)
    {
        foreach (IrInstruction instruction in function.Instructions())
        {
            IrFunction? callee = instruction switch
            {
                CallFunctionInstruction call => call.Function,
                FunctionAddressInstruction address => address.Function,
                _ => null,
            };
            if (callee is null)
                continue;
            Add(callees, function, callee);
            Add(callers, callee, function);
        }
    }

    private static void Add(Dictionary<IrFunction, List<IrFunction>> edges, IrFunction from, IrFunction to)
    {
        if (!edges.TryGetValue(from, out List<IrFunction>? targets))
            edges[from] = targets = [];
        if (!targets.Contains(to))
            targets.Add(to);
    }

    // The bytes and the number of functions that the longest chains in one direction have, without the function itself. The
    // kernel allows no recursion, and at most eight frames.
    private static (int Bytes, int Depth) Longest(
        IrFunction function, Dictionary<IrFunction, List<IrFunction>> edges, Dictionary<IrFunction, (int, int)> known)
    {
        if (known.TryGetValue(function, out (int, int) found))
            return found;
        (int bytes, int depth) = known[function] = (0, 0);
        foreach (IrFunction next in edges.GetValueOrDefault(function, []))
        {
            (int nextBytes, int nextDepth) = Longest(next, edges, known);
            bytes = Math.Max(bytes, nextBytes + FrameOf(next));
            depth = Math.Max(depth, nextDepth + 1);
        }
        return known[function] = (bytes, depth);
    }
}
