using Imker.Bytecode;
using Imker.Verifier.Domain;
using Imker.Verifier.State;

namespace Imker.Verifier.Transfer;

internal sealed partial class Analysis
{
    private void WriteStack(in RegisterState pointer, Register name, int offset, int size, in RegisterState value, Register? valueName)
    {
        CheckStackAlignment(pointer, offset, size);
        CheckStackBounds(pointer, name, offset, size, isWrite: true);
        FrameState of = state.Frames[pointer.Frame];
        if (!pointer.Number.IsConstant)
        {
            WriteStackSomewhere(of, pointer, offset, size, value);
            return;
        }
        int at = (int)(pointer.Offset + pointer.Number.Value) + offset;
        of.Grow(at);
        DestroyObjects(of, at, size);
        stackPlace = Step.PlaceOf(pointer.Frame, FrameState.SlotOf(at));
        if (value.IsPointer && size != FrameState.SlotSize)
            Fail(VerifierDiagnosticId.StackAccess, $"invalid size of register spill: {Describe(value)} has 8 bytes, {size} are stored");
        if (value.IsPointer && state.Current != pointer.Frame && value.Kind == RegisterKind.Stack && value.Frame == state.Current)
            Fail(VerifierDiagnosticId.StackAccess, "cannot spill pointers to stack into stack frame of the caller");
        bool isSpill = at % FrameState.SlotSize == 0 && (size == FrameState.SlotSize || value.IsScalar && target.IsPrivileged);
        if (isSpill && (value.IsPointer || valueName is not null || value.Number.IsConstant))
            Spill(of, at, size, value, valueName);
        else
            WriteData(of, at, size, value);
    }

    private void Spill(FrameState of, int at, int size, in RegisterState value, Register? valueName)
    {
        int spilled = FrameState.SlotOf(at);
        RegisterState saved = value;
        if (value.IsScalar && valueName is { } from)
        {
            bool fits = size == 8 || value.Number.Whole.UMax <= Widths.Mask(size * 8);
            // A copy in the stack learns with the register.
            if (fits && !value.Number.IsConstant)
            {
                GiveId(ref registers[(int)from]);
                saved = registers[(int)from];
            }
            if (!fits)
                ForgetCopies(ref saved);
        }
        if (size < FrameState.SlotSize)
        {
            saved.Number = ScalarArithmetic<Width64>.Truncate(saved.Number, size * 8);
            // The upper bytes of what was there before are no part of a register any more.
            if (of.IsSpill(spilled))
                ForgetSpill(of, spilled);
        }
        of.Spills[spilled] = saved;
        for (int b = -at - 1; b > -at - 1 - size; b--)
            of.Bytes[b] = (byte)SlotKind.Spill;
    }

    private void WriteData(FrameState of, int at, int size, in RegisterState value)
    {
        SlotKind kind = value.IsScalar && value.Number.IsZero ? SlotKind.Zero : SlotKind.Data;
        if (kind == SlotKind.Zero && code[slot].Class == InstructionClass.Stx)
            precision.MarkRegister(state, (int)code[slot].Src);
        for (int touched = FrameState.SlotOf(at + size - 1); touched <= FrameState.SlotOf(at); touched++)
        {
            if (of.IsSpill(touched))
                ForgetSpill(of, touched);
        }
        for (int b = 0; b < size; b++)
            of.Bytes[-(at + b) - 1] = (byte)kind;
    }

    /// <summary>A spilled register that is overwritten in part is data.</summary>
    private static void ForgetSpill(FrameState of, int spilled)
    {
        for (int b = spilled * FrameState.SlotSize; b < (spilled + 1) * FrameState.SlotSize; b++)
        {
            if (of.Bytes[b] == (byte)SlotKind.Spill)
                of.Bytes[b] = (byte)SlotKind.Data;
        }
        of.Spills[spilled] = default;
    }

    // Every byte that may be written is data afterwards, where it was not zero and zero is written.
    private void WriteStackSomewhere(FrameState of, in RegisterState pointer, int offset, int size, in RegisterState value)
    {
        int first = (int)(pointer.Offset + pointer.Number.Whole.SMin) + offset, last = (int)(pointer.Offset + pointer.Number.Whole.SMax) + offset + size;
        of.Grow(first);
        DestroyObjects(of, first, last - first);
        bool isZero = value.IsScalar && value.Number.IsZero;
        if (isZero && code[slot].Class == InstructionClass.Stx)
            precision.MarkRegister(state, (int)code[slot].Src);
        for (int at = first; at < last; at++)
        {
            int touched = FrameState.SlotOf(at);
            var was = (SlotKind)of.Bytes[-at - 1];
            if (!target.IsPrivileged && was is not (SlotKind.Data or SlotKind.Zero or SlotKind.Unset))
                Fail(VerifierDiagnosticId.StackAccess, $"spilled pointer may be overwritten by a write at a variable offset, prohibited for !root");
            if (was == SlotKind.Spill)
            {
                bool isZeroSpill = isZero && of.Spills[touched] is { IsScalar: true, Number.IsZero: true };
                if (isZeroSpill)
                {
                    for (int b = touched * FrameState.SlotSize; b < (touched + 1) * FrameState.SlotSize; b++)
                        of.Bytes[b] = of.Bytes[b] == (byte)SlotKind.Spill ? (byte)SlotKind.Zero : of.Bytes[b];
                    continue;
                }
                ForgetSpill(of, touched);
            }
            if (was == SlotKind.Unset && !target.IsPrivileged)
                Fail(VerifierDiagnosticId.StackAccess, $"uninit stack range write at a variable offset, prohibited for !root");
            of.Bytes[-at - 1] = (byte)(isZero && was == SlotKind.Zero ? SlotKind.Zero : SlotKind.Data);
        }
    }

    private RegisterState ReadStack(in RegisterState pointer, Register name, int offset, int size)
    {
        CheckStackAlignment(pointer, offset, size);
        CheckStackBounds(pointer, name, offset, size, isWrite: false);
        FrameState of = state.Frames[pointer.Frame];
        if (!pointer.Number.IsConstant)
            return ReadStackSomewhere(of, pointer, name, offset, size);
        int at = (int)(pointer.Offset + pointer.Number.Value) + offset;
        of.Grow(at);
        stackPlace = Step.PlaceOf(pointer.Frame, FrameState.SlotOf(at));
        int filled = FrameState.SlotOf(at);
        if (of.IsSpill(filled) && (-at - 1) % FrameState.SlotSize == FrameState.SlotSize - 1)
            return Fill(of, filled, at, size);
        return ReadBytes(of, name, at, size);
    }

    private RegisterState Fill(FrameState of, int filled, int at, int size)
    {
        ref RegisterState spilled = ref of.Spills[filled];
        int spilledSize = 1;
        while (spilledSize < FrameState.SlotSize && of.Bytes[(filled + 1) * FrameState.SlotSize - 1 - spilledSize] == (byte)SlotKind.Spill)
            spilledSize++;
        if (size == FrameState.SlotSize && spilledSize == FrameState.SlotSize)
            return spilled;
        if (!spilled.IsScalar)
        {
            if (size != 8)
                RefusePartialFill(spilled);
            return RegisterState.UnknownScalar;
        }
        if (size > spilledSize)
            return ReadMixed(of, at, size);
        RegisterState loaded = spilled;
        if (size < spilledSize && spilled.Number.Whole.UMax > Widths.Mask(size * 8))
            ForgetCopies(ref loaded);
        return loaded;
    }

    private void RefusePartialFill(in RegisterState spilled)
    {
        if (!target.IsPrivileged)
            Fail(VerifierDiagnosticId.StackAccess, $"corrupted spill memory: a part of {Describe(spilled)} is loaded");
        if (spilled.IsPointer)
            Fail(VerifierDiagnosticId.StackAccess, $"invalid size of register fill: {Describe(spilled)} has 8 bytes");
    }

    private RegisterState ReadBytes(FrameState of, Register name, int at, int size)
    {
        if (size == 8 && at % FrameState.SlotSize == 0)
            return ReadMixed(of, at, size);
        int touched = FrameState.SlotOf(at);
        if (of.IsSpill(touched) && of.Spills[touched].IsPointer && of[at] == SlotKind.Spill)
        {
            RefusePartialFill(of.Spills[touched]);
            return RegisterState.UnknownScalar;
        }
        _ = name;
        return ReadMixed(of, at, size);
    }

    // Zeros stay zeros; of the rest nothing is known.
    private RegisterState ReadMixed(FrameState of, int at, int size)
    {
        bool isZero = true;
        for (int b = 0; b < size; b++)
        {
            SlotKind kind = of[at + b];
            bool isZeroByte = kind == SlotKind.Zero || kind == SlotKind.Spill && of.Spills[FrameState.SlotOf(at + b)] is { IsScalar: true, Number.IsZero: true };
            isZero &= isZeroByte;
            if (kind == SlotKind.Unset && !target.IsPrivileged || kind is SlotKind.Dynptr or SlotKind.Iterator or SlotKind.IrqFlag || kind == SlotKind.Unset && !MayReadUnset)
                Fail(VerifierDiagnosticId.StackAccess, $"invalid read from stack off {at}+{b} size {size}: byte {at + b} of the stack {(kind == SlotKind.Unset ? "has never been written" : "is part of a " + kind.ToString().ToLowerInvariant())}");
        }
        return isZero ? RegisterState.Constant(0) : RegisterState.UnknownScalar;
    }

    // Kernels since 6.3 let privileged programs read what was never written.
    private bool MayReadUnset => target.IsPrivileged && target.Has(6, 3) && !target.IsMachine;

    private RegisterState ReadStackSomewhere(FrameState of, in RegisterState pointer, Register name, int offset, int size)
    {
        if (!target.IsPrivileged)
            Fail(VerifierDiagnosticId.StackAccess, $"{Name(name)} variable offset stack access prohibited for !root");
        int first = (int)(pointer.Offset + pointer.Number.Whole.SMin) + offset, last = (int)(pointer.Offset + pointer.Number.Whole.SMax) + offset + size;
        CheckStackInitialized(of, name, first, last - first, isRaw: false, "variable-offset read");
        bool isZero = true;
        for (int at = first; at < last; at++)
            isZero &= of[at] == SlotKind.Zero;
        return isZero ? RegisterState.Constant(0) : RegisterState.UnknownScalar;
    }

    private void CheckStackAlignment(in RegisterState pointer, int offset, int size)
    {
        if (!IsAligned(pointer, offset, size))
            Fail(VerifierDiagnosticId.Alignment, $"misaligned stack access off {pointer.Number.Known}+{pointer.Offset}+{offset} size {size}: accesses of the stack have to be aligned");
    }

    // Kernel: check_stack_access_within_bounds.
    private void CheckStackBounds(in RegisterState pointer, Register name, int offset, long size, bool isWrite)
    {
        long first, last;
        string what = isWrite ? "write to" : "read from";
        if (pointer.Number.IsConstant)
        {
            first = pointer.Number.Value + pointer.Offset + offset;
            last = first + size;
        }
        else
        {
            if (pointer.Number.Whole.SMax >= FarthestOffset || pointer.Number.Whole.SMin <= -FarthestOffset)
                Fail(VerifierDiagnosticId.StackAccess, $"invalid unbounded variable-offset {what} stack {Name(name)}: the offset is {pointer.Number}");
            first = pointer.Number.Whole.SMin + pointer.Offset + offset;
            last = pointer.Number.Whole.SMax + pointer.Offset + offset + size;
        }
        if (first >= -FrameState.StackSize && first < 0 && last <= 0 && size >= 0)
            return;
        string where = pointer.Number.IsConstant ? $"off={first} size={size}" : $"var_off={pointer.Number.Known} off={offset} size={size}";
        Fail(VerifierDiagnosticId.StackAccess, $"invalid {(pointer.Number.IsConstant ? "" : "variable-offset ")}{what} stack {Name(name)} {where}: the stack has the bytes -{FrameState.StackSize}..-1, {first}..{last - 1} are accessed");
    }

    /// <summary>Whether what a helper is to read of the stack has been written (kernel: <c>check_stack_range_initialized</c>).</summary>
    /// <param name="isRaw">The helper writes it.</param>
    private void CheckStackInitialized(FrameState of, Register name, int first, int size, bool isRaw, string what)
    {
        of.Grow(first);
        for (int at = first; at < first + size; at++)
        {
            SlotKind kind = of[at];
            int touched = FrameState.SlotOf(at);
            if (kind is SlotKind.Dynptr or SlotKind.Iterator or SlotKind.IrqFlag && !isRaw)
                Fail(VerifierDiagnosticId.StackAccess, $"potential write to {kind.ToString().ToLowerInvariant()} at off={at}: {what} of stack {Name(name)}");
            if (isRaw)
                continue;
            if (kind == SlotKind.Spill && of.Spills[touched].IsPointer && !target.IsPrivileged || kind == SlotKind.Unset && !MayReadUnset)
                Fail(VerifierDiagnosticId.StackAccess, $"invalid {what} of stack {Name(name)} off {first}+{at - first} size {size}: byte {at} {(kind == SlotKind.Unset ? "has never been written" : "holds a pointer")}");
        }
    }
}
