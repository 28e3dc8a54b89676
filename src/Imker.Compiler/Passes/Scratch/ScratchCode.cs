using Imker.Bytecode;
using Imker.Compiler.Ir;
using Imker.Diagnostics;
using Imker.Objects;

namespace Imker.Compiler.Passes;

/// <summary>Writes the code that takes and gives back a slot of the <see cref="ScratchFrame"/>.</summary>
internal sealed class ScratchCode(IrFunction function, PassContext context, ScratchFrame frame)
{
    // Before 5.12 no atomic operation gives the old value, and a program that runs is not preempted but by interrupts, which
    // give back what they take before it goes on.
    private readonly bool hasExchange = context.Has(KernelFeature.FetchingAtomics);

    private OffsetInstruction? slot;
    private AssumeInstruction? address;

    /// <summary>The slot's address, where it has been taken.</summary>
    public AssumeInstruction Slot => address ?? throw new InvalidOperationException("No slot has been taken.");

    /// <summary>Takes a slot within a block; gives the block that begins behind it, <see cref="Slot"/> its first instruction.</summary>
    public IrBlock Acquire(IrBlock block, int index)
    {
        IrBlock taken = block.SplitAt(index, "scratch.taken");
        IrBlock attempt = function.NewBlock("scratch.try"), next = function.NewBlock("scratch.next"), none = function.NewBlock("scratch.none");
        SourceSpan span = block.Terminator!.Span;
        T At<T>(IrBlock where, T instruction)
            where T : IrInstruction
        {
            instruction.Span = span;
            where.Add(instruction);
            return instruction;
        }

        IrValue cpu = At(block, new CallHelperInstruction(HelperId.GetSmpProcessorId, IrType.I64));
        IrValue slots = At(block, new GlobalAddressInstruction(ScratchFrame.MapName, ScratchFrame.SlotAlignment));
        // The verifier knows how many CPUs there are, and would go through all code behind once for each slot's range of
        // addresses. Of what is read from memory it knows nothing, so that each slot is like the first to it.
        IrValue zero = At(block, new LoadInstruction(IrType.I64, slots, -ScratchFrame.SlotAlignment));
        IrValue first = At(block, new BinaryInstruction(BinaryOperator.Add, cpu, zero));
        block.Redirect(0, attempt, []);

        PhiInstruction number = AddPhi(attempt, span), tries = AddPhi(attempt, span);
        IrValue cut = At(attempt, new BinaryInstruction(BinaryOperator.And, number, Int64(frame.Cpus * ScratchFrame.Places - 1)));
        IrValue distance = At(attempt, new BinaryInstruction(BinaryOperator.Multiply, cut, Int64(frame.SlotSize)));
        slot = At(attempt, new OffsetInstruction(slots, distance));
        IrValue flag = hasExchange
            ? At(attempt, new AtomicInstruction(AtomicOperator.Exchange, slot, 0, Int64(1)))
            : At<IrInstruction>(attempt, new LoadInstruction(IrType.I64, slot, 0));
        IrValue isFree = At(attempt, new CompareInstruction(CompareOperator.Equal, flag, Int64(0)));
        attempt.SetTerminator(new BranchInstruction(isFree, taken, next) { Hint = BranchHint.LikelyTrue, Span = span });

        IrValue further = At(next, new BinaryInstruction(BinaryOperator.Add, number, Int64(frame.Cpus)));
        IrValue left = At(next, new BinaryInstruction(BinaryOperator.Add, tries, Int64(-1)));
        IrValue isMore = At(next, new CompareInstruction(CompareOperator.NotEqual, left, Int64(0)));
        next.SetTerminator(new BranchInstruction(isMore, attempt, none) { Hint = BranchHint.LikelyTrue, Span = span });
        number.SetOperands(first, further);
        tries.SetOperands(Int64(ScratchFrame.Places), left);

        IrValue losses = At(none, new GlobalAddressInstruction(IrModule.LossMap, sizeof(long) * LossCell()));
        At(none, new AtomicInstruction(AtomicOperator.Add, losses, 0, Int64(1)));
        none.SetTerminator(new ReturnInstruction(new IrConstant(function.ReturnType, 0)) { Span = span });

        address = new AssumeInstruction(slot, IrType.Pointer(Provenance.Stack)) { Span = span };
        taken.Insert(0, address);
        if (!hasExchange)
            taken.Insert(1, new StoreInstruction(slot, 0, Int64(1)) { Span = span });
        return taken;
    }

    /// <summary>Gives the slot back.</summary>
    public void Release(IrBlock block, int index) =>
        block.Insert(index, new StoreInstruction(Slot, 0, Int64(0)) { Span = block.Terminator!.Span });

    private static PhiInstruction AddPhi(IrBlock block, SourceSpan span)
    {
        var phi = new PhiInstruction(IrType.I64) { Span = span };
        block.AddPhi(phi);
        return phi;
    }

    private static IrConstant Int64(long value) => new(IrType.I64, value);

    // A subprogram has the probe's cell when one program alone is there to call it.
    private int LossCell()
    {
        IrModule module = context.Module;
        IrProgram? program = module.Programs.FirstOrDefault(p => p.Function == function)
            ?? (module.Programs.Count == 1 ? module.Programs[0] : null);
        return module.Losses.CellOf(new LossCounter(program?.Name ?? function.Name, program?.DisplayName ?? function.Name, LossCause.ScratchTaken, ""));
    }
}
