using Imker.Bytecode;
using Imker.Compiler.Emission;
using Imker.Compiler.Lir;
using Imker.Diagnostics;

namespace Imker.Compiler.Allocation;

/// <summary>
/// Puts moves that happen at once into an order in which none overwrites what another still reads. Pointers are only ever moved whole:
/// the kernel's verifier would not know them again after arithmetic.
/// </summary>
internal sealed class ParallelMoves(Frame frame)
{
    private readonly List<Move> pending = [];
    private CodeBlock block = new("");
    private SourceSpan span;
    private uint free;
    private FrameSlot? exchange;
    private FrameSlot? borrow;

    /// <summary>Nothing to be moved.</summary>
    public bool IsEmpty => pending.Count == 0;

    public void Add(Place to, Place? from, LirSource source)
    {
        var move = new Move(to, from, source);
        if (!move.IsNothing)
            pending.Add(move);
    }

    /// <summary>Writes the moves collected so far.</summary>
    /// <param name="target">Gets the instructions at its end.</param>
    /// <param name="freeRegisters">A bit for each register that holds nothing before and after.</param>
    /// <param name="source">What they belong to.</param>
    public void Write(CodeBlock target, uint freeRegisters, SourceSpan source)
    {
        block = target;
        span = source;
        free = freeRegisters;
        foreach (Move move in pending)
            free &= ~(Bit(move.To) | Bit(move.From));
        while (pending.Count > 0)
        {
            int ready = pending.FindIndex(move => !IsReadByOthers(move));
            if (ready < 0)
            {
                BreakCycle();
                continue;
            }
            Move next = pending[ready];
            pending.RemoveAt(ready);
            Write(next);
        }
    }

    private bool IsReadByOthers(Move move)
    {
        foreach (Move other in pending)
        {
            if (other.From == move.To && other != move)
                return true;
        }
        return false;
    }

    // What the first move overwrites is put aside, and read from there.
    private void BreakCycle()
    {
        Place saved = pending[0].To;
        Place aside = free != 0 ? Place.Of(TakeFree()) : Place.Of(exchange ??= frame.AddSpill());
        Write(new Move(aside, saved, LirSource.OfRegister(LirRegister.None)));
        for (int i = 0; i < pending.Count; i++)
        {
            if (pending[i].From == saved)
                pending[i] = pending[i] with { From = aside };
        }
    }

    private int TakeFree()
    {
        int register = System.Numerics.BitOperations.TrailingZeroCount(free);
        free &= free - 1;
        return register;
    }

    private void Write(Move move)
    {
        if (move.To.IsRegister)
            Load((Register)move.To.Register, move);
        else if (move.From is { IsRegister: true } from && move.Source.Value == 0)
            Store(move.To.Slot!, (Register)from.Register);
        else if (move.Source.Kind == LirSourceKind.Constant && Constants.FitsSigned(move.Source.Value))
            Add(Instruction.StoreConstant(MemorySize.DoubleWord, Register.R10, Offset(move.To.Slot!), (int)move.Source.Value));
        else
            WriteThroughRegister(move);
    }

    private void WriteThroughRegister(Move move)
    {
        uint available = free & ~Bit(move.From);
        if (available != 0)
        {
            var register = (Register)System.Numerics.BitOperations.TrailingZeroCount(available);
            Load(register, move);
            Store(move.To.Slot!, register);
            return;
        }
        Register borrowed = move.From is { IsRegister: true, Register: 0 } ? Register.R1 : Register.R0;
        borrow ??= frame.AddSpill();
        Store(borrow, borrowed);
        Load(borrowed, move);
        Store(move.To.Slot!, borrowed);
        Add(Instruction.Load(MemorySize.DoubleWord, borrowed, Register.R10, Offset(borrow)));
    }

    private void Load(Register register, Move move)
    {
        LirSource source = move.Source;
        switch (source.Kind)
        {
            case LirSourceKind.Constant:
                Add(Constants.Load(register, source.Value));
                return;
            case LirSourceKind.Symbol:
                Add(source.Symbol.WithDst(register));
                AddConstant(register, source.Value);
                return;
            case LirSourceKind.Frame:
                Add(Instruction.Mov(register, Register.R10));
                AddConstant(register, source.Slot!.Offset + source.Value);
                return;
            default:
                LoadPlace(register, move.From!.Value);
                AddConstant(register, source.Value);
                return;
        }
    }

    private void LoadPlace(Register register, Place from)
    {
        if (!from.IsRegister)
            Add(Instruction.Load(MemorySize.DoubleWord, register, Register.R10, Offset(from.Slot!)));
        else if (from.Register != (int)register)
            Add(Instruction.Mov(register, (Register)from.Register));
    }

    private void AddConstant(Register register, long value)
    {
        if (value != 0)
            Add(Instruction.Alu(AluOperation.Add, register, checked((int)value)));
    }

    private void Store(FrameSlot slot, Register register) =>
        Add(Instruction.Store(MemorySize.DoubleWord, Register.R10, Offset(slot), register));

    private void Add(Instruction instruction) => block.Add(instruction, span);

    private static short Offset(FrameSlot slot) => (short)slot.Offset;

    private static uint Bit(Place? place) => place is { IsRegister: true } register ? 1u << register.Register : 0;
}
