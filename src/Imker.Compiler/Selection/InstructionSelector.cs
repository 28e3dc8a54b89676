using Imker.Bytecode;
using Imker.Compiler.Ir;
using Imker.Compiler.Lir;
using Imker.Diagnostics;

namespace Imker.Compiler.Selection;

/// <summary>
/// Chooses machine instructions for the IR of a function. Constants, frame addresses, constant distances and comparisons are folded
/// into the instructions that use them; selections and booleans that are needed as values become branches.
/// </summary>
internal sealed partial class InstructionSelector
{
    private readonly IrFunction source;
    private readonly TargetInstructions target;
    private readonly LirFunction function;
    private readonly ValueUses uses;
    private readonly List<IrBlock> order;
    private readonly Dictionary<IrValue, int> registers = [];
    private readonly Dictionary<StackAllocateInstruction, FrameSlot> slots = [];

    // A block of the IR becomes several where something in it branches.
    private readonly Dictionary<IrBlock, LirBlock> firstBlocks;
    private readonly Dictionary<IrBlock, LirBlock> lastBlocks;
    private readonly List<(PhiInstruction Source, IrBlock Block, int Register)> phis = [];

    private LirBlock current;
    private SourceSpan span;

    private InstructionSelector(IrFunction source, TargetInstructions target)
    {
        this.source = source;
        this.target = target;
        order = BlockOrder.Of(source);
        uses = ValueUses.Of(order);
        firstBlocks = new Dictionary<IrBlock, LirBlock>(order.Count);
        lastBlocks = new Dictionary<IrBlock, LirBlock>(order.Count);
        function = new LirFunction(source.Name, order[0].Terminator!.Span);
        current = StartBlock("entry");
    }

    public static LirFunction Select(IrFunction source, TargetInstructions target)
    {
        var selector = new InstructionSelector(source, target);
        selector.Run();
        return selector.function;
    }

    private void Run()
    {
        SelectParameters();
        foreach (IrBlock block in order)
            firstBlocks[block] = new LirBlock(block.Name);
        current.Jump(firstBlocks[source.Entry], SourceSpan.None);
        foreach (IrBlock block in order)
            SelectBlock(block);
        ConnectBlocks();
        CriticalEdges.Split(function);
        LoopDepths.Compute(function);
    }

    private void SelectParameters()
    {
        function.Parameters = new int[source.Parameters.Count];
        foreach (IrParameter parameter in source.Parameters)
        {
            bool used = uses.InRegister(parameter) > 0;
            function.Parameters[parameter.Index] = used ? registers[parameter] = function.NewRegister() : LirRegister.None;
        }
    }

    private void SelectBlock(IrBlock block)
    {
        current = firstBlocks[block];
        function.Blocks.Add(current);
        foreach (PhiInstruction phi in block.Phis)
        {
            if (uses.IsNeeded(phi))
                phis.Add((phi, block, registers[phi] = function.NewRegister()));
        }
        foreach (IrInstruction instruction in block.Instructions)
        {
            if (!uses.IsNeeded(instruction))
                continue;
            span = instruction.Span;
            Select(instruction);
        }
        span = block.Terminator!.Span;
        SelectTerminator(block.Terminator);
        lastBlocks[block] = current;
    }

    private void Select(IrInstruction instruction)
    {
        switch (instruction)
        {
            case BinaryInstruction binary:
                SelectBinary(binary);
                break;
            case ConvertInstruction convert:
                SelectConvert(convert);
                break;
            case CompareInstruction compare:
                SelectChoice(compare, compare, LirSource.OfConstant(1), LirSource.OfConstant(0));
                break;
            case SelectInstruction select:
                SelectChoice(select, select.Operands[0], Source(select.Operands[1]), Source(select.Operands[2]));
                break;
            case LoadInstruction load:
                SelectLoad(load);
                break;
            case StoreInstruction store:
                SelectStore(AddressOf(store.Pointer, store.Offset), store.Value);
                break;
            case ZeroMemoryInstruction zero:
                SelectZero(zero);
                break;
            case CopyMemoryInstruction copy:
                SelectCopy(copy);
                break;
            case AtomicInstruction atomic:
                SelectAtomic(atomic);
                break;
            case OffsetInstruction offset:
                SelectOffset(offset);
                break;
            case GlobalAddressInstruction global:
                Emit(LirForm.Define, LoadGlobal(global, 0), DefinitionOf(global));
                break;
            case CallHelperInstruction call:
                SelectCall(call, Instruction.CallHelper((int)call.Helper), truncate: true);
                break;
            case CallFunctionInstruction call:
                function.Callees.Add(call.Function.Name);
                SelectCall(call, Instruction.CallFunction(new FunctionReference(call.Function.Name)), truncate: false);
                break;
            case StackAllocateInstruction or MapAddressInstruction or FunctionAddressInstruction or AssumeInstruction:
                break;
            default:
                throw new ArgumentException($"{source.Name}: the instruction {instruction.GetType().Name} has no code.");
        }
    }

    private LirBlock StartBlock(string name)
    {
        var block = new LirBlock(name);
        function.Blocks.Add(block);
        return block;
    }

    private int DefinitionOf(IrInstruction instruction)
    {
        int register = function.NewRegister();
        registers.Add(instruction, register);
        return register;
    }

    private int Emit(
        LirForm form, Instruction template, int definition, int first = LirRegister.None, int second = LirRegister.None,
        FrameSlot? slot = null)
    {
        current.Instructions.Add(new LirInstruction(form, template)
        {
            Definition = definition,
            First = first,
            Second = second,
            Slot = slot,
            Span = span,
        });
        return definition;
    }

    private int Convert(Instruction template, int operand) => Emit(LirForm.Convert, template, function.NewRegister(), operand);

    private int Modify(Instruction template, int operand) => Emit(LirForm.Modify, template, function.NewRegister(), operand);

    private int Combine(Instruction template, int left, int right) =>
        Emit(LirForm.Combine, template, function.NewRegister(), left, right);
}
