using Imker.Bytecode;
using Imker.Compiler.Ir;
using Imker.Objects;
using Imker.Script.Bound;
using Imker.Script.Types;

namespace Imker.Script.Lowering;

internal sealed partial class ProbeLowering
{
    // Up to so many rounds the kernel's verifier walks a loop whose bounds it sees, those of the loops around it multiplied;
    // beyond, its budget is at risk.
    private const long WalkedRounds = 512;

    private void Unroll(BoundUnroll loop)
    {
        IrBlock end = ir.NewBlock("unrolled");
        long around = frame.WalkedRounds;
        frame.WalkedRounds = around * loop.Count;
        for (int i = 0; i < loop.Count && ir.IsReachable; i++)
        {
            IrBlock next = ir.NewBlock("round");
            frame.Loops.Push((end, next));
            Statement(loop.Body);
            frame.Loops.Pop();
            if (ir.IsReachable)
                ir.Jump(next);
            ContinueAt(next);
        }
        frame.WalkedRounds = around;
        if (ir.IsReachable)
            ir.Jump(end);
        ContinueAt(end);
    }

    private void While(BoundWhile loop)
    {
        IrBlock head = ir.NewBlock("while"), body = ir.NewBlock("body"), end = ir.NewBlock("endwhile");
        ir.Jump(head);
        ir.StartBlock(head);
        Guard(end, isShort: false);
        Condition(loop.Condition, body, end);
        Begin(body);
        LoopBody(loop.Body, end, head);
        if (ir.IsReachable)
            ir.Jump(head);
        ir.Seal(head);
        Begin(end);
    }

    private void ForRange(BoundForRange loop)
    {
        IrBlock head = ir.NewBlock("for"), body = ir.NewBlock("body"), step = ir.NewBlock("step"), end = ir.NewBlock("endfor");
        long around = frame.WalkedRounds;
        long rounds = loop is { From: BoundInteger from, To: BoundInteger to } ? to.Value - from.Value : 0;
        bool isShort = rounds > 0 && rounds <= WalkedRounds / around;
        var counter = new IrVariable(IrType.I64, loop.Variable.Name);
        ir.Write(counter, Scalar(loop.From));
        IrValue limit = Scalar(loop.To);
        ir.Jump(head);
        ir.StartBlock(head);
        Guard(end, isShort);
        IrValue value = ir.Read(counter);
        ir.Branch(ir.Compare(CompareOperator.LessSigned, value, limit), body, end);
        Begin(body);
        VariableStorage variable = StorageOf(loop.Variable);
        if (variable.Register is { } register)
            ir.Write(register, value);
        else
            ir.Store(variable.Memory.Pointer, variable.Memory.Offset, value);
        frame.WalkedRounds = isShort ? around * rounds : around;
        LoopBody(loop.Body, end, step);
        frame.WalkedRounds = around;
        if (ir.IsReachable)
            ir.Jump(step);
        ir.Seal(step);
        if (step.Predecessors.Count > 0)
        {
            ir.StartBlock(step);
            ir.Write(counter, ir.Add(ir.Read(counter), ir.Int64(1)));
            ir.Jump(head);
        }
        else
        {
            ir.Function.Blocks.Remove(step);
        }
        ir.Seal(head);
        Begin(end);
    }

    // Where the verifier may not see the end of a loop, the kernel's own budget ends it, which is counted.
    private void Guard(IrBlock exit, bool isShort)
    {
        if (isShort || !module.Facts.Has(KernelFeature.MayGoto))
            return;
        IrBlock guarded = ir.NewBlock("guarded"), spent = ir.NewBlock("spent");
        ir.MayGoto(guarded, spent);
        Begin(spent);
        CountLoss(LossCause.LoopBudget);
        ir.Jump(exit);
        Begin(guarded);
    }

    private void LoopBody(BoundStatement body, IrBlock breakTarget, IrBlock continueTarget)
    {
        frame.Loops.Push((breakTarget, continueTarget));
        Statement(body);
        frame.Loops.Pop();
    }

    /// <summary>
    /// The body becomes a callback of <c>bpf_for_each_map_elem</c>. What it shares with the function around it, variables and
    /// the probe's context, stands in a block of memory whose address the kernel hands on.
    /// </summary>
    private void ForMap(BoundForMap loop)
    {
        MapStorage map = module.StorageOf(loop.Map);
        var shared = new SharedVariables(loop.Captured);
        Place block = Allocate(shared.Size, 8, "captured");
        ir.Store(block.Pointer, block.Offset + SharedVariables.ReturnFlag, ir.Int64(0));
        foreach (VariableSymbol variable in loop.Captured)
            Share(variable, block.Plus(shared.OffsetOf(variable)));

        IrFunction callback = LowerCallback(loop, map, shared);
        IrValue pointer = ir.Offset(block.Pointer, block.Offset);
        ir.Call(HelperId.ForEachMapElem, IrType.I64, MapPointer(map), ir.FunctionAddress(callback), pointer, ir.Int64(0));

        foreach (VariableSymbol variable in loop.Captured)
            TakeBack(variable, block.Plus(shared.OffsetOf(variable)));
        IrBlock next = ir.NewBlock("endfor");
        IrValue returned = ir.Load(IrType.I64, block.Pointer, block.Offset + SharedVariables.ReturnFlag);
        ir.Branch(ir.Compare(CompareOperator.NotEqual, returned, 0), frame.Exit, next);
        Begin(next);
    }

    private void Share(VariableSymbol variable, Place place)
    {
        VariableStorage storage = StorageOf(variable);
        if (storage.Register is { } register)
            ir.Store(place.Pointer, place.Offset, ir.Read(register));
        else
            CopyBytes(storage.Memory, place, TupleLayout.AlignUp(variable.Type.Size, 8));
    }

    private void TakeBack(VariableSymbol variable, Place place)
    {
        VariableStorage storage = StorageOf(variable);
        if (storage.Register is { } register)
            ir.Write(register, ir.Load(register.Type, place.Pointer, place.Offset));
        else
            CopyBytes(place, storage.Memory, TupleLayout.AlignUp(variable.Type.Size, 8));
    }

    private IrFunction LowerCallback(BoundForMap loop, MapStorage map, SharedVariables shared)
    {
        var key = new IrParameter(IrType.Pointer(Provenance.MapKey), "key", 1);
        var value = new IrParameter(IrType.Pointer(Provenance.MapValue), "value", 2);
        var captured = new IrParameter(IrType.Pointer(Provenance.Stack), "captured", 3);
        var callback = new IrFunction($"{ir.Function.Name}_for{module.NextCallback()}", IrType.I64,
            new IrParameter(IrType.Pointer(Provenance.Map), "map", 0), key, value, captured)
        {
            ProgramType = ir.Function.ProgramType,
        };

        (IrBuilder outerIr, IrValue outerContext, FunctionFrame outerFrame) = (ir, context, frame);
        ir = new IrBuilder(callback) { Span = loop.Span };
        frame = new FunctionFrame(callback.NewBlock("entry"));
        context = ir.Int64(0);
        ir.StartBlock(frame.Entry);
        ir.Seal(frame.Entry);
        IrBlock next = ir.NewBlock("next"), stop = ir.NewBlock("stop"), leave = ir.NewBlock("return");
        frame.Exit = leave;
        foreach (VariableSymbol variable in loop.Captured)
            frame.Variables.Add(variable, new VariableStorage(null, new Place(captured, shared.OffsetOf(variable))));
        BindEntry(loop, map, key, value);
        LoopBody(loop.Body, stop, next);
        if (ir.IsReachable)
            ir.Jump(next);

        ir.Seal(leave);
        if (leave.Predecessors.Count > 0)
        {
            ir.StartBlock(leave);
            ir.Store(captured, SharedVariables.ReturnFlag, ir.Int64(1));
            ir.Jump(stop);
        }
        else
        {
            callback.Blocks.Remove(leave);
        }
        ReturnFrom(stop, 1);
        ReturnFrom(next, 0);
        ir.Finish();
        (ir, context, frame) = (outerIr, outerContext, outerFrame);
        module.AddFunction(callback);
        return callback;
    }

    private void ReturnFrom(IrBlock block, long result)
    {
        ir.Seal(block);
        if (block.Predecessors.Count == 0)
        {
            ir.Function.Blocks.Remove(block);
            return;
        }
        ir.StartBlock(block);
        ir.Return(ir.Int64(result));
    }

    // The loop's variable is a tuple of key and value; it is copied once for each entry.
    private void BindEntry(BoundForMap loop, MapStorage map, IrValue key, IrValue value)
    {
        var type = (TupleType)loop.Variable.Type;
        TupleLayout layout = TupleLayout.Of(type.Elements);
        Place entry = Allocate(layout.Size, 8, loop.Variable.Name);
        CopyBytes(new Place(key, 0), entry.Plus(layout.Offsets[0]), map.KeySize);
        Place target = entry.Plus(layout.Offsets[1]);
        if (loop.Map.Value is AggregateType aggregate)
            ir.Store(target.Pointer, target.Offset, ReadAggregate(map, aggregate, key, type.Elements[1]));
        else
            CopyBytes(new Place(value, 0), target, loop.Map.Value.Size);
        frame.Variables[loop.Variable] = new VariableStorage(null, entry);
    }

    /// <summary>The block of memory that a callback and the function around it share.</summary>
    private sealed class SharedVariables
    {
        /// <summary>Set by the callback when the script returns from within the loop.</summary>
        public const int ReturnFlag = 0;

        private readonly Dictionary<VariableSymbol, int> offsets = [];

        public SharedVariables(IEnumerable<VariableSymbol> variables)
        {
            Size = 8;
            foreach (VariableSymbol variable in variables)
            {
                offsets.Add(variable, Size);
                Size += TupleLayout.AlignUp(variable.Type.Size, 8);
            }
        }

        public int Size { get; }

        public int OffsetOf(VariableSymbol variable) => offsets[variable];
    }
}
