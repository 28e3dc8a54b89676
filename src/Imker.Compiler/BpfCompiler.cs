using System.Collections.Immutable;
using Imker.Bytecode;
using Imker.Compiler.Allocation;
using Imker.Compiler.Emission;
using Imker.Compiler.Ir;
using Imker.Compiler.Lir;
using Imker.Compiler.Passes;
using Imker.Compiler.Selection;
using Imker.Diagnostics;
using Imker.Objects;

namespace Imker.Compiler;

/// <summary>From the IR of a front end to an object that a host can load.</summary>
public static class BpfCompiler
{
    // BPF_COMPLEXITY_LIMIT_INSNS
    private const int MaxOperations = 1_000_000;

    /// <summary>Compiles all functions of a module. The module's IR is changed on the way and belongs to the compiler from now on.</summary>
    /// <param name="module">What a front end made.</param>
    /// <param name="facts">What the code is compiled for; asked only for what it needs.</param>
    /// <param name="options">Null for <see cref="CompilerOptions.Default"/>.</param>
    /// <exception cref="DiagnosticException">The code cannot be said in the target's instructions, or needs more stack than there is.</exception>
    public static BpfObject Compile(IrModule module, ITargetFacts facts, CompilerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(facts);
        options ??= CompilerOptions.Default;
        RefuseTooLong(module);
        var context = new PassContext(module, facts) { DisabledFeatures = options.DisabledFeatures };
        PassPipeline.Run(context, options.Optimize, options.AfterPass);
        var target = new TargetInstructions(facts, options);
        var types = new FunctionTypes();
        var lines = new LineTable();
        CompiledFunction CompileFunction(IrFunction function) => Compile(function, target, types, lines);
        CompiledFunction[] entries = [.. module.Programs.Select(program => CompileFunction(program.Function))];
        CompiledFunction[] functions = [.. module.Functions.Select(CompileFunction)];
        StackCheck.Run([.. entries, .. functions]);
        return module.Shell with
        {
            Programs = [.. module.Programs.Zip(entries, SpecOf)],
            Functions = [.. functions.Select(function => function.Spec)],
            Maps = [.. module.Shell.Maps, .. module.AddedMaps, .. LossMaps(module)],
            Losses = [.. module.Losses],
            LossMap = module.Losses.Count > 0 ? IrModule.LossMap : null,
            Btf = types.ToArray(),
        };
    }

    // Before anything is spent on it: no operation becomes less than an instruction unless it is found to be of no use.
    private static void RefuseTooLong(IrModule module)
    {
        var diagnostics = new DiagnosticBag();
        foreach (IrFunction function in module.Programs.Select(p => p.Function).Concat(module.Functions))
        {
            long operations = function.Blocks.Sum(block => (long)block.Instructions.Count + block.Phis.Count);
            if (operations > MaxOperations)
            {
                diagnostics.Error(CompilerDiagnosticId.TooLong, SourceSpan.None,
                    $"cannot compile '{function.Name}': it is {operations:N0} operations long, and the kernel walks through {MaxOperations:N0} at most");
            }
        }
        diagnostics.ThrowIfErrors();
    }

    private static CompiledFunction Compile(IrFunction source, TargetInstructions target, FunctionTypes types, LineTable lines)
    {
        LirFunction function = InstructionSelector.Select(source, target);
        AllocatedFunction allocated = RegisterAllocator.Allocate(function);
        Code code = FunctionEmitter.Emit(allocated.Blocks, target);
        var spec = new FunctionSpec
        {
            Name = source.Name,
            Instructions = code.Instructions,
            Lines = lines.Of(code),
            BtfTypeId = types.Add(source),
            IsGlobal = source.IsGlobal,
        };
        int frameSize = allocated.FrameSize + (function.UsesMayGoto ? StackBudget.MayGoto : 0);
        return new CompiledFunction(spec, frameSize, function.Callees, function.Slots);
    }

    private static ProgramSpec SpecOf(IrProgram program, CompiledFunction entry) => new()
    {
        Name = program.Name,
        Type = program.Type,
        Entry = entry.Spec,
        ExpectedAttachType = program.ExpectedAttachType,
        AttachTarget = program.AttachTarget,
        DisplayName = program.DisplayName,
    };

    private static ImmutableArray<MapSpec> LossMaps(IrModule module) => module.Losses.Count == 0
        ? []
        :
        [
            new MapSpec
            {
                Name = IrModule.LossMap,
                Type = MapType.Array,
                KeySize = sizeof(int),
                ValueSize = sizeof(long) * module.Losses.Count,
                MaxEntries = 1,
                Flags = MapFlags.MemoryMappable,
            },
        ];
}
