using Imker.Bytecode;
using Imker.Compiler.Emission;
using Imker.Compiler.Lir;
using Imker.Diagnostics;

namespace Imker.Compiler.Allocation;

/// <summary>Writes the instructions with their registers, and the moves between the places of each value.</summary>
internal sealed class Rewriter
{
    private const uint AllRegisters = (1u << LirRegister.Allocatable) - 1;
    private const uint ClobberedRegisters = (1u << LirRegister.CallClobbered) - 1;

    private readonly LirFunction function;
    private readonly Positions positions;
    private readonly Liveness liveness;
    private readonly ParallelMoves moves;
    private readonly SplitMoves splits;
    private readonly CodeBlock[] blocks;
    private CodeBlock block;

    private Rewriter(LirFunction function, Positions positions, Liveness liveness, Frame frame)
    {
        this.function = function;
        this.positions = positions;
        this.liveness = liveness;
        moves = new ParallelMoves(frame);
        splits = SplitMoves.Of(liveness.Values, positions);
        blocks = [.. function.Blocks.Select(b => new CodeBlock(b.Name))];
        block = blocks[0];
    }

    public static List<CodeBlock> Rewrite(LirFunction function, Positions positions, Liveness liveness, Frame frame)
    {
        var rewriter = new Rewriter(function, positions, liveness, frame);
        foreach (LirBlock source in function.Blocks)
            rewriter.Rewrite(source);
        return [.. rewriter.blocks];
    }

    private void Rewrite(LirBlock source)
    {
        block = blocks[source.Index];
        if (source.Index == 0)
            ReceiveParameters(source);
        if (source.Predecessors is [{ Successors.Length: > 1 } predecessor])
            MoveAlong(predecessor, source, predecessor.EndSpan);
        foreach (LirPhi phi in source.Phis)
            StoreIfSpilled(phi.Definition, positions.StartOf(source), source.EndSpan);
        for (int i = 0; i < source.Instructions.Count; i++)
            Rewrite(source.Instructions[i], positions.Of(source, i));
        RewriteEnd(source);
    }

    private void ReceiveParameters(LirBlock entry)
    {
        for (int i = 0; i < function.Parameters.Length; i++)
        {
            if (function.Parameters[i] is var register and not LirRegister.None)
                moves.Add(PlaceAt(register, 0), Place.Of(LirRegister.FirstArgument + i), LirSource.OfRegister(register));
        }
        moves.Write(block, AllRegisters, entry.EndSpan);
        foreach (int register in function.Parameters)
        {
            if (register != LirRegister.None)
                StoreIfSpilled(register, 0, entry.EndSpan);
        }
    }

    private void Rewrite(LirInstruction instruction, int position)
    {
        WriteSplits(position, instruction.Span);
        if (instruction.Form == LirForm.Call)
            PassArguments(instruction, position);
        int definition = instruction.Definition == LirRegister.None ? 0 : RegisterAt(instruction.Definition, position + Positions.Write);
        Write(instruction, (Register)definition, Machine(instruction.First, position), Machine(instruction.Second, position));
        if (instruction.Definition != LirRegister.None)
            StoreIfSpilled(instruction.Definition, position + Positions.Write, instruction.Span);
    }

    private void Write(LirInstruction instruction, Register definition, Register first, Register second)
    {
        Instruction template = instruction.Template;
        if (instruction.Slot is { } slot && instruction.Form != LirForm.FrameAddress)
            template = template.WithOffset((short)(template.Offset + slot.Offset));
        if (instruction.IsTied && definition != first)
            Add(Instruction.Mov(definition, first), instruction);
        switch (instruction.Form)
        {
            case LirForm.Define or LirForm.Modify:
                Add(template.WithDst(definition), instruction);
                break;
            case LirForm.FrameAddress:
                Add(Instruction.Mov(definition, Register.R10), instruction);
                Add(template.WithConstant(template.Constant + instruction.Slot!.Offset).WithDst(definition), instruction);
                break;
            case LirForm.Convert when template == Instruction.Mov(Register.R0, Register.R0) && definition == first:
                break;
            case LirForm.Convert:
                Add(template.WithRegisters(definition, first), instruction);
                break;
            case LirForm.Combine:
                Add(template.WithRegisters(definition, second), instruction);
                break;
            case LirForm.Store:
                Add(template.WithRegisters(first, second), instruction);
                break;
            case LirForm.Fetch:
                Add(template.WithRegisters(second, definition), instruction);
                break;
            case LirForm.Call:
                Add(template, instruction);
                if (instruction.Definition != LirRegister.None && definition != Register.R0)
                    Add(Instruction.Mov(definition, Register.R0), instruction);
                break;
            default:
                throw new InvalidOperationException($"A {instruction.Form} does not stand inside a block.");
        }
    }

    // The values that live on over the call leave the registers that it takes while the arguments come in.
    private void PassArguments(LirInstruction call, int position)
    {
        CollectSplits(position + Positions.Clobber);
        for (int i = 0; i < call.Arguments.Length; i++)
            AddMove(Place.Of(LirRegister.FirstArgument + i), call.Arguments[i], position);
        uint arguments = ((1u << call.Arguments.Length) - 1) << LirRegister.FirstArgument;
        moves.Write(block, ClobberedRegisters & ~arguments, call.Span);
    }

    private void RewriteEnd(LirBlock source)
    {
        int position = positions.OfTerminator(source);
        WriteSplits(position, source.EndSpan);
        switch (source.End)
        {
            case LirEnd.Branch:
                LirInstruction test = source.Test!;
                block.Test = test.Template.WithRegisters(Machine(test.First, position), Machine(test.Second, position));
                break;
            case LirEnd.Return:
                AddMove(Place.Of(LirRegister.Result), source.Result, position);
                moves.Write(block, ClobberedRegisters, source.EndSpan);
                break;
            case LirEnd.Jump:
                MoveAlong(source, source.Successors[0], source.EndSpan);
                break;
        }
        block.End = source.End;
        block.EndSpan = source.EndSpan;
        block.Unlikely = source.UnlikelySuccessor;
        block.Successors = [.. source.Successors.Select(successor => blocks[successor.Index])];
    }

    // On an edge: to where the successor expects its values, and the inputs into its phis.
    private void MoveAlong(LirBlock from, LirBlock to, SourceSpan span)
    {
        int before = positions.EndOf(from) - 1;
        int after = positions.StartOf(to);
        uint free = AllRegisters;
        foreach (LiveValue value in liveness.LiveInto[to.Index])
        {
            LiveInterval old = value.PartAt(before);
            LiveInterval next = value.PartAt(after);
            if (old.Register >= 0)
                free &= ~(1u << old.Register);
            if (next.Register < 0)
                continue;
            free &= ~(1u << next.Register);
            AddMove(next, old);
        }
        int edge = to.Predecessors.IndexOf(from);
        foreach (LirPhi phi in to.Phis)
        {
            Place place = PlaceAt(phi.Definition, after);
            if (place.IsRegister)
                free &= ~(1u << place.Register);
            AddMove(place, phi.Inputs[edge], before);
            if (phi.Inputs[edge].IsRegister && PlaceAt(phi.Inputs[edge].Register, before) is { IsRegister: true } input)
                free &= ~(1u << input.Register);
        }
        moves.Write(block, free, span);
    }

    private void WriteSplits(int position, SourceSpan span)
    {
        CollectSplits(position);
        moves.Write(block, 0, span);
    }

    private void CollectSplits(int position)
    {
        while (splits.TryTake(position, out LiveInterval from, out LiveInterval to))
            AddMove(to, from);
    }

    private void AddMove(LiveInterval to, LiveInterval from) => AddMove(
        Place.Of(to.Register), LirSource.OfRegister(from.Value.VirtualRegister), from);

    private void AddMove(Place to, LirSource source, int position)
    {
        if (source.IsRegister)
            AddMove(to, source, liveness.Values[source.Register]!.PartAt(position));
        else
            moves.Add(to, null, source);
    }

    private void AddMove(Place to, LirSource source, LiveInterval from)
    {
        if (from.Register < 0 && from.Value.Repeatable is { } repeatable)
            moves.Add(to, null, Repeated(repeatable, source.Value));
        else
            moves.Add(to, from.Register < 0 ? Place.Of(from.Value.Slot!) : Place.Of(from.Register), source);
    }

    private static LirSource Repeated(LirInstruction repeatable, long added) => repeatable.Form == LirForm.FrameAddress
        ? LirSource.OfFrame(repeatable.Slot!, repeatable.Template.Constant + added)
        : LirSource.OfSymbol(repeatable.Template, added);

    private void StoreIfSpilled(int register, int position, SourceSpan span)
    {
        LiveValue value = liveness.Values[register]!;
        if (!value.IsSpilled || value.PartAt(position).Register is var machine && machine < 0)
            return;
        block.Add(
            Instruction.Store(MemorySize.DoubleWord, Register.R10, (short)value.Slot!.Offset, (Register)machine), span);
    }

    private Place PlaceAt(int register, int position)
    {
        LiveValue value = liveness.Values[register]!;
        LiveInterval part = value.PartAt(position);
        return part.Register < 0 ? Place.Of(value.Slot!) : Place.Of(part.Register);
    }

    private Register Machine(int register, int position) => register switch
    {
        LirRegister.None => default,
        LirRegister.FramePointer => Register.R10,
        _ => (Register)RegisterAt(register, position),
    };

    private int RegisterAt(int register, int position)
    {
        int machine = liveness.Values[register]!.PartAt(position).Register;
        return machine >= 0
            ? machine
            : throw new InvalidOperationException($"{function.Name}: a value is needed in a register at {position} and has none.");
    }

    private void Add(Instruction instruction, LirInstruction origin) =>
        block.Lines.Add(new CodeLine(instruction, origin.Span, origin.Accesses));
}
