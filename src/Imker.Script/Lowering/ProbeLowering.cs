using Imker.Bytecode;
using Imker.Compiler.Ir;
using Imker.Diagnostics;
using Imker.Objects;
using Imker.Script.Bound;
using Imker.Script.Types;

namespace Imker.Script.Lowering;

/// <summary>
/// Writes the IR of one probe. The parts: statements, loops, scalar expressions, values in memory, memory of others, maps,
/// aggregates, records.
/// </summary>
internal sealed partial class ProbeLowering
{
    private readonly ModuleLowering module;
    private readonly BoundProbe probe;

    // These three change while the body of a loop over a map is written: it is a function of its own.
    private IrBuilder ir;
    private IrValue context;
    private FunctionFrame frame;

    private ProbeLowering(ModuleLowering module, BoundProbe probe, IrFunction function, IrParameter context)
    {
        this.module = module;
        this.probe = probe;
        this.context = context;
        ir = new IrBuilder(function);
        frame = new FunctionFrame(function.NewBlock("entry"));
    }

    public static IrProgram Lower(ModuleLowering module, BoundProbe probe)
    {
        var parameter = new IrParameter(IrType.Pointer(Provenance.Context), "ctx", 0);
        var function = new IrFunction(probe.Name, IrType.I64, parameter) { ProgramType = ProgramTypeOf(probe.Kind) };
        var lowering = new ProbeLowering(module, probe, function, parameter);
        lowering.LowerBody();
        return new IrProgram(function, ModuleLowering.DisplayNameOf(probe));
    }

    private static ProgramType ProgramTypeOf(ProbeKind kind) => kind switch
    {
        ProbeKind.Begin or ProbeKind.End or ProbeKind.RawTracepoint => ProgramType.RawTracepoint,
        ProbeKind.Tracepoint => ProgramType.Tracepoint,
        ProbeKind.Uprobe or ProbeKind.Uretprobe => ProgramType.Kprobe,
        ProbeKind.Interval or ProbeKind.Profile => ProgramType.PerfEvent,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private void LowerBody()
    {
        ir.Span = probe.Span;
        ir.StartBlock(frame.Entry);
        ir.Seal(frame.Entry);
        IrBlock exit = ir.NewBlock("exit");
        frame.Exit = exit;
        if (probe.Predicate is { } predicate)
        {
            IrBlock body = ir.NewBlock("body");
            Condition(predicate, body, exit);
            Begin(body);
        }
        Statement(probe.Body);
        if (ir.IsReachable)
            ir.Jump(exit);
        Begin(exit);
        ir.Span = SourceSpan.None;
        ir.Return(ir.Int64(0));
        ir.Finish();
    }

    /// <summary>Goes on in a block to which all jumps have been written.</summary>
    private void Begin(IrBlock block)
    {
        ir.Seal(block);
        ir.StartBlock(block);
    }

    private static IrType IrTypeOf(ScriptType type) => type switch
    {
        BooleanType => IrType.Bool,
        IntegerType or EnumType => IrType.Integer(type.Size),
        { IsScalar: true } => IrType.I64,
        _ => throw new ArgumentException($"A value of type {type} does not fit a register.", nameof(type)),
    };

    private static bool IsSigned(ScriptType type) => type switch
    {
        IntegerType integer => integer.IsSigned,
        EnumType e => e.IsSigned,
        _ => false,
    };

    /// <summary>Counts a loss in the cold block that is being written.</summary>
    private void CountLoss(LossCause cause, string detail = "")
    {
        int cell = module.LossCell(probe, cause, detail);
        ir.Atomic(AtomicOperator.Add, ir.GlobalAddress(IrModule.LossMap, 8 * cell), 0, ir.Int64(1));
    }

    /// <summary>Goes on here when <paramref name="failed"/> is false; else counts a loss first, and then goes on here too.</summary>
    private void CountLossIf(IrValue failed, LossCause cause, string detail = "")
    {
        IrBlock lost = ir.NewBlock("lost"), next = ir.NewBlock("next");
        ir.Branch(failed, lost, next, BranchHint.LikelyFalse);
        Begin(lost);
        CountLoss(cause, detail);
        ir.Jump(next);
        Begin(next);
    }

    /// <summary>Memory of this function, on the stack or where the compiler moves it.</summary>
    private Place Allocate(int size, int alignment, string name) => new(ir.StackAllocate(size, alignment, name), 0);

    private Place Allocate(ScriptType type, string name) =>
        Allocate(TupleLayout.AlignUp(Math.Max(type.Size, 1), 8), 8, name);

    /// <summary>What a function of the probe keeps track of while it is written.</summary>
    private sealed class FunctionFrame(IrBlock entry)
    {
        public IrBlock Entry { get; } = entry;

        /// <summary>Where <c>return</c> goes.</summary>
        public IrBlock Exit { get; set; } = entry;

        /// <summary>Where variables are; made at their first use.</summary>
        public Dictionary<VariableSymbol, VariableStorage> Variables { get; } = [];

        /// <summary>Where <c>break</c> and <c>continue</c> go, innermost last.</summary>
        public Stack<(IrBlock Break, IrBlock Continue)> Loops { get; } = new();

        /// <summary>How often the kernel's verifier walks through what is written now: the rounds of the loops around it.</summary>
        public long WalkedRounds { get; set; } = 1;
    }
}

/// <summary>Where a scratch variable is kept: in a register where it can be, else in memory.</summary>
internal readonly record struct VariableStorage(IrVariable? Register, Place Memory);
