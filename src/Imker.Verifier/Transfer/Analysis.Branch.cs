using Imker.Bytecode;
using Imker.Verifier.Domain;
using Imker.Verifier.State;

namespace Imker.Verifier.Transfer;

internal sealed partial class Analysis
{
    private int Branch(in Instruction instruction)
    {
        bool isLow = instruction.Class == InstructionClass.Jmp32;
        if (instruction.UsesSourceRegister)
            Read(instruction.Src);
        ref RegisterState dst = ref Read(instruction.Dst);
        RegisterState constant = instruction.UsesSourceRegister ? default : RegisterState.Constant(isLow ? (uint)instruction.Constant : instruction.Constant);
        ref RegisterState src = ref instruction.UsesSourceRegister ? ref registers[(int)instruction.Src] : ref constant;
        if (!target.IsPrivileged && (dst.IsPointer && !IsNullTest(instruction) || src.IsPointer) && !ArePacketBounds(dst, src))
            Fail(VerifierDiagnosticId.PointerArithmetic, $"{Name(dst.IsPointer ? instruction.Dst : instruction.Src)} pointer comparison prohibited");

        if (Decide(instruction, dst, src, isLow) is { } isTaken)
        {
            if (dst.IsScalar)
                precision.MarkRegister(state, (int)instruction.Dst);
            if (instruction.UsesSourceRegister && src.IsScalar)
                precision.MarkRegister(state, (int)instruction.Src);
            return isTaken ? code.JumpTarget(slot) : slot + 1;
        }
        if (dst.IsScalar && src.IsScalar)
            return BranchOnNumbers(instruction, isLow);
        return BranchOnPointers(instruction, isLow);
    }

    private static bool IsNullTest(in Instruction instruction) =>
        !instruction.UsesSourceRegister && instruction.Constant == 0 && instruction.Condition is JumpCondition.Equal or JumpCondition.NotEqual;

    private static bool ArePacketBounds(in RegisterState a, in RegisterState b) =>
        a.IsPacket && (b.Kind == RegisterKind.PacketEnd || b.Kind == RegisterKind.Packet) || b.IsPacket && (a.Kind == RegisterKind.PacketEnd || a.Kind == RegisterKind.Packet);

    private bool? Decide(in Instruction instruction, in RegisterState dst, in RegisterState src, bool isLow)
    {
        if (dst.IsScalar && src.IsScalar)
            return ScalarArithmetic<Width64>.Decide(instruction.Condition, dst.Number, src.Number, isLow);
        if (isLow)
            return null;
        if (dst.IsPacket && src.Kind == RegisterKind.PacketEnd || dst.Kind == RegisterKind.PacketEnd && src.IsPacket)
            return DecidePacketEnd(instruction.Condition, dst, src);
        // A pointer that cannot be null is not equal to 0.
        bool isTest = instruction.Condition is JumpCondition.Equal or JumpCondition.NotEqual
            && (dst.IsPointer && src.IsScalar && src.Number.IsZero && IsNeverNull(dst) || src.IsPointer && dst.IsScalar && dst.Number.IsZero && IsNeverNull(src));
        return isTest ? instruction.Condition == JumpCondition.NotEqual : null;
    }

    // Kernel: reg_not_null.
    private static bool IsNeverNull(in RegisterState pointer)
    {
        if (pointer.MayBeNull)
            return false;
        return pointer.Kind is RegisterKind.Socket or RegisterKind.TcpSocket or RegisterKind.MapValue or RegisterKind.MapKey or RegisterKind.SocketCommon
            or RegisterKind.Stack or RegisterKind.Map
            || pointer.Kind == RegisterKind.Btf && pointer.Has(PointerFlags.Trusted | PointerFlags.Allocated)
            || pointer.Kind == RegisterKind.Memory && !pointer.Has(PointerFlags.Untrusted) && pointer.Has(PointerFlags.RingBuffer);
    }

    private int BranchOnNumbers(in Instruction instruction, bool isLow)
    {
        int taken = code.JumpTarget(slot);
        JumpCondition condition = instruction.Condition;
        RegisterState left = registers[(int)instruction.Dst];
        RegisterState right = instruction.UsesSourceRegister
            ? registers[(int)instruction.Src]
            : RegisterState.Constant(isLow ? (uint)instruction.Constant : instruction.Constant);
        RegisterState leftTaken = left, rightTaken = right;
        bool isSame = instruction.UsesSourceRegister && instruction.Dst == instruction.Src;
        ScalarArithmetic<Width64>.Refine(condition, held: true, ref leftTaken.Number, ref rightTaken.Number, isLow);
        ScalarArithmetic<Width64>.Refine(condition, held: false, ref left.Number, ref right.Number, isLow);
        bool mayTake = isSame || !leftTaken.Number.IsEmpty && !rightTaken.Number.IsEmpty, mayFall = isSame || !left.Number.IsEmpty && !right.Number.IsEmpty;
        if (!mayTake || !mayFall)
        {
            // Deduced where the decision before could not: this relies on both numbers.
            precision.MarkRegister(state, (int)instruction.Dst);
            if (instruction.UsesSourceRegister)
                precision.MarkRegister(state, (int)instruction.Src);
            if (!mayTake && !mayFall)
                throw Refuse(VerifierDiagnosticId.ControlFlow, "neither side of the branch can be reached");
        }
        NoteLinked(instruction);
        if (mayTake && mayFall)
        {
            ProgramState other = SetAside(taken);
            other.Steps.Add(new Step(slot, 0, linked));
            if (!isSame)
                Learn(other, instruction, leftTaken, rightTaken);
        }
        else if (mayTake)
        {
            Learn(state, instruction, leftTaken, rightTaken);
            return taken;
        }
        if (!isSame)
            Learn(state, instruction, left, right);
        return slot + 1;
    }

    private void Learn(ProgramState of, in Instruction instruction, in RegisterState left, in RegisterState right)
    {
        of.Registers[(int)instruction.Dst].Number = left.Number;
        LinkedNumbers.Spread(of, of.Registers[(int)instruction.Dst]);
        if (!instruction.UsesSourceRegister)
            return;
        of.Registers[(int)instruction.Src].Number = right.Number;
        LinkedNumbers.Spread(of, of.Registers[(int)instruction.Src]);
    }

    // Which registers learn together from this branch: to rely on one is to rely on all.
    private void NoteLinked(in Instruction instruction)
    {
        ushort together = LinkedNumbers.Find(state, registers[(int)instruction.Dst]);
        if (instruction.UsesSourceRegister && together != Step.AllLinked)
        {
            ushort other = LinkedNumbers.Find(state, registers[(int)instruction.Src]);
            together = other == Step.AllLinked ? other : (ushort)(together | other);
        }
        linked = together;
    }

    private int BranchOnPointers(in Instruction instruction, bool isLow)
    {
        int taken = code.JumpTarget(slot);
        ProgramState other = SetAside(taken);
        other.Steps.Add(new Step(slot, 0, 0));
        ref RegisterState dst = ref registers[(int)instruction.Dst];
        if (isLow)
            return slot + 1;
        if (!instruction.UsesSourceRegister && instruction.Constant == 0 && instruction.Condition is JumpCondition.Equal or JumpCondition.NotEqual && dst.MayBeNull)
        {
            bool isNullTaken = instruction.Condition == JumpCondition.Equal;
            RegisterState tested = dst;
            ResolveNull(other, tested, isNullTaken);
            ResolveNull(state, tested, !isNullTaken);
            return slot + 1;
        }
        if (!instruction.UsesSourceRegister)
            return slot + 1;
        RegisterState left = dst, right = registers[(int)instruction.Src];
        if (instruction.Condition is JumpCondition.Equal or JumpCondition.NotEqual)
            LearnFromEqualPointers(instruction, other, left, right);
        else
            LearnPacketRange(instruction, other, left, right);
        return slot + 1;
    }

    // What equals a pointer that is not null is not null (kernel 6.2), unless it may fault where it is used.
    private void LearnFromEqualPointers(in Instruction instruction, ProgramState other, in RegisterState left, in RegisterState right)
    {
        ProgramState equal = instruction.Condition == JumpCondition.Equal ? other : state;
        if (!target.Has(6, 2) || left.IsScalar || right.IsScalar || left.Kind == RegisterKind.Btf || right.Kind == RegisterKind.Btf || left.MayBeNull == right.MayBeNull)
            return;
        ResolveNull(equal, left.MayBeNull ? left : right, isNull: false);
    }

    /// <summary>What was learned of one pointer that may be null holds for all with its number (kernel: <c>mark_ptr_or_null_regs</c>).</summary>
    private static void ResolveNull(ProgramState of, RegisterState tested, bool isNull)
    {
        if (isNull && tested.ReferenceId != 0 && tested.ReferenceId == tested.Id)
            of.References.RemoveAll(reference => reference.Id == tested.Id);
        for (int i = 0; i <= of.Current; i++)
        {
            FrameState frame = of.Frames[i];
            for (int r = 0; r < 10; r++)
                ResolveNull(ref frame.Registers[r], tested.Id, isNull);
            for (int s = 0; s < frame.Depth / FrameState.SlotSize; s++)
            {
                if (frame.IsWholeSpill(s))
                    ResolveNull(ref frame.Spills[s], tested.Id, isNull);
            }
        }
    }

    private static void ResolveNull(ref RegisterState register, int id, bool isNull)
    {
        if (!register.MayBeNull || register.Id != id || register.IsScalar)
            return;
        if (isNull)
        {
            register = RegisterState.Constant(0);
            return;
        }
        register.Flags &= ~PointerFlags.MayBeNull;
        // The number tells locks of one object from those of another.
        bool keepsId = register.Kind == RegisterKind.MapValue && HasLock(register) || register.Has(PointerFlags.NonOwning);
        if (!keepsId)
            register.Id = 0;
        if (register.Kind == RegisterKind.MapValue && register.Target is Code.MapInfo { Inner: not null } outer && outer.Type is MapType.ArrayOfMaps or MapType.HashOfMaps)
            register = RegisterState.Pointer(RegisterKind.Map) with { Target = ((Code.MapInfo)register.Target).Inner, Id = id };
    }

    private static bool HasLock(in RegisterState value) =>
        value.Target is Code.MapInfo map && (map.Fields.Find(Code.SpecialFieldKind.SpinLock) is not null || map.Fields.Find(Code.SpecialFieldKind.ResilientSpinLock) is not null
            || map.Fields.Find(Code.SpecialFieldKind.Timer) is not null || map.Fields.Find(Code.SpecialFieldKind.WorkQueue) is not null);
}
