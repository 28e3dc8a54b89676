using Imker.Bytecode;
using Imker.Verifier.Code;
using Imker.Verifier.State;

namespace Imker.Verifier.Pruning;

/// <summary>
/// Marks, back along a path, the numbers that a check relied on (kernel: <c>mark_chain_precision</c>). Numbers that no check relied on may
/// differ between states that cover each other.
/// </summary>
internal sealed class Precision(ProgramCode code)
{
    private readonly ushort[] wanted = new ushort[ProgramState.MaxFrames];
    private readonly ulong[] wantedSlots = new ulong[ProgramState.MaxFrames];
    private int frame;

    /// <summary>A check relied on a register of the frame that runs.</summary>
    public void MarkRegister(ProgramState state, int register)
    {
        Clear(state);
        if (!state.Registers[register].IsScalar)
            return;
        wanted[frame] = (ushort)(1 << register);
        Walk(state);
    }

    /// <summary>A check relied on what a slot of a stack holds.</summary>
    public void MarkSlot(ProgramState state, int ofFrame, int slot)
    {
        Clear(state);
        wantedSlots[ofFrame] = 1UL << slot;
        Walk(state);
    }

    /// <summary>What was relied on in a state that covers this one is relied on here too; whether anything was new.</summary>
    public bool TakeOver(ProgramState from, ProgramState to)
    {
        Clear(to);
        bool any = false;
        for (int i = 0; i <= from.Current; i++)
        {
            FrameState before = from.Frames[i], after = to.Frames[i];
            for (int r = 0; r < 10; r++)
            {
                if (before.Registers[r] is { IsScalar: true, IsPrecise: true } && after.Registers[r].IsScalar)
                    wanted[i] |= (ushort)(1 << r);
            }
            int slots = Math.Min(before.Depth, after.Depth) / FrameState.SlotSize;
            for (int s = 0; s < slots; s++)
            {
                if (before.IsSpill(s) && before.Spills[s] is { IsScalar: true, IsPrecise: true })
                    wantedSlots[i] |= 1UL << s;
            }
            any |= wanted[i] != 0 || wantedSlots[i] != 0;
        }
        return any && Walk(to);
    }

    private void Clear(ProgramState state)
    {
        Array.Clear(wanted);
        Array.Clear(wantedSlots);
        frame = state.Current;
    }

    private bool IsDone()
    {
        for (int i = 0; i < wanted.Length; i++)
        {
            if (wanted[i] != 0 || wantedSlots[i] != 0)
                return false;
        }
        return true;
    }

    private bool Walk(ProgramState from)
    {
        bool isNew = false;
        int following = from.At;
        for (ProgramState? state = from; ; state = state.Parent)
        {
            for (int i = state.Steps.Count - 1; i >= 0; i--)
            {
                Step step = state.Steps[i];
                Sync(step.Linked);
                if (step.Linked == Step.AllLinked || !StepBack(step, following))
                {
                    MarkAll(from);
                    return true;
                }
                Sync(step.Linked);
                if (IsDone())
                    return isNew;
                following = step.Slot;
            }
            if (state.Parent is null)
                return isNew;
            isNew |= MarkIn(state.Parent);
            if (IsDone())
                return isNew;
        }
    }

    private void Sync(ushort linked)
    {
        if (linked != Step.AllLinked && (wanted[frame] & linked) != 0)
            wanted[frame] |= linked;
    }

    /// <summary>Marks what is wanted in a stored state, and wants no more what is marked there already.</summary>
    private bool MarkIn(ProgramState state)
    {
        bool isNew = false;
        for (int i = 0; i <= state.Current; i++)
        {
            FrameState of = state.Frames[i];
            for (int r = 0; r < 10; r++)
            {
                if ((wanted[i] & 1 << r) == 0)
                    continue;
                if (!of.Registers[r].IsScalar || of.Registers[r].IsPrecise)
                    wanted[i] &= (ushort)~(1 << r);
                else
                    isNew = of.Registers[r].IsPrecise = true;
            }
            for (int s = 0; wantedSlots[i] != 0 && s < 64; s++)
            {
                if ((wantedSlots[i] & 1UL << s) == 0)
                    continue;
                bool isNumber = (s + 1) * FrameState.SlotSize <= of.Depth && of.IsSpill(s) && of.Spills[s].IsScalar;
                if (!isNumber || of.Spills[s].IsPrecise)
                    wantedSlots[i] &= ~(1UL << s);
                else
                    isNew = of.Spills[s].IsPrecise = true;
            }
        }
        for (int i = state.Current + 1; i < wanted.Length; i++)
        {
            wanted[i] = 0;
            wantedSlots[i] = 0;
        }
        return isNew;
    }

    private static void MarkAll(ProgramState from)
    {
        for (ProgramState? state = from.Parent; state is not null; state = state.Parent)
        {
            for (int i = 0; i <= state.Current; i++)
            {
                FrameState of = state.Frames[i];
                for (int r = 0; r < 10; r++)
                    of.Registers[r].IsPrecise |= of.Registers[r].IsScalar;
                for (int s = 0; s < of.Depth / FrameState.SlotSize; s++)
                    of.Spills[s].IsPrecise |= of.IsSpill(s) && of.Spills[s].IsScalar;
            }
        }
    }

    /// <summary>What has to be known before an instruction so that what is wanted is known behind it; false where that is not told.</summary>
    private bool StepBack(in Step step, int following)
    {
        Instruction instruction = code[step.Slot];
        int dst = 1 << (int)instruction.Dst, src = 1 << instruction.SrcField;
        switch (instruction.Class)
        {
            case InstructionClass.Alu or InstructionClass.Alu64:
                BackOverArithmetic(instruction, dst, src);
                return true;
            case InstructionClass.Ldx:
                BackOverLoad(step, dst);
                return true;
            case InstructionClass.St:
                wantedSlots[step.StackFrame] &= step.StackPlace == 0 ? ulong.MaxValue : ~(1UL << step.StackSlot);
                return true;
            case InstructionClass.Stx:
                return BackOverStore(instruction, step, dst, src);
            case InstructionClass.Ld:
                wanted[frame] &= (ushort)~(instruction.IsWideLoad ? dst : 1);
                return true;
            default:
                return BackOverJump(instruction, step.Slot, following, dst, src);
        }
    }

    private void BackOverArithmetic(in Instruction instruction, int dst, int src)
    {
        if ((wanted[frame] & dst) == 0)
            return;
        int code = instruction.Opcode & 0xf0;
        if (code == 0xb0)
            wanted[frame] &= (ushort)~dst;
        if (instruction.UsesSourceRegister && code != 0xd0 && instruction.SrcField != 10)
            wanted[frame] |= (ushort)src;
    }

    private void BackOverLoad(in Step step, int dst)
    {
        if ((wanted[frame] & dst) == 0)
            return;
        wanted[frame] &= (ushort)~dst;
        if (step.StackPlace != 0)
            wantedSlots[step.StackFrame] |= 1UL << step.StackSlot;
    }

    private bool BackOverStore(in Instruction instruction, in Step step, int dst, int src)
    {
        if (instruction.Mode == MemoryMode.Atomic)
        {
            var operation = (AtomicOperation)instruction.Constant;
            if (operation == AtomicOperation.LoadAcquire)
            {
                BackOverLoad(step, dst);
                return true;
            }
            if (operation != AtomicOperation.StoreRelease)
            {
                // What it fetches is unknown, and so is what it leaves.
                if (operation == AtomicOperation.CompareExchange)
                    wanted[frame] &= unchecked((ushort)~1);
                else if (((int)operation & 1) != 0)
                    wanted[frame] &= (ushort)~src;
                if (step.StackPlace != 0)
                    wantedSlots[step.StackFrame] &= ~(1UL << step.StackSlot);
                return true;
            }
        }
        if (step.StackPlace == 0 || (wantedSlots[step.StackFrame] & 1UL << step.StackSlot) == 0)
            return true;
        wantedSlots[step.StackFrame] &= ~(1UL << step.StackSlot);
        wanted[frame] |= (ushort)src;
        return true;
    }

    private bool BackOverJump(in Instruction instruction, int slot, int following, int dst, int src)
    {
        if (instruction.IsExit)
            return BackIntoCallee(following);
        if (instruction.IsCall)
            return BackOverCall(slot, following);
        if (!instruction.IsConditionalJump || !instruction.UsesSourceRegister)
            return true;
        int both = dst | src;
        if ((wanted[frame] & both) != 0)
            wanted[frame] |= (ushort)both;
        return true;
    }

    private bool BackIntoCallee(int following)
    {
        if (frame + 1 >= ProgramState.MaxFrames)
            return false;
        // Behind a call of a function comes its result; a callback goes back to the call that runs it.
        bool isResultWanted = following > 0 && code.OperandAt(following - 1) is Subprogram && code[following - 1].IsCall && (wanted[frame] & 1) != 0;
        if (isResultWanted)
            wanted[frame] &= unchecked((ushort)~1);
        frame++;
        wanted[frame] = isResultWanted ? (ushort)1 : (ushort)0;
        wantedSlots[frame] = 0;
        return true;
    }

    private bool BackOverCall(int slot, int following)
    {
        const ushort Arguments = 0b11_1110;
        bool entersCallee = code.OperandAt(slot) is Subprogram called ? following == called.Start && !called.IsGlobal : following >= 0 && following != slot + 1 && code.FunctionThatStartsAt(following) is not null;
        if (!entersCallee)
        {
            wanted[frame] &= unchecked((ushort)~1);
            return (wanted[frame] & Arguments) == 0;
        }
        if (frame == 0)
            return false;
        ushort passed = wanted[frame];
        if (code.OperandAt(slot) is not Subprogram)
        {
            // What a callback is given are not the registers of the call.
            wanted[frame] = 0;
            wantedSlots[frame] = 0;
            frame--;
            return true;
        }
        if ((passed & ~Arguments) != 0)
            return false;
        wanted[frame] = 0;
        wantedSlots[frame] = 0;
        frame--;
        wanted[frame] |= passed;
        return true;
    }
}
