using System.Collections.Immutable;
using Imker.Compiler.Ir;

namespace Imker.Compiler.Passes;

/// <summary>A step of the compiler on one function.</summary>
/// <param name="Name">What it does, in a few words.</param>
/// <param name="Run">Does it, and tells whether anything changed.</param>
/// <param name="IsNeeded">Without it the code may be impossible; the others only make it better.</param>
public sealed record Pass(string Name, Func<IrFunction, PassContext, bool> Run, bool IsNeeded = false);

/// <summary>What happens to the IR between the front end and the choice of instructions.</summary>
public static class PassPipeline
{
    /// <summary>The passes in their order.</summary>
    public static ImmutableArray<Pass> Passes { get; } =
    [
        new("remove unreachable blocks", UnreachableBlockPass.Run, IsNeeded: true),
        new("propagate constants", ConstantPropagationPass.Run),
        new("simplify", SimplifyPass.Run),
        new("thread jumps", JumpThreadingPass.Run),
        new("merge blocks", BlockMergePass.Run),
        new("compute equal values once", ValueNumberingPass.Run),
        new("ask once for the name of the task", TaskNamePass.Run),
        new("forward stores to loads", LoadForwardingPass.Run),
        new("propagate constants", ConstantPropagationPass.Run),
        new("simplify", SimplifyPass.Run),
        new("remove dead stores", DeadStorePass.Run),
        new("move invariants out of loops", LoopInvariantPass.Run),
        new("merge blocks", BlockMergePass.Run),
        new("remove dead code", DeadCodePass.Run),
        new("hide what loops begin with", LoopEntryPass.Run, IsNeeded: true),
        new("share the stack", StackSharingPass.Run),
        new("move large values to scratch", ScratchPass.Run, IsNeeded: true),
    ];

    /// <summary>Runs all passes on all functions of the module.</summary>
    /// <param name="context">Names the module.</param>
    /// <param name="optimize">False leaves out the passes that only make the code better.</param>
    /// <param name="afterPass">Called with the name of each pass when it has been over the module.</param>
    public static void Run(PassContext context, bool optimize = true, Action<string, IrModule>? afterPass = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        IrFunction[] functions = [.. context.Module.Programs.Select(p => p.Function), .. context.Module.Functions];
        foreach (Pass pass in Passes.Where(p => optimize || p.IsNeeded))
        {
            foreach (IrFunction function in functions)
                pass.Run(function, context);
            afterPass?.Invoke(pass.Name, context.Module);
        }
    }
}
